"""A text without marks is held against the elements of consent: states, evidence and reasons."""

from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.consent.as_text import sections_of_document
from regdocs.consent.conditions import condition
from regdocs.consent.elements import elements, registry_statement
from regdocs.consent.evidence import evidence_of
from regdocs.consent.packs import packs_of
from regdocs.consent.standing import Standing
from regdocs.consent.unmarked import (
    BY_WORDS,
    out_of_place_by_words,
    read_unmarked,
    standings_by_words,
    unrecognised,
)
from regdocs.content.markup import parse_document
from regdocs.content.model import Document
from regdocs.documents.compose import compose
from regdocs.documents.kinds import KINDS
from regdocs.documents.template import Template
from regdocs.prose.recognised import recognised_names, sections_of
from regdocs.spec.load import load
from tests.consent.answers import Answers, condition_by, packs_by

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "templates"
SURVEY = Answers(
    countries=("US",),
    fda_regulated=False,
    federally_supported=False,
    more_than_minimal_risk=False,
    collects_information=True,
    uses_biospecimens=False,
    includes_minors=False,
    applicable_clinical_trial=False,
    cannot_read=False,
)
TRIAL = replace(SURVEY, fda_regulated=True, more_than_minimal_risk=True, applicable_clinical_trial=True)


def standings(text: str, answers: Answers) -> dict[str, Standing]:
    read = read_unmarked(sections_of(text))
    found = standings_by_words(read, packs_by(answers), condition_by(answers))
    return {one.element.id: one for one in found}


def test_what_is_found_shows_its_sentence_and_section_and_that_words_gave_it() -> None:
    found = standings("# How long\nYour part lasts 12 weeks.", SURVEY)["CR-b1.3"]
    assert found.state == "found"
    assert [(one.section, one.words) for one in found.evidence] == [("How long", "Your part lasts 12 weeks.")]
    assert found.why == BY_WORDS


def test_what_is_not_recognised_is_missing_and_a_person_may_find_it() -> None:
    found = standings("# How long\nNot long.", SURVEY)["CR-b1.3"]
    assert (found.state, found.evidence) == ("missing", ())
    assert "a person may find it in other words" in found.why


def test_a_condition_that_does_not_hold_makes_an_element_not_applicable() -> None:
    assert standings("", SURVEY)["CR-b6.1"].state == "not applicable"
    assert standings("", SURVEY)["CR-b6.1"].why.startswith("only where the research is of more than minimal risk")
    assert standings("", replace(SURVEY, more_than_minimal_risk=None))["CR-b6.1"].state == "missing"


def test_what_a_person_judges_is_for_a_person() -> None:
    assert standings("You can understand this.", SURVEY)["CR-a3"].state == "for a person"


def test_an_element_given_by_others_names_what_is_lacking() -> None:
    text = "# Risks\nThe tablet may cause nausea and fever."
    found = standings(text, TRIAL)
    assert found["FDA-a2"].state == "found"
    assert found["FDA-a7"].why.endswith("(CR-b7.1)")


def test_a_sentence_with_an_open_value_is_to_be_completed() -> None:
    found = standings("# How long\nYour part lasts [TO BE COMPLETED: 12 weeks].", SURVEY)["CR-b1.3"]
    assert found.state == "to be completed"


def test_the_statement_about_the_register_has_to_stand_word_for_word() -> None:
    assert standings(f"# Privacy\n{registry_statement()}", TRIAL)["FDA-c"].state == "found"
    other = registry_statement().replace("http://www.", "https://")
    found = standings(f"# Privacy\n{other}", TRIAL)["FDA-c"]
    assert found.state == "missing"
    assert "not word for word" in found.why
    assert "https://ClinicalTrials.gov" in found.why


def test_words_by_which_a_right_is_given_up_are_told_with_their_sentence() -> None:
    given_up = standings("# Injury\nBy signing you waive all claims against the clinic.", SURVEY)["CR-a6"]
    assert given_up.state == "missing"
    assert given_up.evidence[0].words == "By signing you waive all claims against the clinic."
    assert standings("# Injury\nYou do not lose any legal rights.", SURVEY)["CR-a6"].state == "found"
    assert standings("# Injury\nCall us.", SURVEY)["CR-a6"].state == "for a person"


def test_what_is_true_under_a_rule_alone_that_does_not_apply_is_out_of_place() -> None:
    read = read_unmarked(sections_of("# Privacy\nThe Food and Drug Administration may inspect the records."))
    (told,) = out_of_place_by_words(read, packs_by(SURVEY))
    assert told.element.id == "FDA-a5x"
    assert out_of_place_by_words(read, packs_by(TRIAL)) == ()


@pytest.mark.parametrize(
    ("answers", "packs"),
    [
        (SURVEY, {"US-CR", "US-KI"}),
        (TRIAL, {"US-CR", "US-KI", "US-FDA"}),
        (replace(SURVEY, countries=("DE",), medicine=True), {"ICH-E6R3", "EU-CTR"}),
        (replace(SURVEY, countries=("DE",), medicine=False), {"ICH-E6R3"}),
        (replace(SURVEY, countries=("VN",)), {"ICH-E6R3", "VN-MOH"}),
        (replace(SURVEY, good_practice=True), {"US-CR", "US-KI", "ICH-E6R3"}),
        (Answers(), {"US-CR", "US-KI", "US-FDA", "ICH-E6R3"}),
    ],
)
def test_answers_say_which_packs_apply_and_an_open_one_keeps_a_rule_in_force(answers: Answers, packs: set[str]) -> None:
    assert {one.pack for one in packs_by(answers) if one.applies} == packs


def test_a_protocol_may_give_packs_and_conditions_too() -> None:
    loaded = load((REPOSITORY / "protocol.yaml").read_bytes())
    assert loaded.protocol is not None
    protocol, site = loaded.protocol, loaded.protocol.sites[0]
    read = read_unmarked(sections_of("# Stopping\nYou may withdraw at any time without penalty or loss of benefits."))
    found = standings_by_words(read, packs_of(protocol, site), lambda name: condition(name, protocol, site))
    assert {one.element.id: one.state for one in found}["VN-13"] == "found"


def test_every_element_that_stands_as_text_has_patterns_or_is_given_by_others() -> None:
    names = set(recognised_names())
    own = [one.id for one in elements() if one.kind in ("text", "advice") and (one.id,) in one.given_by]
    assert [name for name in own if name not in names] == []
    given = {mark for one in elements() for group in one.given_by for mark in group if one.kind in ("text", "advice")}
    assert given - names == set()
    assert names - {one.id for one in elements()} == set()


FORM = """<document title="T" subject="S"><section id="s"><h1 id="a" number="1">How long</h1>
<p id="b" clause="CR-b1.3">{words}</p>
<h1 id="c" number="2">Stopping</h1><h2 id="d">Follow-up after stopping</h2>
<p id="e" clause="E6-m">A nurse looks at it.</p>
</section></document>"""


def form(words: str) -> Document:
    return parse_document(FORM.format(words=words), kind="consent", language="en", template="t.xml")


def test_a_mark_that_its_words_do_not_bear_out_is_told_with_its_block() -> None:
    assert unrecognised(form("Your part lasts 12 weeks.")) == ()
    (told,) = unrecognised(form("You like this."))
    assert (told.element, told.block, told.section, told.words) == ("CR-b1.3", "b", "1 How long", "You like this.")


def test_a_document_is_read_with_the_headings_above() -> None:
    sections = sections_of_document(form("Your part lasts 12 weeks."))
    assert [(one.headings, one.text) for one in sections] == [
        ("1 How long", "Your part lasts 12 weeks."),
        ("2 Stopping", ""),
        ("2 Stopping: Follow-up after stopping", "A nurse looks at it."),
    ]


@pytest.mark.parametrize("study", ["demo-101", "crossover-202", "device-303", "cohort-404"])
def test_words_of_our_own_forms_bear_out_nearly_all_marks(study: str) -> None:
    loaded = load((REPOSITORY / "examples" / study / "protocol.yaml").read_bytes())
    assert loaded.protocol is not None
    templates = {
        path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(TEMPLATES.rglob("*.xml"))
    }
    kind = next(one for one in KINDS if one.name == "consent")
    document = compose(kind, loaded.protocol, loaded.protocol.sites[0], "en", templates).document
    marks = sum(len(given) for given in evidence_of(document).values())
    assert marks > 100
    assert len(unrecognised(document)) <= marks * 0.06
