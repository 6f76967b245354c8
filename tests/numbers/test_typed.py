"""NUM-001: numbers typed into templates are found at their line; what is exempt has its reason and is used."""

from collections.abc import Iterator

import pytest

from regdocs.finding import Finding
from regdocs.numbers.check import check_numbers
from regdocs.numbers.exempt import Exemption, declared_in, shipped_exemptions
from regdocs.numbers.sources import undeclared_in
from regdocs.numbers.study import StudyDocuments
from tests.numbers.studies import EXAMPLES, REPOSITORY, numbers, template, with_template

KEY, LEAD = "consent/key.xml", "You are asked to take part in a research study."
SHIPPED = sorted(path.relative_to(REPOSITORY / "templates") for path in (REPOSITORY / "templates").rglob("*.xml"))


def typed(found: StudyDocuments) -> list[Finding]:
    return [finding for finding in check_numbers(found).findings if finding.rule == "NUM-001"]


def line_of(text: str, words: str) -> tuple[int, str]:
    return next((number, line) for number, line in enumerate(text.split("\n"), 1) if words in line)


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_example_finds_a_number_in_a_shipped_template(example: str) -> None:
    assert [one for one in numbers(example).findings if one.rule == "NUM-001"] == []


@pytest.mark.parametrize("name", [path.as_posix() for path in SHIPPED])
def test_no_branch_of_a_shipped_template_has_a_number_that_nobody_accounts_for(name: str) -> None:
    found = undeclared_in((REPOSITORY / "templates" / name).read_text(encoding="utf-8"), shipped_exemptions())
    assert [(one.position.line, one.number.text, one.words) for one in found] == []


@pytest.mark.parametrize("one", shipped_exemptions(), ids=lambda one: f"{one.template}: {one.words}")
def test_each_exemption_is_used_and_has_a_reason(one: Exemption) -> None:
    source = (REPOSITORY / "templates" / one.template).read_text(encoding="utf-8")
    begin = one.words.partition(" #")[0]  # what a template counts has no digits in its source
    assert len(one.reason) > 8 and begin in " ".join(source.split())


@pytest.mark.parametrize("one", shipped_exemptions(), ids=lambda one: f"{one.template}: {one.words}")
def test_without_an_exemption_its_words_are_found(one: Exemption) -> None:
    if "#" in one.words:
        return  # counted by the template: see the test of row numbers below
    source = (REPOSITORY / "templates" / one.template).read_text(encoding="utf-8")
    assert undeclared_in(source, [other for other in shipped_exemptions() if other.words != one.words])


def test_a_typed_number_is_told_at_template_line_and_column() -> None:
    own = with_template("examples/cohort-404", KEY, (LEAD, f"{LEAD} You come to us six times."))
    (finding,) = typed(own)
    line, written = line_of(own.templates[KEY].text, "six times")
    assert (finding.file, finding.position.line) == (f"templates/{KEY}", line)
    assert finding.position.column == written.index("six") + 1
    assert "the number six is typed" in finding.message and "{# number" in (finding.hint or "")


def test_a_comment_with_a_reason_beside_the_words_lets_them_stand() -> None:
    said = '{# number "six times": how often a song is sung, no fact of the study #}'
    own = with_template("examples/cohort-404", KEY, (LEAD, f"{LEAD} {said} You sing six times."))
    assert typed(own) == []
    rows = [row for row in check_numbers(own).rows if "sing six times" in row.words]
    assert [row.why for row in rows] == ["how often a song is sung, no fact of the study"]


def test_a_comment_without_a_reason_or_in_another_template_does_not_count() -> None:
    assert declared_in({KEY: '{# number "six times": #}'}) == ()
    own = with_template("examples/cohort-404", KEY, (LEAD, f'{LEAD} {{# number "six times": #}} You sing six times.'))
    assert len(typed(own)) == 1


def test_a_number_that_the_template_counts_has_no_path() -> None:
    counted = "{{ view.visits.visits | length }} visits are planned."
    own = with_template("examples/cohort-404", KEY, (LEAD, f"{LEAD} {counted}"))
    (finding,) = typed(own)
    assert "is counted by the template" in finding.message
    assert finding.position.line == line_of(own.templates[KEY].text, "visits are planned")[0]


def test_a_number_of_a_row_that_the_template_counts_is_no_finding() -> None:
    rows = numbers(".").rows
    assert {
        row.why for row in rows if row.document == "crf/en" and row.words == row.number == "2" and not row.paths
    } == {"number of a row or an entry"}


def test_a_typed_number_alone_in_its_cell_is_found() -> None:
    own = with_template(
        "examples/cohort-404", KEY, ('<page-break id="consent.after-key"/>', '<p id="consent.x">48</p>')
    )
    assert [finding.message for finding in typed(own)] == [
        '"48": the number 48 is typed into the template and has no protocol path'
    ]


def test_a_number_in_a_label_or_a_title_is_found() -> None:
    tick = '<p id="consent.x"><tick label="10 mg"/></p>'
    own = with_template("examples/cohort-404", KEY, ('<page-break id="consent.after-key"/>', tick))
    (finding,) = typed(own)
    assert finding.excerpt == tick


def test_words_tied_to_the_protocol_have_to_agree_with_it() -> None:
    words = "There is one group in this study."
    own = with_template("examples/cohort-404", KEY, (LEAD, f"{LEAD} {words}"))
    (finding,) = typed(own)
    assert "says one, but /arms of the protocol has 2" in finding.message
    assert [row.paths for row in numbers("examples/device-303").rows if "is one group" in row.words][:1] == [("/arms",)]


def test_own_templates_of_an_amendment_are_read_without_one() -> None:
    name, old = "participant-letter/participant-letter.xml", "{% import"
    text = template(".", name)
    assert old in text
    own = with_template("examples/cohort-404", name, ("", f"{text}\n<!-- --><p>Come twice more.</p>"))
    (finding,) = typed(own)
    assert (finding.file, finding.position.line) == (f"templates/{name}", text.count("\n") + 2)


def _rows() -> Iterator[tuple[str, ...]]:
    return (row.paths for example in EXAMPLES for row in numbers(example).rows if row.why is None)


def test_every_number_of_every_example_has_its_path_or_its_reason() -> None:
    assert all(_rows())
