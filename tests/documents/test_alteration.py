"""A board's recorded alteration of consent, followed in the forms: what goes, what stays, what is said instead."""

import pytest

from regdocs.content.model import Document
from regdocs.content.query import headings, plain_text, walk_tagged
from regdocs.documents.compose import Composed, compose
from regdocs.documents.kinds import kind_named
from tests.documents.companions import clauses, has, signatures, study, templates, words

_BODY = "oversight:\n  - id: ethics-committee\n"
_DECISION = """\
waivers:
  - id: shorter
    body: ethics-committee
    kind: KIND
    citation: 45 CFR 46.116(f)(2)
    reference: Decision EX-1/A (fictional)
    decided: 2026-01-10
    elements: [ELEMENTS]
    wording: [WORDING]
    reason: The change is small (fictional).
oversight:
  - id: ethics-committee
"""
_WORDING = '{id: WORD, element: "ELEMENT", text: "TEXT"}'
COSTS = ("CR-c3", "E6-k")


def wording(element: str, text: str, name: str = "in-other-words") -> str:
    return _WORDING.replace("WORD", name).replace("ELEMENT", element).replace("TEXT", text)


def altered(kind: str, *elements: str, said: tuple[str, ...] = (), of: str = "alteration-of-consent") -> Composed:
    decision = _DECISION.replace("KIND", of).replace("ELEMENTS", ", ".join(elements))
    protocol, found = study((_BODY, decision.replace("WORDING", ", ".join(said)))), kind_named(kind)
    assert found is not None
    return compose(found, protocol, protocol.sites[0], "en", templates())


def form(*elements: str, said: tuple[str, ...] = ()) -> Document:
    return altered("consent", *elements, said=said).document


def titles(document: Document) -> set[str]:
    return {plain_text(heading.inlines) for heading in headings(document)}


def ids(document: Document) -> set[str]:
    return {one.id for one in walk_tagged(document)}


def clauses_of(document: Document, name: str) -> tuple[str, ...]:
    return next(one.clauses for one in walk_tagged(document) if one.id == name)


def test_an_element_that_is_left_out_stands_no_more_and_the_decision_is_named() -> None:
    document = form(*COSTS)
    assert not has(document, "consent.costs.text") and not {"CR-c3", "E6-k"} & clauses(document)
    assert "parts of this form may be left out or changed" in words(document, "consent.oversight.altered.shorter")
    assert "45 CFR 46.116(f)(2)" in words(document, "consent.oversight.altered.shorter")


def test_nothing_but_the_named_elements_goes() -> None:
    before, after = ids(form("no-such-element")), ids(form(*COSTS))
    assert before - after == {"consent.costs", "consent.costs.text"}
    assert after - before == {"consent.oversight.altered.shorter"}


def test_a_heading_with_nothing_left_under_it_goes_and_the_others_keep_their_numbers() -> None:
    document = form(*COSTS)
    assert "Costs" not in titles(document)
    numbers = [heading.number for heading in headings(document) if heading.level == 1]
    assert numbers == [str(number) for number in range(1, 23) if number != 11]


def test_a_block_that_another_clause_needs_stays() -> None:
    composed = altered("consent", "CR-c3")
    assert has(composed.document, "consent.costs.text")
    assert composed.altered is not None
    (outcome,) = composed.altered.outcomes
    assert outcome.left == () and outcome.kept == (("consent.costs.text", ("E6-k",)),)


def test_a_list_or_table_stays_as_long_as_something_inside_it_is_needed() -> None:
    document = form("CR-b7.1", "E6-r")
    assert not has(document, "consent.contacts.questions")
    assert has(document, "consent.contacts.injury") and has(document, "consent.contacts.rights")
    assert not has(form("CR-b7", "E6-r"), "consent.contacts-table")


def test_an_element_holds_its_parts() -> None:
    every, first = form("CR-b6", "E6-i"), form("CR-b6.1", "E6-i")
    assert has(first, "consent.injury.treatment") and not has(first, "consent.injury.compensation")
    assert not has(every, "consent.injury.treatment") and not has(every, "consent.injury.compensation")
    assert has(every, "consent.injury.insurance")  # which no clause asks for


def test_the_key_information_is_changed_too() -> None:
    purpose = ("CR-b1.2", "E6-a", "VN-4")
    assert has(form(*purpose), "consent.key.purpose")
    document = form(*purpose, "K2")
    assert not has(document, "consent.key.purpose") and not has(document, "consent.why.purpose")
    assert has(document, "consent.key.duration") and has(document, "consent.key.procedures")


def test_what_every_form_has_to_say_is_never_taken_away() -> None:
    document = form("CR-a6", "CR-a5i", "CR-a")
    assert has(document, "consent.injury.rights") and has(document, "consent.key")


def test_a_signature_does_not_go_by_an_alteration() -> None:
    document = form("E6-sig1", "FDA-27")
    assert "consent.signatures.participant" in signatures(document)


def test_a_label_goes_with_the_list_that_it_labels() -> None:
    document = form("E6-c", "CR-b1.5")
    assert not has(document, "consent.why.product") and not has(document, "consent.why.products")
    assert not has(document, "consent.why.groups") and not has(document, "consent.why.group-list")
    short = altered("short-form", *(f"CR-c{n}" for n in range(1, 10)), "E6-f", "E6-s", "E6-k", "E6-m", "E6-q")
    assert has(short.document, "short-form.more") and has(short.document, "short-form.more.number")
    short = altered("short-form", *(f"CR-c{n}" for n in range(1, 10)), "E6-f", "E6-s", "E6-k", "E6-m", "E6-q", "E6-u")
    assert not has(short.document, "short-form.more")


def test_recorded_words_stand_in_place_of_an_element_with_the_path_of_the_record() -> None:
    document = form("E6-k", said=(wording("CR-c3", "Ask us what it costs."),))
    assert words(document, "consent.costs.text") == "Ask us what it costs."
    (block,) = [one for one in walk_tagged(document) if one.id == "consent.costs.text"]
    assert block.inlines[0].paths == ("/waivers/shorter/wording/in-other-words/text",)  # type: ignore[attr-defined]
    assert block.clauses == COSTS
    assert "Costs" in titles(document)


def test_recorded_words_stand_once_under_each_numbered_heading() -> None:
    said = (wording("CR-b1.2", "We study how people read."),)
    document = form("E6-a", "VN-4", "K2", said=said)
    assert words(document, "consent.key.purpose") == "We study how people read."
    assert words(document, "consent.why.purpose") == "We study how people read."
    risks = form("E6-f", "VN-6", "CR-c1", said=(wording("CR-b2", "The risks are told afterwards."),))
    assert words(risks, "consent.risks-lead") == "The risks are told afterwards."
    assert not has(risks, "consent.risks-table.examplin-tablet") and not has(risks, "consent.risks-of.examplin-tablet")


def test_words_in_place_of_a_row_or_an_item_stay_in_table_and_list() -> None:
    row = form("E6-r", said=(wording("CR-b7.1", "Ask anyone of us."),))
    assert words(row, "consent.contacts.questions") == "Ask anyone of us."
    item = form("E6-i", said=(wording("CR-b6.1", "You are paid nothing."),))
    assert words(item, "consent.injury.compensation") == "You are paid nothing."


def test_recorded_words_stand_after_a_text_that_has_to_stay() -> None:
    document = form(said=(wording("CR-c3", "Ask us what it costs."),))
    assert "What you have to pay" in words(document, "consent.costs.text")
    assert words(document, "consent.costs.text.in-words.in-other-words") == "Ask us what it costs."
    assert clauses_of(document, "consent.costs.text.in-words.in-other-words") == ("CR-c3",)
    item = form(said=(wording("CR-b6.1", "You are paid nothing."),))
    assert words(item, "consent.injury.compensation").endswith("You are paid nothing.")
    row = form(said=(wording("CR-b7.1", "Ask anyone of us."),))
    assert words(row, "consent.contacts.questions.in-words.in-other-words") == "Ask anyone of us."


def test_nothing_stands_between_a_label_and_what_it_labels() -> None:
    order = [one.id for one in walk_tagged(form(said=(wording("VN-14", "I agree."),)))]
    assert order.index("consent.agreement.label") + 1 == order.index("consent.agreement.list")


@pytest.mark.parametrize("elements", [("CR-c3",), ("CR-c3", "CR-c5", "CR-b6.1"), ("E6-sig1",), ("no-such",)])
def test_a_decision_that_changes_nothing_is_not_told_to_participants(elements: tuple[str, ...]) -> None:
    for kind in ("consent", "parental-permission", "short-form-summary"):
        document = altered(kind, *elements).document
        assert not [name for name in ids(document) if ".altered." in name], kind
    said = (wording("CR-c3", "Ask us what it costs."),)
    assert has(form(said=said), "consent.oversight.altered.shorter")


_FDA = ("fda_regulated_drug: false", "fda_regulated_drug: true")
_IND = ("ind_or_ide: false", "ind_or_ide: true")
_OPEN = ("ind_or_ide: false", 'ind_or_ide: "TODO: whether there is an IND"')
_IRELAND = ("    - VN\n  fda", "    - IE\n  fda")
INJURY = ("CR-b6.1", "CR-b6.2", "E6-i")


def under(law: tuple[str, str], citation: str, *elements: str) -> Composed:
    text = _DECISION.replace("KIND", "alteration-of-consent").replace("ELEMENTS", ", ".join(elements))
    text = text.replace("WORDING", "").replace("45 CFR 46.116(f)(2)", citation)
    protocol, found = study((_BODY, text), law), kind_named("consent")
    assert found is not None
    return compose(found, protocol, protocol.sites[0], "en", templates())


@pytest.mark.parametrize("law", [_FDA, _IND, _OPEN, _IRELAND])
def test_what_another_law_asks_stays_after_a_decision_under_the_common_rule(law: tuple[str, str]) -> None:
    composed = under(law, "45 CFR 46.116(f)(2)", *INJURY)
    for item in ("treatment", "who-pays", "compensation"):
        assert has(composed.document, f"consent.injury.{item}"), item
    assert composed.altered is not None
    needed = {clause for one in composed.altered.outcomes for _, clauses in one.kept for clause in clauses}
    assert needed & {"FDA-a6", "EU-2d"}
    assert not has(composed.document, "consent.oversight.altered.shorter")


@pytest.mark.parametrize("law", [_FDA, _IND])
def test_a_decision_that_names_the_other_law_is_followed(law: tuple[str, str]) -> None:
    document = under(law, "45 CFR 46.116(f)(2); 21 CFR 50.22", *INJURY).document
    assert not has(document, "consent.injury.treatment") and not has(document, "consent.injury.compensation")
    assert has(document, "consent.oversight.altered.shorter")


def test_what_no_other_law_asks_goes_by_the_common_rule_alone() -> None:
    before = under(_FDA, "45 CFR 46.116(f)", "no-such").document
    assert has(before, "consent.people.number")
    composed = under(_FDA, "45 CFR 46.116(f)", "CR-b9")
    assert composed.altered is not None and composed.altered.outcomes[0].left


def test_words_to_be_completed_are_an_open_value() -> None:
    document = form("E6-k", said=(wording("CR-c3", "TODO: the words that the board approved"),))
    assert words(document, "consent.costs.text") == "[TO BE COMPLETED: the words that the board approved]"


def test_parents_short_form_and_summary_follow_the_decision_too() -> None:
    permission = altered("parental-permission", *COSTS).document
    assert not has(permission, "parental-permission.costs.text") and not has(permission, "parental-permission.costs")
    assert "left out or changed" in words(permission, "parental-permission.oversight.altered.shorter")
    assert not has(altered("short-form", *COSTS).document, "short-form.more.costs")
    summary = altered("short-form-summary", *COSTS).document
    assert not has(summary, "short-form-summary.rights.costs")
    assert "left out or changed" in words(summary, "short-form-summary.altered.shorter")


def test_other_decisions_leave_the_elements_alone() -> None:
    for kind in ("waiver-of-documentation", "waiver-of-consent"):
        assert has(altered("consent", *COSTS, of=kind).document, "consent.costs.text")


def test_a_body_that_decides_for_another_site_changes_nothing_here() -> None:
    elsewhere = """\
  - id: other-body
    name: Other Committee (fictional)
    role: ethics-committee
    sites: [other]
    approval: EX-9 (fictional)
    contact: 000 009 (fictional)
  - id: ethics-committee
"""
    decision = _DECISION.replace("KIND", "alteration-of-consent").replace("ELEMENTS", "CR-c3, E6-k")
    decision = decision.replace("WORDING", "").replace("body: ethics-committee", "body: other-body")
    protocol = study((_BODY, decision.replace("  - id: ethics-committee\n", elsewhere)))
    found = kind_named("consent")
    assert found is not None
    document = compose(found, protocol, protocol.sites[0], "en", templates()).document
    assert has(document, "consent.costs.text") and not has(document, "consent.oversight.altered.shorter")


def test_a_form_depends_on_the_decision_it_follows() -> None:
    assert {"/waivers", "/waivers/shorter/elements"} <= set(altered("short-form", *COSTS).reads)
