"""`regdocs check FILE.docx` and `regdocs adopt`: what is said of a file that came back, and what is written."""

import json
from pathlib import Path

import click
import pytest

import regdocs.atomic
from regdocs.atomic import CannotWrite
from regdocs.cli import adopt
from regdocs.cli import check as check_module
from tests.build.studies import content
from tests.cli.calling import Call
from tests.returned.files import (
    FIVE,
    PLACE,
    STEM,
    TEMPLATE,
    edited,
    issued,
    paragraph_with,
    part,
    returned_study,
    with_parts,
)

SEVEN = FIVE.replace("5 weeks", "7 weeks")
CONSENT = "templates/consent/consent.xml"


@pytest.fixture
def study(tmp_path: Path) -> Path:
    return returned_study(tmp_path / "study")


def came_back(study: Path, *changes: tuple[str, str]) -> Path:
    (study / "back.docx").write_bytes(edited(issued(study), *changes))
    return study / "back.docx"


def template(study: Path) -> str:
    return (study / CONSENT).read_text(encoding="utf-8")


# ------------------------------------------------------------------------------------------------------------- check


def test_check_tells_what_differs_and_ends_with_1(call: Call, study: Path) -> None:
    came_back(study, (FIVE, SEVEN))
    said = call("-C", study, "check", "back.docx", "--as", STEM)
    assert said.code == 1 and f'back.docx is held against "{STEM}"' in said.out
    assert 'back.docx:6:1: error[RET-007] "5 weeks" comes from /design/participation' in said.out
    assert "  6 | You would be in the study for 7 weeks." in said.out
    assert "2 errors, 1 warning, 0 notes" in said.out


def test_check_of_a_file_as_it_was_made_ends_with_0_and_writes_nothing(call: Call, study: Path) -> None:
    came_back(study)
    before = content(study)
    said = call("-C", study, "check", "back.docx", "--as", STEM, "--strict")
    assert (said.code, said.out.splitlines()[1:]) == (0, ["0 errors, 0 warnings, 0 notes"])
    assert content(study) == before


def test_findings_of_a_file_come_as_json_and_sarif_alone(call: Call, study: Path) -> None:
    came_back(study, (FIVE, SEVEN))
    listed = json.loads(call("-C", study, "check", "back.docx", "--as", STEM, "--json").out)
    assert [(one["rule"], one["file"]) for one in listed] == [
        (rule, "back.docx") for rule in ("RET-001", "RET-007", "RET-008")
    ]
    run = json.loads(call("-C", study, "check", "back.docx", "--as", STEM, "--format", "sarif").out)["runs"][0]
    assert [one["ruleId"] for one in run["results"]] == ["RET-001", "RET-007", "RET-008"]
    assert all("help" in rule for rule in run["tool"]["driver"]["rules"])


def test_a_study_with_errors_is_told_before_any_file(call: Call, study: Path) -> None:
    came_back(study)
    (study / "protocol.yaml").write_text("regdocs: 1\n", encoding="utf-8")
    said = call("-C", study, "check", "back.docx")
    assert said.code == 1 and "back.docx is not looked at before" in said.out and "RET-" not in said.out


@pytest.mark.parametrize("command", ["check", "adopt"])
def test_a_file_that_is_not_there_or_no_word_file_is_refused(call: Call, study: Path, command: str) -> None:
    (study / "a.docx").write_bytes(b"no zip")
    for name, why in (("no.docx", "there is no file"), ("a.docx", "it is no Word file that can be read")):
        said = call("-C", study, command, name)
        assert said.code == 1 and why in said.err and not said.traceback


def test_a_name_without_a_file_is_a_wrong_call(call: Call, study: Path) -> None:
    assert call("-C", study, "check", "--as", STEM).code == 2
    came_back(study)
    assert call("-C", study, "check", "back.docx", "--as", "consent/moon/en").code == 2
    assert call("-C", study, "adopt", "back.docx", "--yes").code == 2


@pytest.mark.parametrize("command", ["check", "adopt"])
def test_a_file_of_another_kind_is_a_wrong_call(call: Call, study: Path, command: str) -> None:
    said = call("-C", study, command, "protocol.yaml")
    assert said.code == 2 and "not the name of a Word file" in said.err


def options(*parameters: click.Parameter) -> list[str]:
    return [option for one in parameters for option in one.opts if option.startswith("--")]


def test_the_page_names_each_option_of_adopt_and_those_of_check_that_a_file_takes() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "returned.md").read_text(encoding="utf-8")
    elsewhere = {"--consent", "--only", "--site", "--final", "--no-pages", "--numbers", "--readability"}
    named = {*options(*adopt.command.params), *options(*check_module.command.params)} - elsewhere
    assert sorted(option for option in named if option not in page) == []


def test_words_of_a_file_give_a_terminal_no_orders(call: Call, study: Path) -> None:
    came_back(study, ("Thank you", "Thank \u202e\u2066you"))
    for command in ("check", "adopt"):
        said = call("-C", study, command, "back.docx", "--as", STEM)
        assert "\u202e" not in said.out and "\\u202e" in said.out


# ------------------------------------------------------------------------------------------------------------- adopt


def test_adopt_shows_the_line_of_the_protocol_and_changes_nothing(call: Call, study: Path) -> None:
    came_back(study, (FIVE, SEVEN))
    before = content(study)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM)
    assert said.code == 0
    assert "--- protocol.yaml\n+++ protocol.yaml\n" in said.out
    assert "-  participation: P5W\n+  participation: P7W\n" in said.out
    assert "the file still differs at paragraph 8." in said.out and "Nothing is changed." in said.out
    assert content(study) == before


def test_what_is_written_is_what_was_shown_and_then_nothing_differs(call: Call, study: Path) -> None:
    text = part(issued(study)).replace(">5 weeks<", ">7 weeks<").replace("Thank you for", "Our thanks for")
    text = text.replace("nothing &amp; owe nothing", "nothing &amp; owe &lt; 1")
    (study / "back.docx").write_bytes(with_parts(issued(study), document=text))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write", "--yes")
    assert said.code == 0 and "With these edits the study says what the file says." in said.out
    assert "protocol.yaml is written." in said.out and f"{CONSENT} is written." in said.out
    assert (study / "protocol.yaml").read_text(encoding="utf-8").count("\n  participation: P7W\n") == 1
    wanted = TEMPLATE.replace("Thank you for", "Our thanks for").replace("owe nothing", "owe &lt; 1")
    assert template(study) == wanted
    assert call("-C", study, "check", "back.docx", "--as", STEM, "--strict").code == 0


def test_without_a_terminal_nothing_is_written_unless_yes_is_said(call: Call, study: Path) -> None:
    came_back(study, (FIVE, SEVEN))
    before = content(study)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write")
    assert said.code == 1 and "Nothing is changed." in said.out
    assert content(study) == before


@pytest.mark.parametrize("answer", [True, False])
def test_a_person_is_asked(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch, answer: bool) -> None:
    came_back(study, (FIVE, SEVEN))
    monkeypatch.setattr(adopt, "_asked", lambda study: answer)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write")
    assert said.code == int(not answer)
    assert ("P7W" in (study / "protocol.yaml").read_text(encoding="utf-8")) is answer


def test_edits_that_would_break_the_study_are_not_made(call: Call, study: Path) -> None:
    came_back(study, (">20<", ">twenty<"))
    before = content(study)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write", "--yes")
    assert said.code == 1 and "would have errors" in said.err and "error[SPEC-" in said.out
    assert content(study) == before


def test_a_study_that_changed_meanwhile_is_left_alone(call: Call, study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    came_back(study, (FIVE, SEVEN))

    def change(folder: Path) -> bool:
        place = folder / "protocol.yaml"
        place.write_text(place.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
        return True

    monkeypatch.setattr(adopt, "_asked", change)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write")
    assert said.code == 1 and "changed while the edits were shown" in said.err
    assert "# mine" in (study / "protocol.yaml").read_text(encoding="utf-8")
    assert "P7W" not in (study / "protocol.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["{{ view.secret }}", "{% include 'x' %}", "{# no #}", "\ue000x:1\ue001"])
def test_words_that_a_template_would_obey_are_not_proposed(call: Call, study: Path, words: str) -> None:
    came_back(study, ("Thank you", words))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM)
    assert said.code == 0 and "No edit is proposed." in said.out and "marks that a template would obey" in said.out


def test_markup_in_a_file_is_only_words_of_the_template(call: Call, study: Path) -> None:
    came_back(study, ("Thank you", "&lt;br/&gt;Thank &lt;b&gt; you"))
    assert call("-C", study, "adopt", "back.docx", "--as", STEM, "--write", "--yes").code == 0
    assert "&lt;br/&gt;Thank &lt;b&gt; you" in template(study)


def test_a_paragraph_goes_from_the_template_where_no_element_goes_with_it(call: Call, study: Path) -> None:
    docx = issued(study)
    came_back(study, (paragraph_with(docx, "Thank you"), ""), (paragraph_with(docx, "Again"), ""))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write", "--yes")
    assert said.code == 0 and "says what the file says" in said.out
    lines = [one for one in TEMPLATE.splitlines() if "consent.plain" not in one and "facts.again" not in one]
    assert template(study).splitlines() == lines


def test_a_required_element_is_never_proposed_away(call: Call, study: Path) -> None:
    came_back(study, (paragraph_with(issued(study), "You pay nothing"), ""))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM)
    assert "No edit is proposed." in said.out
    assert "a required element goes with it" in said.out and f"{CONSENT}:13" in said.out


def test_two_numbers_for_one_value_are_not_decided_here(call: Call, study: Path) -> None:
    text = part(issued(study)).replace(">5 weeks<", ">7 weeks<", 1).replace(">5 weeks<", ">9 weeks<")
    (study / "back.docx").write_bytes(with_parts(issued(study), document=text))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM)
    assert 'twice otherwise: "7 weeks" and "9 weeks"' in said.out
    assert "+  participation: P7W" in said.out


def test_a_new_paragraph_is_for_a_person(call: Call, study: Path) -> None:
    last = paragraph_with(issued(study), "Thank you")
    came_back(study, (last, f"{last}<w:p><w:r><w:t>The board wants this.</w:t></w:r></w:p>"))
    said = call("-C", study, "adopt", "back.docx", "--as", STEM)
    assert 'was added: "The board wants this."\n    a new paragraph needs an id' in said.out
    assert f"{CONSENT}:14" in said.out


def test_the_place_of_the_number_is_that_of_the_protocol(study: Path) -> None:
    assert (study / "protocol.yaml").read_text(encoding="utf-8").count(PLACE) == 1


def test_other_words_in_the_place_of_the_only_text_of_an_element_lose_it(call: Call, study: Path) -> None:
    came_back(study, ("You may stop at any time.", "Please bring your tablets to each visit."))
    said = call("-C", study, "check", "back.docx", "--as", STEM)
    assert said.code == 1 and "error[RET-006] element CR-b8.2 no longer stands" in said.out
    assert 'hint: put the words back into the file; "regdocs explain CR-b8.2"' in said.out


def test_words_beside_version_and_date_are_told(call: Call, study: Path) -> None:
    came_back(study, ("Form version", "By taking part you give up all claims, form version"))
    told = call("-C", study, "check", "back.docx", "--as", STEM)
    assert '"consent.version" changed without a tracked change' in told.out


def test_edits_that_cannot_all_be_written_are_taken_back(
    call: Call, study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = part(issued(study)).replace(">5 weeks<", ">7 weeks<").replace("Thank you for", "Our thanks for")
    (study / "back.docx").write_bytes(with_parts(issued(study), document=text))
    before, write, calls = content(study), regdocs.atomic.write_atomic, []

    def failing(path: Path, data: bytes) -> None:
        calls.append(path)
        if len(calls) == 2:
            raise CannotWrite(f'"{path}" cannot be written')
        write(path, data)

    monkeypatch.setattr(regdocs.atomic, "write_atomic", failing)
    said = call("-C", study, "adopt", "back.docx", "--as", STEM, "--write", "--yes")
    assert said.code == 1 and "nothing is changed" in said.err and len(calls) >= 3
    assert content(study) == before
