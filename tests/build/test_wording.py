"""Words for parents that are missing, and short forms in the languages of the people who are asked with them."""

from pathlib import Path

from regdocs.build.examine import examine
from regdocs.build.study import read_inputs
from regdocs.finding import Finding
from tests.build.studies import protocol, write_study

REPOSITORY = Path(__file__).resolve().parents[2]
_BENEFITS = """\
    - id: benefits
      field: /consent/benefits
      text: The device may help your child to sit upright. Your child may not benefit.
"""
_ANSWER = """\
answers:
  - id: short-form
    question: short-form
    answer: Yes, for people who speak Vietnamese.
    reason: The ethics committee accepts short forms (fictional).
    by: Example Ethics Committee (fictional)
registry:
"""


def findings(folder: Path, text: str) -> list[Finding]:
    (folder / "protocol.yaml").write_text(text, encoding="utf-8")
    return list(examine(read_inputs(folder)).findings)


def test_a_text_that_nobody_worded_for_parents_is_found_once_at_its_place(tmp_path: Path) -> None:
    text = (REPOSITORY / "examples/device-303/protocol.yaml").read_text(encoding="utf-8")
    (finding,) = findings(write_study(tmp_path / "study"), text.replace(_BENEFITS, ""))
    assert finding.rule == "PAR-001"
    assert finding.message.startswith("/consent/benefits: ")
    assert finding.message.endswith("for the child: The device may help you to sit upright. You may not benefit.")
    assert "benefits:" in text.splitlines()[finding.position.line - 1]


def test_a_short_form_is_needed_in_the_languages_recorded_for_it_and_in_no_other(tmp_path: Path) -> None:
    folder, languages = write_study(tmp_path / "study"), "    languages:\n      - en\n"
    oral = protocol().replace("registry:\n", _ANSWER, 1)
    told = {finding.rule for finding in findings(folder, oral)}
    assert "LNG-001" in told and "TRN-006" not in told
    spoken = oral.replace(languages, f"{languages}    short_form_languages:\n      - vi\n", 1)
    files = [finding.file for finding in findings(folder, spoken) if finding.rule == "TRN-006"]
    assert files == ["translations/vi/short-form.yaml"]
