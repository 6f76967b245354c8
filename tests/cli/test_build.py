"""`regdocs build`, `status` and `doctor`: what they say, and with which exit code."""

import json
from pathlib import Path

import pytest

from regdocs.build import lock
from regdocs.build.lock import only_build
from tests.build.studies import (
    ASSUMED,
    SHORT,
    TODO,
    change,
    content,
    without_second_site,
    write_study,
    write_template,
)
from tests.build.test_languages import write_translation
from tests.cli.calling import Call

_CONSENT = """\
<document title="A small document" subject="Something to build">
<section id="consent.main">
<h1 id="consent.title">consent</h1>
<p id="consent.study">{{ view.study.short_title }} of {{ view.study.protocol_number }}</p>
<p id="consent.new">A sentence that nobody has translated.</p>
</section>
</document>
"""


def test_a_build_and_its_repetition_say_what_was_done(call: Call, study: Path) -> None:
    said = call("-C", study, "build", "--only", "registry", "--only", "schedule")
    assert said.code == 0 and "7 documents made, 0 already up to date" in said.out and "These are drafts" in said.out
    said = call("-C", study, "build", "--only", "registry", "--only", "schedule")
    assert said.code == 0 and "Nothing has changed: 7 documents" in said.out


def test_the_output_folder_may_be_named(call: Call, tmp_path: Path, study: Path) -> None:
    said = call("-C", study, "build", "--only", "registry", "--out", "../elsewhere/deep")
    assert said.code == 0 and (tmp_path / "elsewhere/deep/registry/en.txt").is_file()
    assert "4 in" in call("-C", study, "status", "--out", "../elsewhere/deep").out


@pytest.mark.parametrize("out", [".", "..", "templates"])
def test_an_output_folder_that_is_none_is_refused(call: Call, study: Path, out: str) -> None:
    before = content(study)
    said = call("-C", study, "build", "--out", out)
    assert said.code == 1 and "choose a folder of its own" in said.err and content(study) == before


def test_the_result_as_json_has_its_fixed_keys(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    for made in (["registry/en.html", "registry/en.txt"], []):
        said = call("-C", study, "build", "--only", "registry", "--json")
        tree = json.loads(said.out)
        assert said.code == 0 and [one["severity"] for one in tree["findings"]] == ["note"]
        assert [path for path in tree["render"] if path.endswith(("html", "txt"))] == made
        assert {"keep", "stale", "remove", "lacking"} <= set(tree)
        assert tree["manifest"]["todo"] == 1 and len(tree["manifest"]["documents"]) == 4


def test_errors_as_json_have_no_manifest(call: Call, study: Path) -> None:
    change(study, (SHORT, ""))
    said = call("-C", study, "build", "--json")
    tree = json.loads(said.out)
    assert said.code == 1 and tree["manifest"] is None and tree["findings"][0]["severity"] == "error"


def test_an_error_says_that_nothing_was_written(call: Call, study: Path) -> None:
    change(study, (SHORT, ""))
    said = call("-C", study, "build")
    assert said.code == 1 and "Nothing was written" in said.out and not (study / "out").exists()


def test_notes_are_counted_and_strict_counts_them_each_time(call: Call, study: Path) -> None:
    change(study, (SHORT, ASSUMED))
    for _ in range(2):
        assert call("-C", study, "build", "--only", "schedule").code == 0
        assert call("-C", study, "build", "--only", "schedule", "--strict").code == 1


def test_final_is_refused_with_every_open_value(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    said = call("-C", study, "build", "--final")
    assert said.code == 1 and "error[FINAL-001] /identity/titles/short: to be completed" in said.out
    change(study)
    said = call("-C", study, "build", "--final", "--only", "schedule")
    assert said.code == 0 and "draft" not in said.out.lower()


@pytest.mark.parametrize("arguments", [["--only", "consnt"], ["--site", "hanoi"]])
def test_an_unknown_kind_or_site_gives_2_and_writes_nothing(call: Call, study: Path, arguments: list[str]) -> None:
    said = call("-C", study, "build", *arguments)
    assert said.code == 2 and arguments[1] in said.err and not (study / "out").exists()


def test_a_dry_run_says_what_would_be_made(call: Call, study: Path) -> None:
    said = call("-C", study, "build", "--dry-run")
    assert said.code == 0 and "19 documents would be made" in said.out and not (study / "out").exists()


def test_a_build_beside_another_one_is_refused(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "WAIT_SECONDS", 0.1)
    with only_build(study / "out"):
        said = call("-C", study, "build", "--only", "registry")
    assert said.code == 1 and "another build is writing" in said.err and not (study / "out").exists()


# ------------------------------------------------------------------------------------------------------------- status


def test_status_counts_what_is_open_and_where(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    said = call("-C", study, "status")
    assert said.code == 0 and "1 values to complete, 0 assumed" in said.out and "  identity: 1" in said.out
    assert '"regdocs build" makes them' in said.out


def test_status_tells_what_has_changed_since(call: Call, study: Path) -> None:
    assert call("-C", study, "build").code == 0
    assert "changed" not in call("-C", study, "status").out
    (study / "out/crf/en.html").write_text("by hand")
    (study / "out/crf/en.pdf").unlink()
    said = call("-C", study, "status").out
    assert "changed by hand since it was built: crf/en.html" in said and "missing: crf/en.pdf" in said
    (study / "templates/crf/crf.xml").write_text("{# new #}")
    assert "A template or this program has changed" in call("-C", study, "status").out
    without_second_site(study)
    assert "protocol.yaml has changed" in call("-C", study, "status").out


def test_final_with_a_stale_translation_ends_with_1_and_status_names_the_draft(call: Call, study: Path) -> None:
    text = (study / "protocol.yaml").read_text(encoding="utf-8")
    text = text.replace("    languages:\n      - en\n", "    languages:\n      - en\n      - vi\n", 1)
    (study / "protocol.yaml").write_text(text, encoding="utf-8")
    write_translation(study)
    write_template(study, "consent", _CONSENT)
    for _ in range(2):  # the second time nothing has changed, and it is said again
        said = call("-C", study, "build", "--final")
        assert said.code == 1 and 'error[FINAL-002] "consent/second-hospital/vi" is only a draft' in said.out
        assert '"regdocs status" names them' in said.out
    assert "DRAFT" not in (study / "out/consent/second-hospital/en.html").read_text(encoding="utf-8")
    assert "DRAFT" in (study / "out/consent/second-hospital/vi.html").read_text(encoding="utf-8")
    status = call("-C", study, "status").out
    assert "(some are drafts)" in status and "  draft: consent/second-hospital/vi: 1 text not translated" in status
    assert "draft: consent/second-hospital/en" not in status
    assert call("-C", study, "build", "--final", "--only", "schedule").code == 0


def test_status_of_drafts_says_what_is_open_in_each(call: Call, study: Path) -> None:
    change(study, (SHORT, TODO))
    assert call("-C", study, "build", "--only", "registry").code == 0
    assert "  draft: registry/en: 1 value to complete" in call("-C", study, "status").out
    change(study)
    assert call("-C", study, "build", "--only", "registry").code == 0
    assert "because they were built without --final" in call("-C", study, "status").out


def test_status_after_a_part_says_that_it_is_a_part(call: Call, study: Path) -> None:
    call("-C", study, "build", "--only", "registry")
    assert "asked for a part only" in call("-C", study, "status").out


def test_status_of_a_broken_study_or_manifest_says_so(call: Call, study: Path) -> None:
    change(study, (SHORT, ""))
    (study / "out").mkdir()
    (study / "out/manifest.json").write_text('{"documents": 5}')
    said = call("-C", study, "status")
    assert said.code == 0 and "1 mistakes" in said.out and "Documents: none" in said.out


# ------------------------------------------------------------------------------------------------------------- doctor


def test_doctor_says_what_is_there(call: Call) -> None:
    said = call("doctor")
    assert said.code == 0 and "PDF: ready" in said.out and "weasyprint: " in said.out and "fonts: " in said.out


@pytest.mark.slow
def test_the_real_record_checks_and_builds_with_0(call: Call, tmp_path: Path) -> None:
    assert call("init", tmp_path / "real").code == 0
    assert call("-C", tmp_path / "real", "check").code == 0
    said = call("-C", tmp_path / "real", "build", "--only", "eligibility")  # tests/test_drafts.py makes them all
    assert said.code == 0 and "3 documents made" in said.out


def test_a_study_inside_another_folder_of_studies_is_its_own(call: Call, tmp_path: Path) -> None:
    outer = write_study(tmp_path / "outer")
    inner = write_study(outer / "inner")
    assert call("-C", inner / "templates", "status").out.startswith(f"Study: {inner}\n")
