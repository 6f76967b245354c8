"""Stipulations answered: the same amendment submitted again, with a letter, and with another wording where needed."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regdocs.amendment.given import MAX_TEXT
from regdocs.amendment.response import first_response, load_response
from regdocs.errors import Refusal
from regdocs.render.text_layer import text_layer
from regdocs.versions.bases import approved_base
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.issued_beside import redlines_of
from regdocs.versions.issuing import pages_of
from regdocs.versions.preparation import Asked, NotReady
from regdocs.versions.printed import tree_bytes
from regdocs.versions.responding import Answering, _rationale, decision_named, prepare_answers
from regdocs.versions.response_papers import (
    DRAFT_MARK,
    lay_letter,
    letter_of,
    prints_of_letter,
    response_entry,
    response_number,
)
from regdocs.versions.submissions import Submitted, submission
from tests.build.studies import change, write_template
from tests.versions.logs import JANE, opened, recorded
from tests.versions.releases import AMENDED_AT, MORE, REMEMBERING, carry_out, template

BODY, REFERENCE, DECIDED = "ethics-committee", "EX-1-A1", "2026-06-05"
ASKED = ("Say how many take part.", "Why is the CRF longer?")
THIRD = (('version: "1.0"', 'version: "2.1"'), ("date: 2026-01-15", "date: 2026-06-10"))
EVEN_MORE = (MORE[0], "    count: 30\n    type: estimated")
UNCHANGED = "    unchanged: The page asks for nothing more.\n"
LETTER_TEMPLATE = """\
<document title="A letter" subject="Answers">
<section id="letter.main">
{% if view.asks_decision %}<p id="letter.asks">We ask for your decision.</p>{% endif %}
{% for one in view.answers %}
<p id="letter.{{ one.id }}.text">{{ one.text }}</p>
<p id="letter.{{ one.id }}.answer">{{ one.answer }}</p>
{% for place in one.places %}<p id="letter.{{ one.id }}.place.{{ loop.index }}">{{ place }}</p>{% endfor %}
{% endfor %}
</section>
</document>
"""


def response(*answers: str, on: str = "2026-06-11", more: str = "") -> bytes:
    head = f"regdocs-response: 1\ndecision: {REFERENCE}\non: {on}\nsender: Jane Doe, sponsor\n{more}stipulations:\n"
    listed = (
        f"  - number: {number}\n    text: {text}\n    answer: Answer {number}\n{own}"
        for number, (text, own) in enumerate(zip(ASKED, answers, strict=True), start=1)
    )
    return (head + "".join(listed)).encode()


@pytest.fixture(scope="module")
def decided_once(amended_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study after one amendment, on which its body decided with two stipulations."""
    study = Path(shutil.copytree(amended_once, tmp_path_factory.mktemp("decided") / "study"))
    write_template(study, "response-letter", LETTER_TEMPLATE)
    for version, outcome, asked in (("1.0", "approved", ()), ("2.0", "conditionally-approved", ASKED)):
        _decide(study, version, outcome, asked)
    return study


@pytest.fixture
def decided(decided_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(decided_once, tmp_path / "study"))


def _decide(study: Path, version: str, outcome: str, asked: tuple[str, ...]) -> None:
    book = recorded(opened(study), submission(opened(study), JANE, Submitted(version, BODY, "2026-06-01")))
    whole = book.whole_entry(book.head.size - 1)
    said: dict[str, Any] = {"sites": tuple(whole["sites"]), "documents": tuple(whole["documents"]), "version": version}
    reference = REFERENCE if asked else "EX-1"
    said |= {"decided": DECIDED, "received": "2026-06-06", "stipulations": asked}
    entry, objects = decision(book, JANE, Decided(BODY, reference, outcome, **said), b"A letter.")
    recorded(book, entry, objects=objects)


def answering(study: Path, data: bytes) -> Answering:
    return prepare_answers(study, data, decision_named(opened(study), REFERENCE), Asked(""))


def answered(study: Path, data: bytes) -> dict[str, Any]:
    """Record the response, and return the entry of its submission."""
    found = answering(study, data)
    pages = carry_out(found.prepared, AMENDED_AT).pages if found.prepared else {}
    number = response_number(found)
    letter = REMEMBERING.print(prints_of_letter(found, number, pages))
    entry, objects = response_entry(opened(study), JANE, found, number, letter)
    book = recorded(opened(study), entry, objects=objects)
    lay_letter(study / "response", found, letter)
    return book.whole_entry(book.head.size - 1)


def reword(study: Path) -> None:
    """Make the working copy another wording of the amendment: version 2.1, with another count."""
    change(study, *THIRD, EVEN_MORE)


def rules(refused: pytest.ExceptionInfo[NotReady]) -> list[str]:
    return [one.rule for one in refused.value.findings]


def test_answers_without_changes_submit_the_same_version_again(decided: Path):
    versions = [one.name for one in opened(decided).versions]
    entry = answered(decided, response(UNCHANGED, UNCHANGED))
    assert (entry["version"], entry["submission"], entry["body"], entry["on"]) == ("2.0", 2, BODY, "2026-06-11")
    assert entry["to"] == decision_named(opened(decided), REFERENCE)["n"]
    assert [(one["number"], one["text"]) for one in entry["answers"]] == list(enumerate(ASKED, start=1))
    assert entry["answers"][0]["unchanged"] == "The page asks for nothing more."
    assert [one["kind"] for one in entry["response"]] == ["docx", "pdf"]
    assert {one.name for one in (decided / "response").iterdir()} == {
        "response-letter.pdf",
        "response-letter.docx",
        "response.json",
    }
    assert [one.name for one in opened(decided).versions] == versions


def test_a_changed_wording_is_recorded_as_the_same_amendment_submitted_again(decided: Path):
    reword(decided)
    entry = answered(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))
    book = opened(decided)
    newest = book.versions[-1]
    assert (newest.name, newest.amendment, newest.submission) == ("2.1", 1, 2)
    assert (entry["version"], entry["submission"], entry["answers"][0]["changed"]) == ("2.1", 2, ["/design/enrolment"])
    steps = book.whole_entry(newest.n)["what"]
    assert {"path": "/design/enrolment/count", "old": 24, "new": 30} in steps


def test_another_wording_has_redlines_against_what_was_approved_and_what_was_submitted(decided: Path):
    reword(decided)
    write_template(decided, "crf", template("crf", " and again"))
    answered(decided, response("    changed: [/design/enrolment]\n", "    changed: ['crf#*']\n"))
    book = opened(decided)
    made = {one.stem: one for one in redlines_of(book, book.versions[-1])}
    assert {"redline-from-1.0/crf/en", "redline-from-2.0/crf/en"} <= set(made)
    approved, sent = made["redline-from-1.0/crf/en"], made["redline-from-2.0/crf/en"]
    assert approved.decisions and approved.against is None
    assert not sent.decisions and sent.against == "the wording that was submitted before"


def test_a_response_that_was_interrupted_after_its_wording_goes_on_from_there(decided: Path):
    reword(decided)
    data = response("    changed: [/design/enrolment]\n", UNCHANGED)
    found = answering(decided, data)
    assert found.prepared is not None
    carry_out(found.prepared, AMENDED_AT)
    again = answering(decided, data)
    assert (again.version, again.date) == ("2.1", "2026-06-10")
    assert again.places == found.places and again.places[1]
    assert again.prepared is not None and again.prepared.recorded == opened(decided).versions[-1]
    entry = answered(decided, data)
    assert (entry["version"], entry["submission"], entry["answers"][0]["changed"]) == ("2.1", 2, ["/design/enrolment"])


def test_its_letter_names_the_pages_and_redlines_that_it_would_have_named(decided: Path):
    reword(decided)
    write_template(decided, "crf", template("crf", " and again"))
    data = response("    changed: [/design/enrolment]\n", "    changed: ['crf#*']\n")
    found = answering(decided, data)
    assert found.prepared is not None
    pages = carry_out(found.prepared, AMENDED_AT).pages
    again = answering(decided, data)
    assert again.prepared is not None and pages
    assert pages_of(again.prepared, REMEMBERING) == pages
    assert tree_bytes(letter_of(again, 2, pages).document) == tree_bytes(letter_of(found, 2, pages).document)


def test_a_wording_without_its_documents_is_completed_first(decided: Path, monkeypatch: pytest.MonkeyPatch):
    reword(decided)
    data = response("    changed: [/design/enrolment]\n", UNCHANGED)
    found = answering(decided, data)
    assert found.prepared is not None
    monkeypatch.setattr("regdocs.versions.record.make", _interrupted)
    with pytest.raises(KeyboardInterrupt):
        carry_out(found.prepared, AMENDED_AT)
    with pytest.raises(Refusal, match="regdocs amend --resume"):
        answering(decided, data)


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_answers_of_two_people_at_once_are_not_both_recorded(decided: Path):
    found = answering(decided, response(UNCHANGED, UNCHANGED))
    answered(decided, response(UNCHANGED, UNCHANGED))
    with pytest.raises(Refusal, match="was answered in entry"):
        response_entry(opened(decided), JANE, found, response_number(found), {})


def test_a_draft_of_the_letter_says_so_on_its_pages_and_records_nothing(decided: Path):
    before = opened(decided).head.size
    found = answering(decided, response(UNCHANGED, UNCHANGED))
    plain, draft = (prints_of_letter(found, 2, {}, draft=one) for one in (False, True))
    pdf = REMEMBERING.print({"letter.pdf": draft["response-letter.pdf"]})["letter.pdf"]
    assert DRAFT_MARK in " ".join(one.text for one in text_layer(pdf, "pdf").words)
    assert plain != draft and opened(decided).head.size == before


def test_answers_that_change_nothing_submit_what_was_decided_on_whatever_the_working_copy_says(decided: Path):
    reword(decided)
    found = answering(decided, response(UNCHANGED, UNCHANGED))
    assert (found.version, found.date, found.prepared) == ("2.0", "2026-05-20", None)


def test_a_stipulation_too_long_for_a_reason_is_pointed_to_and_never_cut():
    assert _rationale("EX-1, stipulation 2", "Say it.") == "EX-1, stipulation 2: Say it."
    assert "stand in the decision" in _rationale("EX-1, stipulation 2", "x" * MAX_TEXT)


def test_a_decision_is_answered_once(decided: Path):
    entry = answered(decided, response(UNCHANGED, UNCHANGED))
    with pytest.raises(Refusal, match=f"was answered in entry {entry['n']}"):
        answering(decided, response(UNCHANGED, UNCHANGED))


def test_the_wording_that_was_not_approved_is_no_base(decided: Path):
    reword(decided)
    answered(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))
    base = approved_base(opened(decided), body=BODY, site=None, kind="crf", language="en")
    assert base is not None and base.version == "1.0"


def test_an_answer_about_an_amendment_submits_its_last_wording_also_when_the_next_one_was_recorded(decided: Path):
    from tests.versions.releases import amend

    change(decided, ('version: "1.0"', 'version: "3.0"'), ("date: 2026-01-15", "date: 2026-07-01"), EVEN_MORE)
    amend(decided, Asked("3.0"))
    found = answering(decided, response(UNCHANGED, UNCHANGED))
    assert (found.version, found.date, found.prepared) == ("2.0", "2026-05-20", None)


def test_wording_is_not_changed_any_more_after_the_next_amendment(decided: Path):
    from tests.versions.releases import amend

    change(decided, ('version: "1.0"', 'version: "3.0"'), ("date: 2026-01-15", "date: 2026-07-01"), EVEN_MORE)
    amend(decided, Asked("3.0"))
    change(decided, ('version: "1.0"', 'version: "3.1"'), ("date: 2026-01-15", "date: 2026-07-02"), MORE)
    with pytest.raises(Refusal, match="cannot be changed any more"):
        answering(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))


def test_the_next_amendment_has_the_next_number(decided: Path):
    from tests.versions.releases import prepared

    reword(decided)
    answered(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))
    change(decided, ('version: "1.0"', 'version: "3.0"'), ("date: 2026-01-15", "date: 2026-07-01"), EVEN_MORE)
    write_template(decided, "crf", template("crf", " at last"))
    third = prepared(decided, Asked("3.0"))
    assert (third.amendment, third.submission) == (2, None)
    assert third.amended is not None
    assert [(one.number, one.version) for one in third.amended.facts.history] == [(1, "2.1")]


def test_the_letter_says_each_stipulation_its_answer_and_where_it_changed(decided: Path):
    reword(decided)
    found = answering(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))
    words = tree_bytes(letter_of(found, 2, {}).document).decode()
    assert [one for one in (*ASKED, "Answer 1", "Answer 2") if one not in words] == []
    [label] = found.places[1]
    assert label in words and not found.places[2]


def asks(found: Answering) -> bool:
    return b"We ask for your decision" in tree_bytes(letter_of(found, 2, {}).document)


def _decided_later(study: Path, outcome: str, reference: str, asked: tuple[str, ...] = ()) -> None:
    book = opened(study)
    whole = decision_named(book, REFERENCE)
    said = (tuple(whole["sites"]), tuple(whole["documents"]))
    later = Decided(BODY, reference, outcome, "2026-06-08", "2026-06-09", *said, stipulations=asked, version="2.0")
    entry, objects = decision(book, JANE, later, b"Another letter.")
    recorded(book, entry, objects=objects)


def test_a_decision_is_asked_for_where_conditions_keep_the_body_from_approving(decided: Path):
    assert asks(answering(decided, response(UNCHANGED, UNCHANGED)))
    reword(decided)
    assert asks(answering(decided, response("    changed: [/design/enrolment]\n", UNCHANGED)))


@pytest.mark.parametrize("outcome", ["approved", "no-objection", "acknowledged"])
def test_no_decision_is_asked_for_where_the_body_agreed_and_wanted_an_answer_besides(decided: Path, outcome: str):
    _decided_later(decided, outcome, "EX-1-A2", ASKED)
    data = response(UNCHANGED, UNCHANGED).replace(REFERENCE.encode(), b"EX-1-A2")
    named = decision_named(opened(decided), "EX-1-A2")
    assert not asks(prepare_answers(decided, data, named, Asked("")))
    reword(decided)
    data = data.replace(UNCHANGED.encode(), b"    changed: [/design/enrolment]\n", 1)
    assert asks(prepare_answers(decided, data, named, Asked(""))), "nobody decided on the new wording yet"


@pytest.mark.parametrize(("outcome", "asked"), [("approved", False), ("disapproved", False), ("deferred", True)])
def test_no_decision_is_asked_for_that_was_given_since(decided: Path, outcome: str, asked: bool):
    _decided_later(decided, outcome, "EX-1-A2")
    assert asks(answering(decided, response(UNCHANGED, UNCHANGED))) is asked


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("See version 3.2 of the consent form.", "names version 3.2, and no such version is recorded"),
        ("See Version 1.0.", None),
        ("See version 2.0 of the CRF.", None),
        ("It is in version 2.0-north.", "names version 2.0-north, and no such version"),
        ("It is conversion 7.7, in version 2 or so.", None),
    ],
)
def test_a_version_in_an_answer_is_held_against_what_is_submitted(decided: Path, words: str, told: str | None):
    data = response(UNCHANGED, UNCHANGED).replace(b"Answer 2", words.encode())
    found = answering(decided, data).findings
    assert [(one.rule, one.severity, one.position.line) for one in found] == (
        [("RSP-005", "warning", 12)] if told else []
    )
    assert all(
        str(told) in one.message and "submitted are version 2.0 of the protocol" in str(one.hint) for one in found
    )


def test_a_version_that_is_recorded_and_not_submitted_is_told_too(decided: Path):
    reword(decided)
    write_template(decided, "crf", template("crf", " and again"))
    data = response("    changed: [/design/enrolment]\n", "    changed: ['crf#*']\n")
    data = data.replace(b"Answer 1", b"See version 2.1.").replace(b"Answer 2", b"See version 2.0 and version 2.1.")
    [told] = answering(decided, data).findings
    assert "answer to stipulation 2 names version 2.0, which is recorded and is not submitted with it" in told.message


def test_a_change_that_no_stipulation_asked_for_is_refused_in_the_words_of_the_file(decided: Path):
    reword(decided)
    write_template(decided, "crf", template("crf", " and again"))
    with pytest.raises(NotReady) as refused:
        answering(decided, response("    changed: ['crf#*']\n", UNCHANGED))
    assert rules(refused) == ["AMD-008"]
    [found] = refused.value.findings
    assert found.file == "response.yaml" and "'changed' of the stipulation" in str(found.hint)


def test_a_place_that_did_not_change_is_refused(decided: Path):
    with pytest.raises(NotReady) as refused:
        answering(decided, response("    changed: [/design/enrolment]\n", UNCHANGED))
    assert rules(refused) == ["RSP-003"]


def _turned(text: str) -> str:
    """The same answers in another order."""
    head, first, second = text.split("  - number: ")
    return "  - number: ".join((head, second, first))


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lambda text: text.replace(REFERENCE, "EX-9"), ["RSP-001"]),
        (lambda text: text.replace(ASKED[0], "Say it."), ["RSP-001"]),
        (lambda text: text.replace("number: 2", "number: 1"), ["RSP-001", "RSP-001"]),
        (lambda text: text.replace("number: 2", "number: 7"), ["RSP-001", "RSP-001"]),
        (lambda text: text.replace(UNCHANGED, ""), ["RSP-002", "RSP-002"]),
        (lambda text: text.replace(UNCHANGED, "    changed: [enrolment]\n", 1), ["RSP-003"]),
        (lambda text: text.replace("Answer 1", '"TODO: the answer"'), ["RSP-004"]),
        (lambda text: text.replace("Answer 1", "tbd"), ["RSP-004"]),
        (lambda text: text.replace("Answer 1", "XXX.").replace("Answer 2", '"???"'), ["RSP-004", "RSP-004"]),
        (lambda text: text.replace(UNCHANGED, "    unchanged: n/a\n", 1), ["RSP-004"]),
        (lambda text: text.replace("2026-06-11", "2026-06-04"), ["RSP-001"]),
        (_turned, ["RSP-001"]),
        (lambda text: text.replace("2026-06-11", "tomorrow"), None),
        (lambda text: "a: [", None),
        (lambda text: "", None),
    ],
)
def test_what_does_not_fit_the_decision_is_told_at_once(spoil: Callable[[str], str], expected: list[str] | None):
    read = load_response(spoil(response(UNCHANGED, UNCHANGED).decode()).encode(), REFERENCE, ASKED, DECIDED)
    assert read.findings
    if expected is not None:
        assert sorted(one.rule for one in read.findings) == expected


def test_words_that_only_look_like_a_placeholder_are_an_answer():
    text = response(UNCHANGED, UNCHANGED).decode().replace("Answer 1", "TBC-7 is the form; pending cases are in it.")
    assert load_response(text.encode(), REFERENCE, ASKED, DECIDED).findings == ()


def test_the_reference_may_be_broken_over_lines_as_the_stipulations_may():
    text = response(UNCHANGED, UNCHANGED).decode().replace(REFERENCE, "EX 1")
    assert load_response(text.encode(), "EX  1", ASKED, DECIDED).findings == ()


def test_the_words_of_a_stipulation_may_be_broken_over_lines():
    folded = response(UNCHANGED, UNCHANGED).decode().replace(ASKED[0], ">-\n      Say how many\n      take part.")
    assert load_response(folded.encode(), REFERENCE, ASKED, DECIDED).findings == ()


def test_a_first_response_has_each_stipulation_and_only_open_values_stand_against_it():
    text = first_response(REFERENCE, ('Say "tablet", not: pill #1.', "Two\nlines."))
    read = load_response(text.encode(), REFERENCE, ('Say "tablet", not: pill #1.', "Two\nlines."), DECIDED)
    assert read.response is not None and {one.rule for one in read.findings} == {"RSP-004"}


def test_a_decision_without_stipulations_has_nothing_to_answer(decided: Path):
    with pytest.raises(Refusal, match="has no stipulations"):
        prepare_answers(decided, b"", decision_named(opened(decided), "EX-1"), Asked(""))


@pytest.mark.parametrize("named", ["EX-7", "0", "999", "-1"])
def test_a_decision_that_is_none_is_refused_with_those_that_are(decided: Path, named: str):
    with pytest.raises(Refusal, match=r"recorded are the entries: .*\(EX-1-A1\)"):
        decision_named(opened(decided), named)
