"""Alterations of consent that the forms could not follow, or only in part, are findings with a place."""

from pathlib import Path

import pytest

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.finding import Finding, Severity

MINIMAL = (Path(__file__).resolve().parents[1] / "rules/minimal.yaml").read_text(encoding="utf-8")
_DECISION = """\
waivers:
  - id: shorter
    body: ethics-committee
    kind: alteration-of-consent
    citation: 45 CFR 46.116(f)
    reference: EX-2 (fictional)
    decided: 2026-01-10
    elements:
      - CR-c5
      - E6-q
"""


def found(folder: Path, added: str) -> list[Finding]:
    text = MINIMAL.replace("regulation:\n", f"{_DECISION}{added}    reason: It is small.\nregulation:\n", 1)
    folder.mkdir(exist_ok=True)
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return list(examine(read_inputs(folder)).findings)


def test_an_alteration_that_the_form_follows_is_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, "") == []
    assert found(tmp_path, "    wording:\n      - {id: costs, element: CR-c5, text: Ask us.}\n") == []


def test_an_element_with_which_no_text_is_marked_is_a_finding_at_its_place(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "      - CR-c33\n")
    assert (finding.rule, finding.severity) == ("WAV-003", Severity.WARNING)
    assert '"CR-c33"' in finding.message and finding.excerpt == "      - CR-c33"


@pytest.mark.parametrize(
    ("element", "why"),
    [("CR-c3", "needed for E6-k"), ("E6-sig2", "a waiver of documentation decides about signatures")],
)
def test_an_element_of_which_some_text_stays_is_a_finding_that_says_why(tmp_path: Path, element: str, why: str) -> None:
    (finding,) = found(tmp_path, f"      - {element}\n")
    assert finding.rule == "WAV-004" and why in finding.message


_INJURY = "      - CR-b6.1\n      - CR-b6.2\n      - E6-i\n"


def under_fda(folder: Path, added: str, citation: str = "45 CFR 46.116(f)") -> list[Finding]:
    text = MINIMAL.replace("  ind_or_ide: false", "  ind_or_ide: true").replace(
        "regulation:\n", f"{_DECISION}{added}    reason: It is small.\nregulation:\n", 1
    )
    (folder / "protocol.yaml").write_text(text.replace("45 CFR 46.116(f)", citation), encoding="utf-8")
    return list(examine(read_inputs(folder)).findings)


def test_a_decision_that_does_not_name_a_law_which_asks_too_is_a_finding_at_its_citation(tmp_path: Path) -> None:
    findings = under_fda(tmp_path, _INJURY)
    (law,) = [finding for finding in findings if finding.rule == "WAV-005"]
    assert "21 CFR 50" in law.message and "CR-b6.1, CR-b6.2 and E6-i" in law.message
    assert law.excerpt == "    citation: 45 CFR 46.116(f)"
    stays = [finding.message for finding in findings if finding.rule == "WAV-004"]
    assert any("needed for FDA-a6" in message for message in stays)
    both = under_fda(tmp_path, _INJURY, "45 CFR 46.116(f); 21 CFR 50.22")
    assert "WAV-005" not in {finding.rule for finding in both}


def test_a_second_wording_of_an_element_is_a_finding(tmp_path: Path) -> None:
    one, other = "{id: one, element: CR-c5, text: Ask us.}", "{id: other, element: CR-c5, text: Ask them.}"
    (finding,) = found(tmp_path, f"    wording:\n      - {one}\n      - {other}\n")
    assert finding.rule == "WAV-003" and '"other"' in finding.message


def test_an_element_that_no_board_may_alter_is_told_once_by_its_own_rule(tmp_path: Path) -> None:
    assert [finding.rule for finding in found(tmp_path, "      - CR-a6\n")] == ["WAV-002"]
