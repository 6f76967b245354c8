"""Whole builds of a small study: what is made, what is left alone, and what nothing is written for."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.audit import not_for_use
from regdocs.build.glyphs import GLYPH_RULE
from regdocs.build.manifest import FILE, Made, Manifest, read_manifest
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal, UsageError
from tests.build.studies import (
    ASSUMED,
    KINDS,
    PATHS,
    SHORT,
    TODO,
    build_study,
    change,
    content,
    protocol,
    without_second_site,
    write_study,
    write_template,
)


def manifest(folder: Path) -> Manifest:
    found = read_manifest(folder / "out")
    assert found is not None
    return found


def document(folder: Path, path: str) -> Made:
    (found,) = (made for made in manifest(folder).documents if made.path == path)
    return found


def run(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python in a process of its own, as a person's call would be."""
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


# --------------------------------------------------------------------------------------------------------- one build


def test_every_kind_is_made_in_every_format_for_every_site(built_once: Path) -> None:
    assert content(built_once / "out").keys() == {*PATHS, FILE, not_for_use.FILE}


def test_the_manifest_says_of_each_file_what_lies_there(built_once: Path) -> None:
    tree = json.loads((built_once / "out" / FILE).read_bytes())
    assert {made["path"] for made in tree["documents"]} == PATHS
    for made in tree["documents"]:
        data = (built_once / "out" / made["path"]).read_bytes()
        assert (made["sha256"], made["bytes"]) == (sha256_hex(data), len(data))
        assert (made["site"] is not None) == (made["kind"] == "consent")
        assert made["profile"] == ("accessible" if made["format"] == "pdf" else None)
        template = built_once / "templates" / made["template"]["name"]
        assert made["template"]["sha256"] == sha256_hex(template.read_bytes())
        assert "/identity/titles/short" in made["reads"]
    assert tree["protocol"] == {"sha256": sha256_hex(protocol().encode()), "version": "1.0"}
    assert (tree["draft"], tree["todo"], tree["assumptions"]) == (True, 0, 0)
    assert {"regdocs", "weasyprint", "pango", "fonts"} <= set(tree["toolchain"])


def test_documents_stand_in_the_order_of_kinds_and_sites(built_once: Path) -> None:
    documents = manifest(built_once).documents
    assert list(dict.fromkeys(made.kind for made in documents)) == list(KINDS)
    assert list(dict.fromkeys(made.site for made in documents)) == ["second-hospital", "example-hospital", None]


def test_nothing_but_the_output_its_lock_and_the_cache_is_left_in_the_study(built_once: Path) -> None:
    assert sorted(os.listdir(built_once)) == [".out.lock", ".regdocs", "out", "protocol.yaml", "templates"]


# -------------------------------------------------------------------------------------------------- a second build


def test_a_second_build_changes_nothing_and_renders_nothing(built: Path) -> None:
    before = content(built)
    again = build_study(built)
    assert again.unchanged and again.plan.render == () and set(again.plan.keep) == PATHS
    assert content(built) == before


def test_a_second_build_loads_no_template_no_writer_and_no_model(built: Path) -> None:
    code = (
        "import sys\nfrom regdocs.cli.main import main\n"
        "sys.argv = ['regdocs', '-C', sys.argv[1], 'build']\n"
        "try: main()\nexcept SystemExit as end: print('exit', end.code)\n"
        "print(sorted({'weasyprint', 'docx', 'jinja2', 'cryptography', 'pydantic', 'fontTools', 'filelock',"
        " 'regdocs.render.html', 'regdocs.render.pdf'} & set(sys.modules)))"
    )
    done = run(code, str(built))
    assert "Nothing has changed: 19 documents" in done.stdout and "exit 0" in done.stdout, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_file_changed_or_deleted_by_hand_is_made_again(built: Path) -> None:
    before = content(built / "out")
    (built / "out/crf/en.html").write_text("changed by hand")
    (built / "out/registry/en.txt").unlink()
    again = build_study(built)
    assert again.plan.render == ("crf/en.html", "registry/en.txt")
    assert content(built / "out") == before


def test_a_pipe_in_the_place_of_a_document_is_replaced(built: Path) -> None:
    (built / "out/crf/en.html").unlink()
    os.mkfifo(built / "out/crf/en.html")
    assert build_study(built).plan.render == ("crf/en.html",)
    assert (built / "out/crf/en.html").is_file()


def test_a_lost_manifest_means_that_the_folder_is_no_longer_known_as_ours(built: Path) -> None:
    (built / "out" / FILE).write_text("{}")  # unreadable: everything is made anew
    assert set(build_study(built).plan.render) == PATHS


def test_a_changed_template_makes_only_its_kind_again(built: Path) -> None:
    text = (built / "templates/crf/crf.xml").read_text()
    write_template(built, "crf", text.replace("<h1", '<p id="crf.more">More</p><h1'))
    assert set(build_study(built).plan.render) == {"crf/en.pdf", "crf/en.docx", "crf/en.html"}


def test_a_comment_in_a_template_makes_nothing_again_but_its_digest_is_told(built: Path) -> None:
    text = (built / "templates/crf/crf.xml").read_text()
    write_template(built, "crf", "{# a comment #}" + text)
    again = build_study(built)
    assert again.plan.render == () and not again.unchanged
    new = sha256_hex((built / "templates/crf/crf.xml").read_bytes())
    assert document(built, "crf/en.pdf").template["sha256"] == new
    assert build_study(built).unchanged


def test_the_documents_of_a_site_that_is_gone_are_removed(built: Path) -> None:
    (built / "out/consent/second-hospital/note.txt").write_text("mine")
    without_second_site(built)
    again = build_study(built)
    assert set(again.plan.remove) == {path for path in PATHS if "second-hospital" in path}
    left = {path for path in content(built / "out") if "second-hospital" in path}
    assert left == {"consent/second-hospital/note.txt"}


def test_findings_are_told_again_when_they_are_asked_for(built: Path) -> None:
    change(built, (SHORT, ASSUMED))
    first = build_study(built, only=("schedule",))
    assert [finding.severity for finding in first.findings] == ["note"]
    build_study(built)
    assert build_study(built).findings == ()
    again = build_study(built, findings=True)
    assert again.findings == first.findings and again.plan.render == ()


# ----------------------------------------------------------------------------------------------------- only some


def test_only_some_kinds_and_sites_are_made_when_asked(study: Path) -> None:
    build_study(study, only=("registry",))
    assert content(study / "out").keys() == {
        FILE,
        not_for_use.FILE,
        *(f"registry/en.{end}" for end in ("pdf", "docx", "html", "txt")),
    }
    build_study(study, sites=("second-hospital",))
    assert {made.site for made in manifest(study).documents} == {None, "second-hospital"}


def test_a_build_of_everything_after_a_part_makes_the_rest(study: Path) -> None:
    build_study(study, only=("registry",))
    rest = build_study(study)
    assert not rest.unchanged and set(rest.plan.render) == {path for path in PATHS if "registry" not in path}
    assert build_study(study).unchanged


def test_what_was_not_asked_for_stays_and_is_called_stale(built: Path) -> None:
    before = content(built / "out")
    change(built, (SHORT, "    short: Another\n"))
    again = build_study(built, only=("schedule",))
    assert set(again.plan.render) == {"schedule/en.pdf", "schedule/en.docx", "schedule/en.html"}
    after = content(built / "out")
    assert {path for path in PATHS if after[path] != before[path]} == set(again.plan.render)
    assert {made.path for made in manifest(built).documents if made.stale} == PATHS - set(again.plan.render)
    assert set(build_study(built).plan.render) == PATHS - set(again.plan.render)
    assert not any(made.stale for made in manifest(built).documents)


@pytest.mark.parametrize("state", ["study", "built"])
def test_an_unknown_kind_or_site_is_told_with_those_that_exist(state: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(state)
    with pytest.raises(UsageError, match='"consnt"; the kinds are: consent, assent'):
        build_study(folder, only=("consnt",))
    with pytest.raises(UsageError, match=r'"hanoi" .* its sites are: second-hospital, example-hospital'):
        build_study(folder, sites=("hanoi",))


# ------------------------------------------------------------------------------------------------ nothing is written


def test_a_dry_run_writes_nothing_and_says_what_would_be_made(built: Path) -> None:
    change(built, (SHORT, "    short: Another\n"))
    before = content(built)
    assert set(build_study(built, dry_run=True).plan.render) == PATHS
    assert content(built) == before


def test_a_dry_run_of_a_first_build_leaves_no_trace(study: Path) -> None:
    before = content(study)
    assert set(build_study(study, dry_run=True).plan.render) == PATHS
    assert content(study) == before


def test_an_error_leaves_the_old_output_untouched(built: Path) -> None:
    before = content(built / "out")
    change(built, (SHORT, "    shrot: Examplin\n"))
    failed = build_study(built)
    assert failed.manifest is None and any(finding.severity == "error" for finding in failed.findings)
    write_template(built, "crf", "<document>{{ view.nothing }}</document>")
    change(built)
    failed = build_study(built)
    assert [(finding.rule, finding.file, finding.position.line) for finding in failed.findings] == [
        ("TPL-001", "templates/crf/crf.xml", 1)
    ]
    assert content(built / "out") == before


def test_an_error_in_a_first_build_leaves_no_trace(study: Path) -> None:
    change(study, (SHORT, "    short: 漢字\n"))
    before = content(study)
    failed = build_study(study)
    assert failed.manifest is None and content(study) == before
    (finding,) = failed.findings
    line = protocol().splitlines().index("    short: Examplin") + 1
    assert (finding.rule, finding.file, finding.position.line) == (GLYPH_RULE, "protocol.yaml", line)
    assert "U+5B57" in finding.message and "U+6F22" in finding.message


def test_a_character_of_a_template_that_no_font_shows_is_told_of_the_template(study: Path) -> None:
    text = (study / "templates/crf/crf.xml").read_text()
    write_template(study, "crf", text.replace("</h1>", " ☒</h1>"))
    (finding,) = build_study(study).findings
    assert (finding.rule, finding.file) == (GLYPH_RULE, "templates/crf/crf.xml")


def test_a_template_that_is_not_text_is_told_by_its_name(study: Path) -> None:
    (study / "templates/crf/crf.xml").write_bytes(b"\xff\xfe<document>")
    (finding,) = build_study(study).findings
    assert (finding.file, finding.message) == ("templates/crf/crf.xml", "the template is not UTF-8 text")


# ------------------------------------------------------------------------------------------------------------- final


def test_final_documents_carry_no_draft_mark_and_drafts_do(built: Path) -> None:
    assert "DRAFT – not for participants" in (built / "out/crf/en.html").read_text()
    done = build_study(built, final=True)
    assert set(done.plan.render) == PATHS and not manifest(built).draft
    assert not any(b"DRAFT" in data for path, data in content(built / "out").items() if path.endswith("html"))


def test_final_documents_beside_drafts_that_were_not_asked_for_do_not_count_as_final(built: Path) -> None:
    build_study(built, final=True, only=("crf",))
    assert manifest(built).draft


@pytest.mark.parametrize(
    ("open_value", "said"), [(TODO, "to be completed: the short title"), (ASSUMED, "only assumed")]
)
def test_final_is_refused_naming_each_open_value_with_its_place(built: Path, open_value: str, said: str) -> None:
    change(built, (SHORT, open_value), ("  protocol_number: EX-1\n", '  protocol_number: "TODO: the number; ask"\n'))
    before = content(built / "out")
    refused = build_study(built, final=True)
    errors = [finding for finding in refused.findings if finding.severity == "error"]
    assert [finding.message.split(":")[0] for finding in errors] == [
        "/identity/titles/short",
        "/identity/protocol_number",
    ]
    lines = (built / "protocol.yaml").read_text().splitlines()
    assert said in errors[0].message and lines[errors[0].position.line - 1].lstrip().startswith(("short:", "value:"))
    assert refused.manifest is None and content(built / "out") == before


def test_a_draft_counts_what_is_open_and_lists_it_first(study: Path) -> None:
    change(study, (SHORT, TODO))
    build_study(study, only=("crf",))
    text = (study / "out/crf/en.html").read_text()
    assert "DRAFT – contains 1 item to complete – not for participants" in text
    assert manifest(study).todo == 1


# ------------------------------------------------------------------------------------- a machine that lacks something

# What the check of the environment sees is taken away in a process of its own; the program itself stays as it is.
_WITHOUT = {
    "Pango": "import regdocs.render.environment as e\ne._can_load = lambda name: False\n",
    "fonts": "import regdocs.render.fonts as f\nf._PACKAGE = 'a_package_that_is_not_there'\n",
}
_BUILD = (
    "import sys\n{without}from regdocs.cli.main import main\n"
    "sys.argv = ['regdocs', '-C', sys.argv[1], *sys.argv[2:]]\n"
    "try: main()\nfinally: print('weasyprint' in sys.modules)"
)
_REMEDY = {"Pango": "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0", "fonts": "fontpkg-source-sans-3"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the remedy is that of Debian")
@pytest.mark.parametrize("lacking", _WITHOUT)
def test_without_pango_or_fonts_everything_but_pdf_is_made(study: Path, lacking: str) -> None:
    code = _BUILD.format(without=_WITHOUT[lacking])
    done = run(code, str(study), "build")
    assert done.returncode == 69, done.stderr
    assert _REMEDY[lacking] in done.stdout and done.stdout.endswith("False\n"), done.stdout
    assert content(study / "out").keys() == {FILE, not_for_use.FILE} | {
        path for path in PATHS if not path.endswith("pdf")
    }
    told = run(code, str(study), "doctor")
    assert told.returncode == 69 and _REMEDY[lacking] in told.stdout and "Traceback" not in told.stderr


def test_when_the_machine_has_everything_again_the_missing_pdfs_are_made(study: Path) -> None:
    run(_BUILD.format(without=_WITHOUT["Pango"]), str(study), "build", "--only", "crf")
    assert "crf/en.pdf" in build_study(study, only=("crf",)).plan.render


# ------------------------------------------------------------------------------------------------ hostile study folders


def test_a_manifest_edited_by_somebody_reads_and_removes_nothing_outside(built: Path) -> None:
    (built.parent / "secret.txt").write_text("secret")
    edited = manifest(built)
    hostile = tuple(replace(made, path=f"../../secret.txt{n}"[: 16 + n]) for n, made in enumerate(edited.documents[:2]))
    (built / "out" / FILE).write_bytes(replace(edited, documents=hostile).to_bytes())
    again = build_study(built)
    assert set(again.plan.render) == PATHS and again.plan.remove == ()
    assert (built.parent / "secret.txt").read_text() == "secret"


def test_final_refuses_what_a_document_lacks_though_no_value_is_open(tmp_path: Path) -> None:
    """The smallest study names no funder: its consent form says that one is missing."""
    study = tmp_path / "study"
    study.mkdir()
    (study / "protocol.yaml").write_text(protocol(), encoding="utf-8")
    built = build_study(study, final=True, only=("consent",))
    assert built.manifest is None
    assert {finding.rule for finding in built.findings} == {"FINAL-001"}
    assert not (study / "out").exists()


@pytest.mark.parametrize("name", ["templates", "translations"])
def test_a_file_or_link_in_place_of_a_folder_of_the_study_is_refused(tmp_path: Path, name: str) -> None:
    study, elsewhere = tmp_path / "study", tmp_path / "elsewhere"
    study.mkdir()
    elsewhere.mkdir()
    (study / "protocol.yaml").write_text(protocol(), encoding="utf-8")
    (study / name).write_text("not a folder", encoding="utf-8")
    with pytest.raises(Refusal, match="has to be a folder of its own"):
        build_study(study)
    (study / name).unlink()
    (study / name).symlink_to(elsewhere)
    with pytest.raises(Refusal, match="has to be a folder of its own"):
        build_study(study)
    (study / name).unlink()
    (study / name).mkdir()
    (study / name / "consent").symlink_to(elsewhere)
    with pytest.raises(Refusal, match="link to a folder"):
        build_study(study)


def test_pdfs_of_another_profile_stay_when_only_one_kind_is_asked_for(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study")
    build_study(study)
    built = build_study(study, only=("crf",), profiles=("fillable",))
    assert built.manifest is not None and built.manifest.inputs is None
    pdfs = {path.relative_to(study / "out").as_posix() for path in (study / "out").rglob("*.pdf")}
    accessible = {path for path in PATHS if path.endswith(".pdf")}
    assert pdfs == accessible - {"crf/en.pdf"} | {"crf/en.fillable.pdf"}
    assert {made.path for made in built.manifest.documents} >= pdfs
    assert build_study(study).plan.remove == ("crf/en.fillable.pdf",)


def test_a_build_of_one_profile_removes_the_pdfs_of_others_unless_both_are_asked_for(built: Path) -> None:
    """As the README says: the output is exactly what was asked."""
    accessible = {path for path in PATHS if path.endswith(".pdf")}
    both = build_study(built, profiles=("accessible", "submission"))
    assert both.plan.remove == ()
    one = build_study(built, profiles=("submission",))
    assert set(one.plan.remove) == accessible
    left = {path.name for path in (built / "out").rglob("*.pdf")}
    assert left and all(name.endswith(".submission.pdf") for name in left)


def test_a_manifest_forged_with_its_file_is_believed_until_the_output_is_removed(built: Path) -> None:
    """As `docs/formats/manifest.md` says: a manifest is not signed, so a build can only compare the two."""
    out, file = built / "out", built / "out" / "crf" / "en.html"
    true, forged = file.read_bytes(), b"forged"
    file.write_bytes(forged)
    manifest = (out / FILE).read_text(encoding="utf-8")
    (out / FILE).write_text(manifest.replace(sha256_hex(true), sha256_hex(forged)), encoding="utf-8")
    assert build_study(built).unchanged
    shutil.rmtree(out)
    build_study(built)
    assert file.read_bytes() == true


def test_the_order_of_profiles_changes_no_byte(tmp_path: Path) -> None:
    study = write_study(tmp_path / "study")
    for name, profiles in (("one", ("accessible", "fillable")), ("other", ("fillable", "accessible"))):
        build_study(study, out=tmp_path / name, only=("crf",), profiles=profiles)
    assert (tmp_path / "one/manifest.json").read_bytes() == (tmp_path / "other/manifest.json").read_bytes()
