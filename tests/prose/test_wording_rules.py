"""Each rule on wording trips on what it is about, and not on what only looks like it."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from regdocs.finding import Severity
from regdocs.prose import phrases
from regdocs.prose.passages import Facts, Hit, Passage, Prose, Role, Section, prose
from regdocs.prose.phrases import patterns
from regdocs.prose.table import WORDING_RULES, look
from tests.rules.pages import pages

CASES = yaml.safe_load((Path(__file__).parent / "wording_cases.yaml").read_text(encoding="utf-8"))
WAYS = yaml.safe_load((Path(__file__).parent / "told_ways.yaml").read_text(encoding="utf-8"))
_SAID_BEFORE = {  # by list: rule, heading, and what stands there before
    "randomisation-chance": ("randomisation-chance", "Procedures", "Chance decides."),
    "ordinary-care": ("standard-care", "Procedures", "You come to nine visits."),
    "research-only": ("standard-care", "Procedures", "You come to nine visits."),
    "standard-care": ("standard-care", "Procedures", "You come to nine visits."),
    "risk-frequency": ("risk-frequency", "Risks", "You may feel sick."),
    "injury-payer": ("injury-payer", "If you are injured", "We treat you."),
}
RULES = {rule.short: rule for rule in WORDING_RULES}
FACTS = Facts(
    products=("velmaxoren tablets", "mesenchymal stem cells"),
    unproven=True,
    randomised=True,
    fda_regulated=False,
    applicable_trial=False,
    abbreviations={"EMG": "electromyography"},
)
KEY = Section(
    "key",
    "Key information",
    1,
    (
        Passage("key.1", "You are asked to be in a research study; it is voluntary."),
        Passage("key.2", "We want to find out whether velmaxoren prevents migraine. It takes 21 weeks."),
        Passage("key.3", "You may feel sick. You may or may not benefit. You can take an approved medicine instead."),
    ),
)


def cases(kind: str) -> list[tuple[str, str, str]]:
    return [(rule, one.get("heading", "What happens"), text) for rule, one in CASES.items() for text in one[kind]]


def hits(rule: str, *sections: Section, facts: Facts = FACTS) -> list[Hit]:
    return list(RULES[rule].look(prose(sections), facts))


def section(heading: str, *texts: str, role: Role = "body") -> Section:
    return Section(heading, heading, 1, tuple(Passage(f"{heading}.{n}", text, role) for n, text in enumerate(texts)))


@pytest.mark.parametrize(("rule", "heading", "text"), cases("trips"))
def test_wrong_words_trip_their_rule(rule: str, heading: str, text: str):
    assert hits(rule, KEY, section(heading, text))


@pytest.mark.parametrize(("rule", "heading", "text"), cases("passes"))
def test_right_words_trip_no_rule(rule: str, heading: str, text: str):
    assert [one.quote or one.told for one in hits(rule, KEY, section(heading, text))] == []


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WAYS.items() for text in texts])
def test_one_sentence_that_tells_it_is_enough(kind: str, text: str):
    rule, heading, before = _SAID_BEFORE[kind]
    assert hits(rule, KEY, section(heading, before))
    assert hits(rule, KEY, section(heading, before, text)) == []


def test_key_information_may_stand_above_the_first_heading():
    told = replace(KEY, heading="", level=0)
    assert hits("key-information", told, section("Procedures", "You take one tablet daily.")) == []


def test_he_or_she_is_left_alone_where_a_child_is_spoken_of():
    texts = ("Your child comes with you.", "It is warm.", "We wait.", "He or she must come fasting.")
    assert hits("second-person", section("Visits", *texts)) == []
    assert hits("second-person", section("Visits", *texts[1:]))


def test_a_treatment_told_of_in_the_sentence_before_is_another_one():
    assert hits("treatment-for-unproven", section("Visits", "Radiation is given. This treatment takes an hour.")) == []
    assert hits("treatment-for-unproven", section("Visits", "Cells are injected. This treatment takes an hour."))


def test_a_hit_quotes_the_words_at_their_place():
    text = "Come at nine. By signing you waive all claims against us."
    (found,) = hits("exculpatory", section("Rights", text))
    assert text[slice(*found.span)] == found.quote == "waive all claims"


def test_quotation_marks_of_a_printer_do_not_hide_words():
    assert hits("exculpatory", section("Rights", "You can’t sue the hospital."))


@pytest.mark.parametrize(
    "first",
    [
        section("Introduction", "Migraine is an illness of the nerves. Velmaxoren was found in 2012."),
        section("Why this study?", "We want to learn whether velmaxoren prevents migraine. 90 people took it."),
        section("Procedures", "You take one tablet daily for 21 weeks. We draw blood. You come to 9 visits."),
        section("Confidentiality", "Records are kept in locked rooms. The ethics board may see them."),
    ],
    ids=lambda one: one.heading,
)
def test_a_form_that_begins_with_something_else_lacks_key_information(first: Section):
    assert [one.passage for one in hits("key-information", first, KEY)] == [first.id]


def test_key_information_is_known_by_its_topics_whatever_its_heading_says():
    glance = section(
        "At a glance",
        "Research about migraine; you choose freely.",
        "Aim: to see if velmaxoren works. 21 weeks, 9 visits.",
        "Risks: nausea. Gain: maybe fewer attacks, maybe none.",
        "Instead: approved tablets.",
    )
    assert hits("key-information", section("Title", "A study", role="title"), glance) == []


def test_key_information_of_many_pages_is_not_concise():
    long = replace(KEY, passages=(*KEY.passages, Passage("key.long", "You may feel sick. " * 300)))
    assert "words" in hits("key-information", long)[0].told


def test_where_no_law_wants_key_information_any_beginning_will_do():
    first = section("Introduction", "Migraine is an illness.")
    assert hits("key-information", first, KEY, facts=replace(FACTS, key_information=False)) == []


def test_a_heading_is_empty_when_neither_words_nor_a_heading_with_words_follow():
    above, below = Section("a", "Visits", 1), Section("b", "At home", 2, (Passage("b.1", "We call you."),))
    nothing = Section("c", "Diet", 1)
    assert [one.passage for one in hits("empty-heading", above, below, nothing)] == ["c"]


def test_titles_and_copied_words_may_call_a_product_a_treatment():
    text = "Full title: Treatment With Velmaxoren"
    copied = Section("s", "About", 1, (Passage("p", text, verbatim=((0, len(text)),)),))
    assert hits("treatment-for-unproven", copied, section("Title", text, role="title")) == []


def test_a_proven_product_may_be_called_a_treatment():
    told = section("What happens", "Treatment with velmaxoren lasts 12 weeks.")
    assert hits("treatment-for-unproven", told, facts=replace(FACTS, unproven=False)) == []


def test_an_abbreviation_is_told_once_and_its_words_may_stand_before():
    told = section("Visits", "An EEG is made.", "The EEG takes an hour.", "We do electromyography.", "The EMG hurts.")
    assert [one.quote for one in hits("abbreviation", told)] == ["EEG"]


def test_what_is_signed_may_speak_of_the_participant():
    text = "The participant must sign here."
    assert hits("second-person", section("Consent", text), section("Form", text, role="signature")) == []


def test_payment_among_the_benefits_is_told_as_one():
    assert hits("payment-as-benefit", section("Benefits", "You get $20 for each visit."))
    assert hits("payment-as-benefit", section("Payment", "You get $20 for each visit.")) == []


def test_words_of_a_law_that_applies_trip_nothing():
    told = section("Records", "The FDA may inspect your records.")
    assert hits("other-pack", told, facts=replace(FACTS, fda_regulated=True)) == []


def test_an_assent_need_not_tell_everything():
    child = prose([section("What happens", "We give you tablets.")])
    assert list(look(child, replace(FACTS, whole=False))) == []


def test_every_phrase_is_an_expression():
    for name in yaml.safe_load((Path(phrases.__file__).parent / "phrases.yaml").read_bytes()):
        assert patterns(name)


@pytest.mark.parametrize("words", ["you will not hold ", "no liable ", "a ", "(", "half of ", "your pain will be "])
def test_long_texts_take_seconds_at_most(words: str):
    text = words * (40_000 // len(words))
    started = time.perf_counter()
    list(look(prose([KEY, section("Risks", text), section("What happens", text)]), FACTS))
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("rule", WORDING_RULES, ids=lambda rule: rule.id)
def test_page_names_rule_severity_and_source_as_the_table_does(rule):
    (page,) = [page for page in pages() if page.id == rule.id]
    expected = (rule.name, rule.severity.value, rule.cited or "a rule of our own")
    assert (page.name, page.severity, page.source) == expected


def test_rules_on_words_warn_because_a_person_judges_words():
    assert {rule.severity for rule in WORDING_RULES} == {Severity.WARNING}


def test_empty_text_is_no_mistake():
    assert list(look(Prose(()), Facts(randomised=False))) == []
