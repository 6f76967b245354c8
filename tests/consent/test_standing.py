"""How elements stand in the forms of the examples; what taking any one marked text away does to them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from regdocs.build.consent_check import Chosen, read_consent
from regdocs.build.examine import examine
from regdocs.build.study import Inputs, read_inputs
from regdocs.consent.elements import element_named, elements
from regdocs.consent.evidence import evidence_of
from regdocs.consent.packs import packs_of
from regdocs.consent.standing import STATES, Form, Standing, standings
from regdocs.content.model import Block, Box, Cell, Document, Heading, List, Paragraph, Row, Table, Tags
from regdocs.content.query import tagged_within, walk_tagged, words_within
from tests.composed import examined
from tests.consent.forms import DEMO, REAL, STUDIES, forms, states
from tests.rules.cases import MINIMAL

SHIPPED = read_inputs(REAL)


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_every_element_of_the_packs_that_apply_has_one_state(study: Path) -> None:
    for form in forms(study).values():
        applying = {one.pack for one in form.packs if one.applies}
        assert [one.element for one in form.standings] == [one for one in elements() if one.pack in applying]
        assert {one.state for one in form.standings} <= set(STATES)


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.name)
def test_in_no_example_an_element_is_missing_or_text_of_another_rule_stands(study: Path) -> None:
    for stem, form in forms(study).items():
        assert [one.element.id for one in form.standings if one.state == "missing"] == [], stem
        assert form.out_of_place == (), stem


def test_demo_has_evidence_or_a_condition_with_its_answer_or_a_person_for_each_element() -> None:
    for form in forms(DEMO).values():
        assert set(states(form).values()) == {"found", "not applicable", "for a person"} - (
            {"not applicable"} if "/south/" in form.paper.stem else set()
        )
        for one in form.standings:
            if one.state == "found":
                assert one.evidence and all(each.words and each.section for each in one.evidence), one.element.id
            else:
                assert one.why, one.element.id


def test_real_record_has_no_words_of_the_fda_and_explains_every_element_that_does_not_apply() -> None:
    (form,) = forms(REAL).values()
    marks = {mark for tagged in walk_tagged(form.paper.document) for mark in tagged.clauses}
    words = " ".join(words_within(block) for section in form.paper.document.sections for block in section.blocks)
    assert marks.isdisjoint({"FDA-a5x", "FDA-c"})
    assert "Food and Drug" not in words and "as required by U.S. Law" not in words
    applying = {one.pack for one in form.packs if one.applies}
    assert applying == {"ICH-E6R3", "VN-MOH"}
    assert all(one.reason for one in form.packs)
    counted = Counter(states(form).values())
    assert counted["to be completed"] > 10 and counted["missing"] == 0
    assert all(one.why for one in form.standings if one.state in ("not applicable", "for a person"))
    assert all(one.paths for one in form.standings if one.state == "to be completed")


# ---------------------------------------------------------------------------------------------------- taken away


def without(document: Document, name: str) -> Document:
    """The document without the block, item or row of that id."""
    sections = tuple(replace(one, blocks=_blocks(one.blocks, name)) for one in document.sections)
    return replace(document, sections=sections)


def _blocks(blocks: tuple[Block, ...], name: str) -> tuple[Block, ...]:
    return tuple(_inside(one, name) for one in blocks if one.id != name)


def _inside(block: Block, name: str) -> Block:
    match block:
        case Box():
            return replace(block, blocks=_blocks(block.blocks, name))
        case List():
            items = (replace(one, blocks=_blocks(one.blocks, name)) for one in block.items if one.id != name)
            return replace(block, items=tuple(items))
        case Table():
            return replace(block, rows=tuple(_row(one, name) for one in block.rows if one.id != name))
    return block


def _row(row: Row, name: str) -> Row:
    cells: tuple[Cell, ...] = tuple(replace(cell, blocks=_blocks(cell.blocks, name)) for cell in row.cells)
    return replace(row, cells=cells)


def carriers(document: Document) -> Iterator[Tags]:
    return (tagged for tagged in walk_tagged(document) if tagged.clauses)


def carried_by_no_other(document: Document, taken: Tags) -> set[str]:
    """Elements of which some group of marks is carried by what is taken away and by nothing else."""
    inside = {one.id for one in tagged_within(taken)}
    left = {mark for one in carriers(document) if one.id not in inside for mark in one.clauses}
    gone = {mark for one in tagged_within(taken) for mark in one.clauses}
    return {
        one.id
        for one in elements()
        if any(gone.intersection(group) and not left.intersection(group) for group in one.given_by)
    }


def only_names_what_follows(document: Document, element: str) -> bool:
    """Tell whether nothing but headings and labels carry what is left of an element."""
    found = element_named(element)
    assert found is not None
    marks = {mark for group in found.given_by for mark in group}
    left = [one for one in carriers(document) if marks.intersection(one.clauses)]
    return all(isinstance(one, Heading) or (isinstance(one, Paragraph) and one.role == "label") for one in left)


@pytest.mark.parametrize("stem", ["consent/north/en", "parental-permission/south/en", "short-form-summary/north/en"])
def test_taking_any_one_marked_text_away_names_each_element_that_no_other_text_carries(stem: str) -> None:
    form, protocol = forms(DEMO)[stem], examined(DEMO).loaded.protocol
    whole, judged = form.paper, states(form)
    assert protocol is not None
    taken = list(carriers(whole.document))
    assert len(taken) > 50
    for one in taken:
        cut = without(whole.document, one.id)
        left = Form(stem, whole.site, whole.language, evidence_of(cut), whole.altered)
        missing = {each.element.id for each in standings(left, protocol, form.packs) if each.state == "missing"}
        expected = {name for name in carried_by_no_other(whole.document, one) if judged.get(name) == "found"}
        given_elsewhere = {each.element.id for each in standings_alone(stem) if each.state == "missing"}
        assert expected - missing <= given_elsewhere, one.id
        assert all(only_names_what_follows(cut, name) for name in missing - expected - given_elsewhere), one.id


@cache
def standings_alone(stem: str) -> tuple[Standing, ...]:
    """The whole form without other documents of its site: what is missing then, those documents give."""
    form, protocol = forms(DEMO)[stem], examined(DEMO).loaded.protocol
    assert protocol is not None
    paper = form.paper
    alone = Form(stem, paper.site, paper.language, evidence_of(paper.document), paper.altered)
    return standings(alone, protocol, form.packs)


def test_packs_are_told_for_the_site_and_not_for_the_whole_study() -> None:
    protocol = examined(DEMO).loaded.protocol
    assert protocol is not None
    by_site = {one.id: {pack.pack: pack.applies for pack in packs_of(protocol, one)} for one in protocol.sites}
    assert by_site["north"]["US-CR"] and not by_site["north"]["VN-MOH"]
    assert by_site["south"]["VN-MOH"] and not by_site["south"]["US-CR"]
    assert by_site["north"]["US-FDA"] and by_site["south"]["US-FDA"]


def test_a_site_in_the_european_union_is_held_against_its_regulation_and_given_its_number() -> None:
    number = "  registry_numbers:\n    - id: ctis\n      registry: CTIS\n      number: 2031-500000-10-00\n"
    text = MINIMAL.replace("    country: VN\n", "    country: DE\n").replace("identity:\n", f"identity:\n{number}", 1)
    for given, state in ((text, "found"), (text.replace("registry: CTIS", "registry: Another"), "missing")):
        read = read_consent(examine(Inputs(given.encode(), SHIPPED.templates, frozenset())), Chosen())
        assert {pack.pack for pack in read[0].packs if pack.applies} == {"ICH-E6R3", "EU-CTR"}
        assert states(read[0])["EU-2e"] == state
        assert states(read[0])["EU-2a1"] == "found"
