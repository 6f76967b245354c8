"""A board's waiver of consent: which forms are still made, and what is said of it."""

from pathlib import Path

import pytest

from regdocs.build.examine import Examined, examine
from regdocs.build.study import read_inputs
from regdocs.finding import Finding
from regdocs.spec.load import load
from tests.documents.companions import MINIMAL, PARTS

_WAIVER = """\
waivers:
  - id: no-consent
    body: ethics-committee
    kind: waiver-of-consent
    citation: CITATION
    reference: EX-2 (fictional)
    decided: 2026-01-10
    reason: It is small.
"""


def look(folder: Path, citation: str, *changes: tuple[str, str]) -> Examined:
    text = MINIMAL
    for before, after in PARTS:
        text = text.replace(f"\n{before}", f"\n{after}")
    text = text.replace("regulation:\n", f"{_WAIVER.replace('CITATION', citation)}regulation:\n", 1)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    assert load(text.encode("utf-8")).protocol is not None
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return examine(read_inputs(folder))


def kinds(examined: Examined) -> set[str]:
    return {document.kind.name for document in examined.documents}


def about(examined: Examined) -> list[Finding]:
    return [finding for finding in examined.findings if finding.rule.startswith("WAV")]


def test_a_waiver_leaves_no_short_form_and_says_which_forms_are_still_built_and_why(tmp_path: Path) -> None:
    examined = look(tmp_path, "45 CFR 46.116(f)")
    assert not {"short-form", "short-form-summary"} & kinds(examined)
    assert {"consent", "assent", "parental-permission"} <= kinds(examined)
    (finding,) = about(examined)
    assert finding.rule == "WAV-006" and finding.excerpt == "    citation: 45 CFR 46.116(f)"
    assert "46.408(a)" in finding.message and "46.408(b) and (c)" in finding.message
    assert "164.512(i)" in finding.message


@pytest.mark.parametrize(
    ("citation", "gone"),
    [
        ("45 CFR 46.116(f); 45 CFR 46.408(c)", {"parental-permission"}),
        ("45 CFR 46.116(f); 45 CFR 46.408(a)", {"assent"}),
        ("45 CFR 46.116(f); 45 CFR 46.408(a); 45 CFR 46.408(b)", {"assent", "parental-permission"}),
    ],
)
def test_a_waiver_that_names_their_clause_reaches_parents_and_children(
    tmp_path: Path, citation: str, gone: set[str]
) -> None:
    examined = look(tmp_path, citation)
    assert {"assent", "parental-permission"} - kinds(examined) == gone


def test_a_waiver_of_permission_alone_leaves_the_participants_own_consent(tmp_path: Path) -> None:
    examined = look(tmp_path, "45 CFR 46.408(c)")
    assert "parental-permission" not in kinds(examined) and {"short-form", "assent"} <= kinds(examined)


def test_a_waiver_that_does_not_name_a_law_which_applies_waives_nothing(tmp_path: Path) -> None:
    fda = ("fda_regulated_drug: false", "fda_regulated_drug: true")
    examined = look(tmp_path, "45 CFR 46.116(f)", fda)
    assert {"short-form", "consent", "assent"} <= kinds(examined)
    (finding,) = about(examined)
    assert finding.rule == "WAV-005" and "participants are asked all the same" in finding.message
    both = look(tmp_path, "45 CFR 46.116(f); 21 CFR 50.22", fda)
    assert "short-form" not in kinds(both)
