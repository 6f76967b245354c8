"""The rules on wording find what other people declared in their texts, and read the forms of a study."""

from dataclasses import replace
from pathlib import Path

import pytest

from regdocs.build.examine import Examined
from regdocs.consent.facts import facts_of
from regdocs.consent.form_prose import prose_of_form
from regdocs.consent.reading import Paper
from regdocs.consent.wording import wording_findings
from regdocs.content.model import Document, Heading, Paragraph, Section, Text, Value
from regdocs.content.query import walk_blocks
from regdocs.finding import Finding
from regdocs.prose.table import WORDING_RULES
from tests.composed import examined
from tests.consent.corpus import FOLDER, texts
from tests.consent.measure_wording import measure, rows, total, touches
from tests.rules.pages import pages

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ("examples/demo-101", "examples/crossover-202", "examples/device-303", "examples/cohort-404", ".")


@pytest.fixture(scope="module")
def measured():
    return measure()


@pytest.fixture(scope="module")
def measured_second():
    return measure(FOLDER / "more")


@pytest.fixture(scope="module")
def measured_unread():
    return measure(FOLDER / "unread")


@pytest.fixture(scope="module")
def device() -> Examined:
    return examined(ROOT / "examples" / "device-303")


def papers_of(examined: Examined) -> list[Paper]:
    every = examined.documents
    return [Paper(one.kind.name, one.stem, one.site, one.language, one.composed.document, None) for one in every]


def consent_of(examined: Examined) -> Paper:
    return next(paper for paper in papers_of(examined) if paper.kind == "consent")


def with_words(paper: Paper, *inlines: Text | Value, heading: str = "One more thing") -> Paper:
    """The form with one more section."""
    blocks = (
        Heading(id="more", level=1, inlines=(Text(heading),)),
        Paragraph(id="more.text", inlines=inlines),
    )
    document = paper.document
    added = replace(document, sections=(*document.sections, Section(id="more-pages", blocks=blocks)))
    return replace(paper, document=added)


def found_in(examined: Examined, *papers: Paper) -> list[Finding]:
    return wording_findings(papers, examined.loaded)


# ---------------------------------------------------------------------------------------------------------- corpus


@pytest.mark.parametrize("part", ["measured", "measured_second"])
def test_rules_find_what_was_declared_and_hardly_anything_else(part, request):
    together = total(request.getfixturevalue(part))
    assert together.precision is not None and together.precision >= 0.9
    assert together.recall is not None and together.recall >= 0.8


@pytest.mark.parametrize("rule", WORDING_RULES, ids=lambda rule: rule.id)
def test_page_of_a_rule_shows_what_was_measured(rule, measured, measured_second, measured_unread):
    (page,) = [page for page in pages() if page.id == rule.id]
    (row,) = [row for row in rows(measured) if row.startswith(f"| {rule.id} ")]
    (second,) = [row for row in rows(measured_second) if row.startswith(f"| {rule.id} ")]
    assert f"\n| read part |{row.split('|', 2)[2]}\n" in page.text
    (unread,) = [row for row in rows(measured_unread) if row.startswith(f"| {rule.id} ")]
    assert f"\n| unread part, measured again |{unread.split('|', 2)[2]}\n" in page.text
    assert f"\n| second read part |{second.split('|', 2)[2]}\n" in page.text


def test_quotes_of_the_corpus_stand_in_its_texts():
    for text in texts(FOLDER / "read", FOLDER / "more"):
        quotes = [one.quote for one in (*text.bends, *text.fine) if one.quote]
        assert [quote for quote in quotes if quote not in text.body] == [], text.name


def test_a_hit_beside_the_quoted_words_is_not_the_declared_one():
    text = next(text for text in texts() if any(one.quote for one in text.bends if one.rule == "exculpatory"))
    rule = next(rule for rule in WORDING_RULES if rule.short == "exculpatory")
    (hit,) = rule.look(text.prose, text.facts)
    assert not touches(text.prose, replace(hit, span=(0, 1)), next(one.quote or "" for one in text.bends))


# ----------------------------------------------------------------------------------------------------------- forms


@pytest.mark.slow
@pytest.mark.parametrize("folder", EXAMPLES)
def test_forms_of_the_examples_and_the_real_record_trip_no_rule(folder: str):
    study = examined((ROOT / folder).resolve())
    papers = papers_of(study)
    assert papers
    assert [one.message for one in found_in(study, *papers)] == []


def test_words_of_a_template_are_told_at_the_template(device: Examined):
    (found,) = found_in(device, with_words(consent_of(device), Text("You waive all claims against us.")))
    assert (found.rule, found.file) == ("WRD-002", "templates/consent/consent.xml")
    assert found.message == (
        'consent/example-hospital/en: "waive all claims" reads as if a legal right were given up, or somebody freed of '
        'liability (section "One more thing")'
    )
    assert found.hint and found.source


def test_words_of_the_protocol_are_told_at_their_line(device: Examined):
    value = Value("Your pain will go away.", ("/consent/benefits",))
    (found,) = found_in(device, with_words(consent_of(device), Text("Benefits: "), value))
    position = device.loaded.place("/consent/benefits")
    assert (found.rule, found.file, found.position) == ("WRD-003", device.loaded.file, position)
    assert found.excerpt == device.loaded.line(position)


def test_the_same_words_in_several_forms_are_one_finding(device: Examined):
    value = Value("Your pain will go away.", ("/consent/benefits",))
    forms = [paper for paper in papers_of(device) if paper.kind in ("consent", "parental-permission", "assent")]
    (found,) = found_in(device, *(with_words(one, value) for one in forms))
    assert found.message.startswith(f"{forms[0].stem}, {forms[1].stem} and 1 more: ")


def test_a_translation_is_left_to_its_translators(device: Examined):
    form = with_words(consent_of(device), Text("You waive all claims against us."))
    assert found_in(device, replace(form, language="vi")) == []


def test_other_kinds_of_documents_are_not_read(device: Examined):
    form = with_words(consent_of(device), Text("The subject shall come weekly."))
    assert found_in(device, replace(form, kind="synopsis")) == []


def test_what_is_to_be_completed_is_not_read_as_words_and_leaves_no_heading_empty(device: Examined):
    value = Value("[TO BE COMPLETED: what the subject must pay; ask the PI]", ("/consent/costs",), "todo")
    assert found_in(device, with_words(consent_of(device), value)) == []


def test_what_is_assumed_is_read_without_its_mark(device: Examined):
    value = Value("[ASSUMED, not in the record: The subject must come weekly]", ("/consent/costs",), "assumed")
    (found,) = found_in(device, with_words(consent_of(device), value))
    assert found.rule == "WRD-007" and '"The subject must"' in found.message


def test_copied_words_may_call_the_product_a_treatment(device: Examined):
    copied = Value("Treatment with the Postura device", ("/identity/official_title",))
    said = Value("Treatment with the Postura device is free.", ("/consent/costs",))
    assert found_in(device, with_words(consent_of(device), copied)) == []
    assert [one.rule for one in found_in(device, with_words(consent_of(device), said))] == ["WRD-005"]


def test_an_empty_heading_of_a_form_is_found(device: Examined):
    form = consent_of(device)
    empty = Section(id="more-pages", blocks=(Heading(id="more", level=1, inlines=(Text("Diet"),)),))
    added = replace(form, document=replace(form.document, sections=(*form.document.sections, empty)))
    assert [one.rule for one in found_in(device, added)] == ["WRD-012"]


def test_facts_come_from_recorded_answers(device: Examined):
    assert device.loaded.protocol is not None
    facts = facts_of(consent_of(device), device.loaded.protocol)
    assert facts.unproven and facts.whole and not facts.randomised
    assert any("Postura" in name for name in facts.products)


def test_every_paragraph_of_a_form_is_read_at_its_own_place(device: Examined):
    document: Document = consent_of(device).document
    read = prose_of_form(document)
    passages = {passage.id: passage for section in read.prose.sections for passage in section.passages}
    assert sum(isinstance(block, Paragraph) for block in walk_blocks(document)) >= len(passages) > 100
    for name, origins in read.origins.items():
        assert all(end <= len(passages[name].text) for _, end in (one.span for one in origins) if name in passages)
