"""The consent form, on the real record and on small changes of it."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

from regdocs.content.identity import Identity
from regdocs.content.model import (
    Box,
    Document,
    Heading,
    IdentitySlot,
    PageBreak,
    Paragraph,
    Signature,
    Table,
    Tags,
    Text,
)
from regdocs.content.query import (
    blocks_within,
    furniture_runs,
    headings,
    own_runs,
    plain_text,
    values,
    walk_blocks,
    walk_inlines,
    walk_tagged,
)
from regdocs.documents.compose import Composed, compose
from regdocs.documents.consent import consent_view
from regdocs.documents.draft import open_items
from regdocs.documents.kind import Kind
from regdocs.documents.template import Template
from regdocs.render.fonts import find_fonts, fonts_conf, use_fonts_conf
from regdocs.render.pdf import render_pdf
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.documents.companions import clauses
from tests.documents.composing import changed as changed_text

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "templates"
KIND = Kind("consent", "Participant Information and Consent Form", ("pdf",), True, consent_view)


def changed(*changes: tuple[str, str]) -> Protocol:
    """Return the real record with each first text replaced by the second; each must stand there."""
    loaded = load(changed_text(*changes).encode())
    assert loaded.protocol is not None, loaded.findings
    return loaded.protocol


def composed(protocol: Protocol) -> Composed:
    templates = {
        path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(TEMPLATES.rglob("*.xml"))
    }
    return compose(KIND, protocol, protocol.sites[0], "en", templates)


def form(*changes: tuple[str, str]) -> Document:
    return composed(changed(*changes)).document


@pytest.fixture(scope="module")
def real() -> Document:
    return form()


def tagged(document: Document, name: str) -> Tags | None:
    return next((one for one in walk_tagged(document) if one.id == name), None)


def words(document: Document, name: str) -> str:
    """Return the words of the block, row or item with that id."""
    found = tagged(document, name)
    assert found is not None, name
    blocks = (
        getattr(found, "blocks", None) or [b for cell in getattr(found, "cells", ()) for b in cell.blocks] or [found]
    )
    runs = (run for block in blocks_within(tuple(blocks)) for run in own_runs(block))
    return " ".join(" ".join(plain_text(run) for run in runs).split())


def signatures(document: Document) -> list[str]:
    return [block.id.rpartition(".")[2] for block in walk_blocks(document) if isinstance(block, Signature)]


# ------------------------------------------------------------------------------------------------------- its order


def test_sections_are_numbered_one_to_twenty_two(real: Document) -> None:
    numbers = [heading.number for heading in headings(real) if heading.level == 1]
    assert numbers == [str(number) for number in range(1, 23)]


def test_title_block_names_the_study_and_leaves_the_number_of_the_participant_blank(real: Document) -> None:
    for row in ("full-title", "protocol", "registry.nct", "sponsor", "funder", "site", "investigator", "telephone"):
        assert tagged(real, f"consent.facts.{row}") is not None, row
    assert "never a name" in words(real, "consent.facts.participant")


def test_protocol_version_stands_on_the_first_page_only(real: Document) -> None:
    fields = [inline.field for inline in walk_inlines(real) if isinstance(inline, IdentitySlot)]
    assert fields.count("protocol-version") == 1
    on_every_page = [i.field for run in furniture_runs(real.furniture) for i in run if isinstance(i, IdentitySlot)]
    assert on_every_page == ["version", "date"]


def test_every_page_names_title_sponsor_site_version_and_language(real: Document) -> None:
    runs = " ".join(plain_text(run) for run in furniture_runs(real.furniture))
    for expected in ("Type 1 Diabetes", "Sponsor: Van Hanh", "Site: ", "Consent form version", "English", "Page"):
        assert expected in runs
    assert real.furniture.stamp_area


# -------------------------------------------------------------------------------------------------- key information


def test_key_information_comes_first_and_begins_with_research_and_free_choice(real: Document) -> None:
    box = tagged(real, "consent.key.box")
    assert isinstance(box, Box)
    assert box.blocks[0].clauses[:1] == ("K1",)
    topics = [clause for block in box.blocks for clause in block.clauses if re.fullmatch(r"K\d", clause)]
    assert list(dict.fromkeys(topics)) == ["K1", "K2", "K3", "K4", "K5"]


def test_key_information_has_a_page_of_its_own(real: Document) -> None:
    names = [type(block) for block in real.sections[0].blocks]
    key = next(n for n, block in enumerate(real.sections[0].blocks) if block.id == "consent.key")
    assert names[key - 1 : key + 3] == [PageBreak, Heading, Box, PageBreak]


@pytest.mark.slow
def test_key_information_fits_on_one_page_of_the_pdf(real: Document, tmp_path: Path) -> None:
    fonts = find_fonts()
    (tmp_path / "fonts.conf").write_text(fonts_conf(fonts.folders, tmp_path / "cache"), encoding="utf-8")
    use_fonts_conf(tmp_path / "fonts.conf")
    (tmp_path / "form.pdf").write_bytes(render_pdf(real, Identity(version="1.0"), fonts=fonts))
    text = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "form.pdf", "-"], capture_output=True, text=True, check=True
    )
    pages = text.stdout.split("\f")
    assert "Participant Information and Consent Form" in pages[0]
    assert "Key information" in pages[1] and "Other choices." in pages[1]
    assert "Why you are asked" in pages[2]


# ------------------------------------------------------------------------------------------ what happens, how much


def test_every_invasive_procedure_has_a_heading_and_a_paragraph_of_its_own(real: Document) -> None:
    invasive = [procedure.id for procedure in changed().procedures if procedure.invasive]
    assert "bone-marrow-collection" in invasive
    for procedure in invasive:
        assert isinstance(tagged(real, f"consent.procedures.{procedure}"), Heading)
        assert isinstance(tagged(real, f"consent.procedures.{procedure}.text"), Paragraph)


def test_visit_table_has_every_visit_in_the_order_of_the_protocol(real: Document) -> None:
    table = tagged(real, "consent.visits-table")
    assert isinstance(table, Table)
    assert [row.id.rpartition(".")[2] for row in table.rows] == [one.id for one in changed().encounters]


def test_volumes_stand_in_millilitres_and_spoons_and_add_up() -> None:
    document = form(
        (
            'blood_volume_ml: "TODO: how many mL of blood are taken each time; ask the laboratory"',
            "blood_volume_ml: 10",
        ),
        ('"TODO: how many mL of bone marrow are taken; ask the investigator and the cell laboratory"', "60"),
    )
    five_draws = "consent.procedures.blood-draw-glycaemia"
    assert "10 mL (about 2 teaspoons)" in words(document, f"{five_draws}.blood")
    assert "50 mL (about 3½ tablespoons)" in words(document, f"{five_draws}.blood-total")
    assert "60 mL (about 4 tablespoons)" in words(document, "consent.totals.marrow")
    assert "[TO BE COMPLETED" in words(document, "consent.totals.blood")  # other volumes are still open


def test_the_number_of_visits_is_as_assumed_as_the_visits(real: Document) -> None:
    for place in ("consent.duration.total", "consent.key.duration"):
        assert "The number of planned visits is [ASSUMED, not in the record: 6]" in words(real, place)


def test_no_step_is_counted_that_the_record_does_not_count(real: Document) -> None:
    steps = "consent.procedures"
    assert "[TO BE COMPLETED: how many infusions" in words(real, f"{steps}.cell-infusion.times")
    assert "[ASSUMED, not in the record: 1]" in words(real, f"{steps}.bone-marrow-collection.times")


def test_a_step_that_says_how_often_it_is_done_is_counted_so() -> None:
    document = form(('times: "TODO: how many infusions each participant receives; ask the investigator"', "times: 3"))
    assert words(document, "consent.procedures.cell-infusion.times") == "How many times: 3"


def test_a_visit_with_blood_tests_if_needed_does_not_say_that_no_blood_is_taken(real: Document) -> None:
    assert words(real, "consent.visits.unscheduled").endswith("Only if a blood test is needed")
    assert words(real, "consent.visits.marrow-collection").endswith("None")


def test_what_is_done_only_if_needed_stands_one_by_one(real: Document) -> None:
    activities = [one.id for one in walk_tagged(real) if one.id.startswith("consent.visits.unscheduled.if-needed.")]
    assert len([name for name in activities if not name.endswith(".text")]) > 1
    assert words(real, "consent.visits.unscheduled.if-needed") == "Only if needed:"


def test_the_study_is_not_said_to_look_first_at_what_the_record_leaves_open(real: Document) -> None:
    assert "looks first at" not in words(real, "consent.why.phase.plain")


def test_each_assumed_activity_is_marked_by_itself_in_the_order_of_the_schedule(real: Document) -> None:
    assert "[ASSUMED, not in the record: Bone marrow is taken from your body]" in words(
        real, "consent.visits.marrow-collection"
    )
    infusion = words(real, "consent.visits.infusion")
    assert infusion.index("Two people check") < infusion.index("The cells are given") < infusion.index("We watch")


# ------------------------------------------------------------------------------------------------------------ risks


def test_every_recorded_risk_stands_once(real: Document) -> None:
    ids = [one.id for one in walk_tagged(real)]
    for risk in changed().consent.risks:
        assert ids.count(f"consent.risks.{risk.id}") == 1


def test_product_without_a_recorded_risk_is_an_open_item() -> None:
    protocol = changed(("    - id: prp\n      of: prp\n", "    - id: prp\n      of: uc-msc\n"))
    document = composed(protocol).document
    assert words(document, "consent.risks-lacking.prp").startswith("[TO BE COMPLETED: risks of platelet-rich plasma")
    assert any("risks of platelet-rich plasma" in item.what for item in open_items(document, protocol))


def test_frequency_words_are_those_that_the_form_defines() -> None:
    before = 'frequency: "TODO: how often; ask the sponsor"'
    document = form((before, "frequency: very-rare"))
    assert "very rare" in words(document, "consent.risks.bm-msc")
    assert words(document, "consent.risk-bands.very-rare") == "very rare fewer than 1 in 10,000"


def test_missing_contact_is_an_open_item() -> None:
    document = form(("    purpose: participant-rights\n", "    purpose: research-questions\n"))
    assert "[TO BE COMPLETED: whom a participant calls about the rights" in words(
        document, "consent.contacts.lacking-participant-rights"
    )


# -------------------------------------------------------------------------------------------------------------- law


def test_texts_of_united_states_law_stand_only_when_recorded_answers_call_for_them(
    real: Document, conformance: Path
) -> None:
    assert not {"FDA-c", "FDA-a5x"} & clauses(real)
    called_for = form(
        ("  fda_regulated_drug:\n    value: false", "  fda_regulated_drug:\n    value: true"),
        ("  applicable_clinical_trial:\n    value: false", "  applicable_clinical_trial:\n    value: true"),
    )
    elements = yaml.safe_load((conformance / "consent" / "consent-elements.yaml").read_text(encoding="utf-8"))
    assert words(called_for, "consent.registration-law") == elements["fda_50_25_c_verbatim"]
    assert "may inspect the records" in words(called_for, "consent.privacy.fda")


def test_a_study_under_an_ind_or_ide_says_that_the_fda_may_inspect() -> None:
    document = form(("  ind_or_ide:\n    value: false", "  ind_or_ide:\n    value: true"))
    assert "may inspect the records" in words(document, "consent.privacy.fda")
    assert "FDA-c" not in clauses(document)


def test_conditions_are_among_what_was_read() -> None:
    reads = composed(changed()).reads
    assert {"/design/phase", "/regulation/fda_regulated_drug", "/consent/signatures/representative/line"} <= {*reads}


def test_every_element_that_a_text_can_meet_is_tagged(real: Document, conformance: Path) -> None:
    elements = yaml.safe_load((conformance / "consent" / "consent-elements.yaml").read_text(encoding="utf-8"))[
        "elements"
    ]
    known = {element["id"] for element in elements}
    wanted = {one["id"] for one in elements if one["pack"] in ("US-CR", "US-KI", "ICH-E6R3", "VN-MOH")}
    for_a_person = {"CR-a3", "CR-a5ii", "CR-h", "E6-assent"}
    no_witness_line_in_this_record = {"E6-sig3"}
    assert clauses(real) <= known
    assert wanted - clauses(real) == for_a_person | no_witness_line_in_this_record


# ------------------------------------------------------------------------------------------------------- signatures


def test_signature_lines_follow_the_recorded_rules(real: Document) -> None:
    assert signatures(real) == ["participant", "interpreter", "discussion"]
    assert "only when an interpreter took part" in words(real, "consent.signatures.interpreter")


def test_an_assumed_absence_of_a_line_is_said(real: Document) -> None:
    assert words(real, "consent.signatures.witness-rule").endswith("[ASSUMED, not in the record: no line]")


def test_representative_signs_with_relationship_and_authority_when_the_rule_says_so() -> None:
    document = form(
        ("      who: representative\n      line: never", "      who: representative\n      line: when-it-applies")
    )
    assert signatures(document) == ["participant", "representative", "interpreter", "discussion"]
    block = tagged(document, "consent.signatures.representative")
    assert isinstance(block, Signature)
    labels = [label for label, _ in block.lines]
    assert labels[2].startswith("Relationship") and labels[3].startswith("Authority")


def test_signatory_without_a_rule_keeps_a_line_and_is_an_open_item() -> None:
    before = "    - id: representative\n      who: representative\n"
    document = form((before, "    - id: representative\n      who: interpreter\n"))
    assert "representative" in signatures(document)
    assert "[TO BE COMPLETED: whether a line" in words(document, "consent.signatures.representative")


def test_copy_given_has_a_box_to_tick(real: Document) -> None:
    assert "copy of this form was given" in words(real, "consent.copy-given")


# ----------------------------------------------------------------------------------------------------------- design


def test_phase_is_explained_in_plain_words_and_left_out_where_there_is_none() -> None:
    assert "It joins two phases" in words(form(), "consent.why.phase.plain")
    assert tagged(form(('phase: "1/2"', "phase: not-applicable")), "consent.why.phase") is None
    still_open = form(('phase: "1/2"', 'phase: "TODO: which phase"'))
    assert "[TO BE COMPLETED: which phase]" in words(still_open, "consent.why.phase")
    assert tagged(still_open, "consent.why.phase.plain") is None


def test_chance_and_secrecy_are_told_where_the_design_has_them(real: Document) -> None:
    assert tagged(real, "consent.why.chance") is None
    blinded = form(
        ("  allocation: not-applicable\n", "  allocation: randomized\n"),
        ("    level: open-label\n", "    level: double\n    roles: [participant, outcomes-assessor]\n"),
    )
    assert "Chance decides" in words(blinded, "consent.why.chance")
    assert words(blinded, "consent.why.unaware") == "you the people who judge the results"


def test_study_without_products_names_its_interventions() -> None:
    protocol = changed()
    text = protocol.model_copy(update={"products": ()})
    assert words(composed(text).document, "consent.why.products") == "MSC and PRP"


def test_no_optional_choice_is_said() -> None:
    document = composed(_without_choices()).document
    assert words(document, "consent.options-lead") == "This form asks for no optional choice."


def _without_choices() -> Protocol:
    protocol = changed()
    consent = protocol.consent.model_copy(update={"optional_choices": ()})
    return protocol.model_copy(update={"consent": consent})


# ------------------------------------------------------------------------------------------------- words of its own


def test_template_has_no_number_of_the_study() -> None:
    """Numbers of sections, widths, spoons and the bands of frequency are no facts of the study."""
    allowed = ("consent.risk-bands", "consent.visits-spoons")
    for path in sorted((TEMPLATES / "consent").glob("*.xml")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = re.sub(r"<[^>]*>|\{[{%#].*?[}%#]\}|[Ss]ection \d+|\{#.*|^ +people wrote.*", "", line)
            assert not re.search(r"\d", text) or any(name in line for name in allowed), (path.name, line)


def test_own_words_promise_nothing_and_take_no_right_away(real: Document) -> None:
    own = " ".join(inline.text for inline in walk_inlines(real) if isinstance(inline, Text)).lower()
    for word in ("therapy", "treatment", "waive", "hold harmless", "release", "you will benefit", "safe and effective"):
        assert word not in own, word
    assert "you may not benefit" in own
    assert "you do not give up any legal right by signing this form" in own


def test_own_sentences_are_short_and_plain() -> None:
    """Words a sentence and syllables a word, by the formula of Flesch and Kincaid, give a school grade of 8 or less."""
    blocks = [block for block in walk_blocks(form()) if isinstance(block, Paragraph) and block.role in ("body", "lead")]
    prose = [
        " ".join(i.text for i in block.inlines if isinstance(i, Text)) for block in blocks if len(block.inlines) == 1
    ]
    text = " ".join(prose)
    sentences = len(re.findall(r"[.!?](?:\s|$)", text))
    found = re.findall(r"[A-Za-z’']+", text)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in found)
    assert 0.39 * len(found) / sentences + 11.8 * syllables / len(found) - 15.59 <= 8


def test_every_printed_value_names_its_place(real: Document) -> None:
    printed = values(real)
    assert len(printed) > 200
    assert all(path.startswith("/") for value in printed for path in value.paths)
