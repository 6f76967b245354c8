"""`regdocs diff`: what changed, told to people on a terminal, by mail, and to programs."""

import hashlib
import json
import re
import shutil
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from regdocs.amendment.change import Change
from regdocs.amendment.impact import Touched, impact_of
from regdocs.audit.data_form import same
from regdocs.audit.steps import apply_steps
from regdocs.cli.diff import command
from regdocs.cli.diff_page import diff_page
from regdocs.cli.diff_words import told
from regdocs.versions.differences import Differences
from tests.build.studies import REPOSITORY, SHORT, change, write_template
from tests.cli.calling import Call
from tests.versions.logs import opened
from tests.versions.releases import MORE, SECOND, amend, complete_study, edit_for_amendment, release, template

DEMO = REPOSITORY / "examples" / "demo-101"


@pytest.fixture(scope="module")
def amended_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = complete_study(tmp_path_factory.mktemp("amended") / "study")
    release(study)
    edit_for_amendment(study, (SHORT, "    short: Examplin in adults\n"))
    amend(study)
    return study


@pytest.fixture
def amended(amended_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(amended_once, tmp_path / "study"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(DEMO, tmp_path_factory.mktemp("demo") / "demo-101"))


GOLDEN = """\
From version 1.0 to version 2.0

Version
  changed  Version
           /version
      [-1.0-]{+2.0+}

Date
  changed  Date
           /date
      [-2026-01-15-]{+2026-05-20+}

Titles and numbers
  changed  Titles and numbers: titles, short
           /identity/titles/short
      Examplin {+in adults+}
      documents: consent, eligibility, crf, schedule, registry
      sites: second-hospital, example-hospital
      forms: crf
      registry entries: registry

Design
  changed  Design: enrolment, count
           /design/enrolment/count
      [-20-]{+24+}

Changed for another reason: a template, a translation or the program
  crf/en
    crf.study  (crf)
      Examplin of EX-1 {+once more+}

Documents
  consent/second-hospital/en: 1 block in: consent
  consent/example-hospital/en: 1 block in: consent
  eligibility/en: 1 block in: eligibility
  crf/en: 1 block in: crf
  schedule/en: 1 block in: schedule
  registry/en: 1 block in: registry

4 changes of the protocol; 6 documents differ, 0 do not.
"""


def test_changes_are_told_by_element_with_the_words_that_came_and_went(amended: Path, call: Call):
    said = call("-C", amended, "diff", "1.0", "2.0")
    assert (said.code, said.err) == (0, "")
    assert said.out == GOLDEN


def test_nothing_changed_says_so_and_ends_well(amended: Path, call: Call):
    said = call("-C", amended, "diff")
    assert (said.code, said.out) == (0, "From version 2.0 to the working copy\nNothing changed.\n")


def test_changes_since_the_last_version_need_no_names(amended: Path, call: Call):
    change(amended, *SECOND, MORE, (SHORT, "    short: Examplin in children\n"))
    said = call("-C", amended, "diff")
    assert "Examplin in [-adults-]{+children+}" in said.out
    assert "1 change of the protocol" in said.out


def test_json_has_the_steps_that_lead_from_one_to_the_other(amended: Path, call: Call):
    said = call("-C", amended, "diff", "1.0", "2.0", "--json")
    found = json.loads(said.out)
    logbook = opened(amended)
    old, new = (json.loads(logbook.object(one.data)) for one in logbook.versions)
    assert same(apply_steps(old, [one["step"] for one in found["changes"]]), new)
    (short,) = (one for one in found["changes"] if one["path"] == "/identity/titles/short")
    assert (short["kind"], short["old"], short["new"]) == ("changed", "Examplin", "Examplin in adults")
    assert short["touches"]["sites"] == ["second-hospital", "example-hospital"]
    (crf,) = (one for one in found["documents"] if one["document"] == "crf/en")
    assert [one["new"] for one in crf["other"]] == ["Examplin of EX-1 once more"]
    assert (found["old"], found["new"], found["notes"]) == ("1.0", "2.0", [])


def test_page_holds_all_it_needs_and_may_load_nothing(amended: Path, call: Call, tmp_path: Path):
    said = call("-C", amended, "diff", "1.0", "2.0", "--format", "html", "--out", tmp_path / "changes.html")
    assert said.code == 0
    page = (tmp_path / "changes.html").read_text(encoding="utf-8")
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in page
    assert "<del>20</del><ins>24</ins>" in page
    assert "<h2>Changed for another reason: a template, a translation or the program</h2>" in page
    assert not re.search(r"<script|https?://|<img|<link", page)


def test_recorded_amendment_of_the_example_is_told(demo: Path, call: Call):
    logbook = opened(demo)
    first, second = (one.name for one in logbook.versions[:2])
    found = json.loads(call("-C", demo, "diff", first, second, "--json").out)
    old, new = (json.loads(logbook.object(one.data)) for one in logbook.versions[:2])
    assert same(apply_steps(old, [one["step"] for one in found["changes"]]), new)
    labels = [one["label"] for one in found["changes"]]
    assert any(one.startswith("Exclusion criterion E") for one in labels)
    assert any(one.startswith("Visit ") for one in labels)
    assert any(one.startswith("Risk ") for one in labels)
    assert [one["other"] for one in found["documents"] if one["other"]] == []
    assert "participant-card/north/en" in [one["document"] for one in found["documents"] if not one["differs"]]


# ------------------------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("3.0",), 1, 'there is no recorded version "3.0"; recorded are: 1.0, 2.0'),
        (("--json", "--format", "html"), 2, "two formats"),
        (("--out", "x.txt"), 2, '"--out" goes with'),
        (("1.0", "2.0", "3.0"), 2, "unexpected extra argument"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words(
    amended: Path, call: Call, arguments: tuple[str, ...], code: int, words: str
):
    said = call("-C", amended, "diff", *arguments)
    assert said.code == code
    assert words in said.err
    assert not said.traceback


def test_study_without_log_is_refused(study: Path, call: Call):
    said = call("-C", study, "diff")
    assert said.code == 1
    assert "has no log" in said.err


@pytest.mark.parametrize("which", ["data", "spec", "inputs", "tree"])
@pytest.mark.parametrize("how", ["gone", "other"])
def test_tampered_objects_are_refused_and_nobody_sees_a_traceback(amended: Path, call: Call, which: str, how: str):
    version = opened(amended).versions[0]
    if which == "tree":
        entry = opened(amended).whole_entry(version.issues[0].n)
        listed = opened(amended).object(entry["files"]).decode("utf-8")
        digest = next(found for found in re.findall("[0-9a-f]{64}", listed) if kept_as_tree(amended, found))
    else:
        digest = getattr(version, which)
    (kept,) = (amended / "audit" / "objects").glob(f"**/{digest}*")
    kept.unlink()
    if how == "other":
        (kept.parent / digest).write_bytes(b"{}")
    said = call("-C", amended, "diff", "1.0", "2.0")
    assert said.code == 1
    assert not said.traceback
    assert digest[:8] in said.err or "digest" in said.err or "object" in said.err


def kept_as_tree(study: Path, digest: str) -> bool:
    logbook = opened(study)
    return logbook.folder.objects.has(digest) and b'"format":"regdocs.content/v1"' in logbook.object(digest)


# --------------------------------------------------------------------------------------------------------------- words


def differing(*changes: Change, form: dict[str, Any] | None = None) -> Differences:
    impact = impact_of([one.path for one in changes], [])
    return Differences("1.0", "working", {}, form or {}, changes, (), impact)


def changed(old: str, new: str, label: str = "Risk x: text") -> Change:
    return Change("/consent/risks/x/text", "changed", label, old, new, {})


def test_hostile_words_are_harmless_on_a_terminal_and_on_a_page():
    found = differing(changed("safe", "\x1b[2J\u202e<script>alert(1)</script>", "Risk \x1b[31m"))
    for text in ("\n".join(told(found, False)), "\n".join(told(found, True)).replace("\x1b[", ""), diff_page(found)):
        assert "\x1b" not in text and "\u202e" not in text
    assert "<script>" not in diff_page(found)
    assert "&lt;script&gt;" in diff_page(found)


def test_colours_stand_in_place_of_marks():
    found = differing(changed("Feeling sick", "Feeling dizzy"))
    plain, coloured = "\n".join(told(found, False)), "\n".join(told(found, True))
    assert "Feeling [-sick-]{+dizzy+}" in plain
    assert "[-" not in coloured and "\x1b[31m\x1b[9msick\x1b[0m" in coloured


def test_long_words_that_stay_are_shortened_and_those_that_change_are_not():
    kept, word = " ".join(["unchanged"] * 200), "x" * 3000
    text = "\n".join(told(differing(changed(f"{kept} old", f"{kept} {word}")), False))
    assert word in text and " … " in text and kept not in text


def test_moves_and_renames_are_told_in_words():
    moved = Change("/eligibility/E04", "moved", "Exclusion criterion E04", "E03", None, {"path": "/eligibility"})
    renamed = Change("/eligibility/E05", "renamed", "Exclusion criterion E07", "E05", "E07", {})
    text = "\n".join(told(differing(moved, renamed), False))
    assert "stood after E03, stands first" in text
    assert "id E05 is now E07" in text


def test_change_of_notation_alone_is_said_to_be_that():
    assert "only white space" in "\n".join(told(differing(changed("a b", "a  b")), False))
    assert "Only white space" in diff_page(differing(changed("a b", "a  b")))


def test_page_of_an_invented_study_says_so():
    assert "FICTIONAL" in diff_page(differing(form={"demonstration": True}))
    assert "FICTIONAL" not in diff_page(differing())


def test_every_option_is_documented():
    page = (REPOSITORY / "docs" / "amending.md").read_text(encoding="utf-8")
    options = [text for one in command.params for text in one.opts if text.startswith("--")]
    assert [option for option in options if option not in page] == []


def test_study_with_rewritten_template_says_where_the_words_come_from(amended: Path, call: Call):
    write_template(amended, "schedule", template("schedule", ", anew"))
    said = call("-C", amended, "diff")
    assert "0 changes of the protocol; 1 document differs, 5 do not." in said.out
    assert said.out.index("Changed for another reason") < said.out.index("schedule.study")


def test_nothing_touched_is_nothing_told():
    assert Touched() == differing(changed("a", "b")).impact.by_path["/consent/risks/x/text"]
