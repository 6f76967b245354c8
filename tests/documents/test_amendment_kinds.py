"""The documents of an amendment: what each prints, what stays open, and what is never made up."""

import re
from dataclasses import replace
from typing import Any

import pytest

from regdocs.content.model import Document, IdentitySlot
from regdocs.content.query import own_runs, plain_text, values, walk_blocks, walk_inlines
from regdocs.documents.amended import AmendmentFacts, AtSite, Cover, Impact, Reasons, Scope
from regdocs.documents.amendment_kinds import AMENDMENT_KINDS, amendment_kind_named
from regdocs.documents.compose import compose_amendment
from regdocs.documents.draft import draft_of
from regdocs.documents.kinds import KINDS
from regdocs.errors import RegdocsError
from regdocs.spec.protocol import Protocol
from tests.documents.amendments import EARLIER, FACTS, NORTH, ROW, SOUTH, TOLD, demonstration, document_of, facts
from tests.documents.companions import has, signatures, study, templates, words
from tests.documents.composing import assert_ids_and_paths, template_words

NAMES = [kind.name for kind in AMENDMENT_KINDS]
FACING = [kind.name for kind in AMENDMENT_KINDS if kind.participant_facing]
_WAIVED = """\
waivers:
  - id: waived
    body: ethics-committee
    kind: {kind}
    citation: 45 CFR 46.116(f); 45 CFR 46.117(c)(1)(ii)
    reference: Decision EX-1/W (fictional)
    decided: 2026-01-10
    reason: The only risk is that of the signature itself.
oversight:
  - id: ethics-committee
"""
HERE = facts(sites=(AtSite("example-hospital", "1.0", "2026-01-05", None, tuple(FACING)),))


@pytest.fixture(scope="module")
def protocol() -> Protocol:
    return demonstration()


def every_word(document: Document) -> str:
    return " ".join(" ".join(plain_text(run) for run in own_runs(block)) for block in walk_blocks(document))


def open_words(document: Document) -> list[str]:
    return [value.text for value in values(document) if value.state != "known"]


def waived(kind: str) -> Protocol:
    return study(("oversight:\n  - id: ethics-committee\n", _WAIVED.format(kind=kind)))


# ----------------------------------------------------------------------------------------------------------------- all


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "changes", [{}, {"history": EARLIER}, {"rows": (), "advice": (), "documents": (), "bases": ()}]
)
def test_ids_stand_once_and_every_value_says_where_it_comes_from(
    name: str, changes: dict[str, Any], protocol: Protocol
) -> None:
    assert_ids_and_paths(document_of(name, protocol, facts(**changes)))


@pytest.mark.parametrize("name", NAMES)
def test_a_demonstration_says_so_on_every_page(name: str, protocol: Protocol) -> None:
    document = document_of(name, protocol)
    assert document.furniture is not None
    assert any("NOT A REAL STUDY" in plain_text(mark) for mark in document.furniture.marks)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_carries_its_own_version_and_date(name: str, protocol: Protocol) -> None:
    fields = {one.field for one in walk_inlines(document_of(name, protocol)) if isinstance(one, IdentitySlot)}
    assert {"version", "date"} <= fields


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_study_is_typed_into_a_template(name: str) -> None:
    text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", template_words(name), flags=re.DOTALL)
    assert re.findall(r"\d+", text) == []


@pytest.mark.parametrize("name", NAMES)
def test_an_amendment_of_which_nothing_is_said_yet_is_a_draft(name: str, protocol: Protocol) -> None:
    unsaid = AmendmentFacts(
        1, None, None, Scope(None), Reasons(None), None, FACTS.enrolment, Impact(None), Impact(None), rows=()
    )
    notice = draft_of(document_of(name, protocol, unsaid), protocol).notice
    assert "confirmed in protocol.yaml or amendment.yaml." in str(notice)


@pytest.mark.parametrize("name", NAMES)
def test_what_is_told_of_the_amendment_is_read_beside_the_protocol(name: str, protocol: Protocol) -> None:
    kind = amendment_kind_named(name)
    assert kind is not None
    site = protocol.sites[0] if kind.per_site else None
    reads = compose_amendment(kind, protocol, FACTS, site, "en", templates()).reads
    assert any(path.startswith("/amendment/") for path in reads)
    assert "/identity/protocol_number" in reads


def test_kinds_of_an_amendment_are_not_those_of_every_build() -> None:
    assert not {kind.name for kind in KINDS} & set(NAMES)
    assert len(set(NAMES)) == len(NAMES)


def test_a_kind_that_is_made_per_site_asks_for_one(protocol: Protocol) -> None:
    for kind in AMENDMENT_KINDS:
        if kind.per_site:
            with pytest.raises(RegdocsError, match="made for one site"):
                compose_amendment(kind, protocol, FACTS, None, "en", templates())


# --------------------------------------------------------------------------------------------------- summary of changes


def summary(protocol: Protocol, **changes: Any) -> Document:
    return document_of("summary-of-changes", protocol, facts(**changes))


def detail(document: Document, name: str) -> str:
    return words(document, f"summary-of-changes.details.{name}")


def test_the_details_answer_what_m11_asks(protocol: Protocol) -> None:
    document = summary(protocol)
    assert detail(document, "enrolled").endswith("14 (globally), counted on 10 June 2026")
    assert detail(document, "primary").endswith("New Safety Information Available")
    assert detail(document, "safety").endswith("? Yes. People at risk of fainting are no longer enrolled.")
    assert detail(document, "data").endswith("? No")
    assert not has(document, "summary-of-changes.details.other")


def test_the_scope_names_its_sites(protocol: Protocol) -> None:
    document = summary(protocol, scope=Scope("site", ("Example Hospital North", "another one")))
    assert detail(document, "scope").endswith("Site: Example Hospital North, another one")


def test_another_reason_and_a_yes_without_an_explanation_are_open(protocol: Protocol) -> None:
    document = summary(protocol, reasons=Reasons("Other"), data_reliability=Impact(True))
    assert detail(document, "other").endswith('[TO BE COMPLETED: what the reason "Other" is]')
    assert detail(document, "data").endswith("Yes. [TO BE COMPLETED: brief explanation]")


def test_a_change_stands_with_all_that_boards_ask(protocol: Protocol) -> None:
    document = summary(protocol)
    said = words(document, "summary-of-changes.change.fainting")
    assert said.startswith("1. Fainting of unknown cause excludes Two participants fainted;")
    assert "5.3 Exclusion Criteria" in said and "Consent form, north, pages 2, 7–9" in said
    assert "EU CTR: substantial, part I" in said and said.endswith("Yes")
    assert words(document, "summary-of-changes.change.fainting._1._1") == (
        "Old Fainting in the last month. New Fainting of unknown cause in the last 12 months."
    )


def test_what_was_added_or_removed_says_that_nothing_stands_beside_it(protocol: Protocol) -> None:
    gone = replace(ROW.wordings[0], new=None)
    document = summary(protocol, rows=(replace(ROW, wordings=(gone, ROW.wordings[1])),))
    assert words(document, "summary-of-changes.change.fainting._1._1").endswith("New Nothing stands here any more.")
    assert words(document, "summary-of-changes.change.fainting._2._1") == "Old Nothing stood here. New You may faint."


def test_why_consent_is_not_affected_is_said_or_open(protocol: Protocol) -> None:
    assert words(summary(protocol), "summary-of-changes.change.visit").endswith(
        "No People who are in follow-up only do not have this visit."
    )
    for affects, ends in (
        (False, "No [TO BE COMPLETED: why not]"),
        (None, "[TO BE COMPLETED: yes or no, and if not why]"),
    ):
        document = summary(protocol, rows=(replace(ROW, affects_consent=affects),))
        assert words(document, "summary-of-changes.change.fainting").endswith(ends)


def test_each_reason_for_a_class_stands_once_with_its_changes(protocol: Protocol) -> None:
    document = summary(protocol, rows=tuple(replace(ROW, id=f"c{n}") for n in range(1, 5)))
    assert words(document, "summary-of-changes.classes.1") == (
        "EU CTR substantial, part I 1–4 Eligibility may affect the safety of participants. Art. 2(2)(13) No"
    )
    assert not has(document, "summary-of-changes.classes.4")


def test_a_todo_of_the_old_text_is_no_open_item_but_one_of_the_declaration_is(protocol: Protocol) -> None:
    once = replace(ROW.wordings[0], old="TODO: which months")
    row = replace(ROW, wordings=(once,), rationale="TODO: ask the safety board")
    assert open_words(summary(protocol, rows=(row,))) == ["[TO BE COMPLETED: ask the safety board]"]


def test_the_first_amendment_has_no_history_and_later_ones_list_it_latest_first(protocol: Protocol) -> None:
    assert words(summary(protocol), "summary-of-changes.history.none") == "This is the first protocol amendment."
    text = every_word(summary(protocol, number=3, history=EARLIER))
    assert "This is the first" not in text
    assert text.index("a sentence on the pharmacy") < text.index("A second site (fictional).")


def test_vietnamese_and_emoji_stand_as_they_were_written(protocol: Protocol) -> None:
    written = "Ngất xỉu không rõ nguyên nhân 👩🏽‍⚕️ <b>&amp;</b>"
    document = summary(protocol, rows=(replace(ROW, description=written, rationale=written),))
    assert words(document, "summary-of-changes.change.fainting").count(written) == 2


def test_words_of_a_block_without_an_element_path_belong_to_the_change(protocol: Protocol) -> None:
    block = replace(ROW.wordings[0], path="consent#consent.risks.intro")
    found = [value.paths for value in values(summary(protocol, rows=(replace(ROW, wordings=(block,)),)))]
    assert ("/amendment/changes/fainting/covers",) in found


def test_long_words_are_cut_into_rows_and_stay_whole(protocol: Protocol) -> None:
    long = "Fainting of unknown cause excludes. " * 150
    wording = replace(ROW.wordings[0], old=None, new=long)
    row = replace(ROW, rationale=long, wordings=(wording,), documents=ROW.documents * 9)
    document = summary(protocol, rows=(row,))
    name = "summary-of-changes.change.fainting"
    pieces = [words(document, f"{name}._1._{n}").removeprefix("Old, continued – New, continued ") for n in range(2, 5)]
    assert len(" ".join(pieces).split()) > 300 and not has(document, f"{name}._1._5")
    assert words(document, f"{name}._said._1").startswith("Rationale, continued Fainting of")
    assert words(document, f"{name}._more.3").count("page") > 0
    assert all(len(value.text) <= 1400 for value in values(document))
    assert every_word(document).count("Fainting of unknown cause excludes.") == 300


def test_thousands_of_changes_are_composed(protocol: Protocol) -> None:
    document = summary(protocol, rows=tuple(replace(ROW, id=f"c{n}") for n in range(3000)))
    assert words(document, "summary-of-changes.change.c2999").startswith("3000. Fainting")


# --------------------------------------------------------------------------------------------------------- participants


@pytest.mark.parametrize("name", FACING)
def test_participants_are_told_in_the_words_that_people_wrote_and_no_others(name: str, protocol: Protocol) -> None:
    document = document_of(name, protocol)
    said = words(document, f"{name}.new.text")
    assert said == " ".join(TOLD.split())
    assert FACTS.summary is not None and FACTS.summary not in every_word(document)


@pytest.mark.parametrize("name", FACING)
@pytest.mark.parametrize(("told", "open_item"), [(None, "what participants are told"), ("TODO: ask Dr E", "ask Dr E")])
def test_words_for_participants_that_nobody_wrote_are_open(
    name: str, told: str | None, open_item: str, protocol: Protocol
) -> None:
    assert f"[TO BE COMPLETED: {open_item}" in words(document_of(name, protocol, facts(told=told)), f"{name}.new.text")


@pytest.mark.parametrize("name", FACING)
def test_participants_read_whom_to_ask_at_their_own_site(name: str, protocol: Protocol) -> None:
    north, south = (every_word(document_of(name, protocol, FACTS, site)) for site in (0, 1))
    assert "north.study@example.org" in north and "north.study@example.org" not in south
    assert "+84 000 000 0101" in south


def test_papers_stand_where_the_site_gets_them(protocol: Protocol) -> None:
    stands = {
        (kind.name, site.id)
        for kind in AMENDMENT_KINDS
        for site in protocol.sites
        if kind.participant_facing and kind.applies(protocol, FACTS, site)
    }
    assert stands == {("consent-addendum", NORTH), ("participant-letter", NORTH), ("participant-letter", SOUTH)}
    none = facts(sites=(), advice=())
    assert not any(
        kind.of(none).applies(protocol, protocol.sites[0]) for kind in AMENDMENT_KINDS if kind.name in FACING
    )


def test_the_addendum_names_the_form_that_it_adds_to(protocol: Protocol) -> None:
    document = document_of("consent-addendum", protocol)
    assert words(document, "consent-addendum.facts.adds-to").endswith("Version 1.0, date 5 January 2026")
    unsaid = document_of("consent-addendum", protocol, facts(sites=()))
    assert "[TO BE COMPLETED: version of the consent form]" in words(unsaid, "consent-addendum.facts.adds-to")


def test_the_addendum_is_signed_as_the_consent_form_is(protocol: Protocol) -> None:
    signed = list(signatures(document_of("consent-addendum", protocol)))
    assert signed[0] == "consent-addendum.signatures.participant"
    assert "consent-addendum.signatures.discussion" in signed


def test_under_a_waiver_of_documentation_the_addendum_speaks_of_no_signature() -> None:
    document = document_of("consent-addendum", waived("waiver-of-documentation"), HERE)
    assert "consent-addendum.signatures.participant" not in signatures(document)
    text = every_word(document)
    assert "You are not asked to sign." in text and "By going on, I say:" in text
    assert "By signing" not in text and "signed and dated" not in text


def test_where_consent_itself_was_waived_there_is_no_addendum() -> None:
    kind = amendment_kind_named("consent-addendum")
    assert kind is not None
    study_waived, as_usual = waived("waiver-of-consent"), waived("waiver-of-documentation")
    assert kind.applies(as_usual, HERE, as_usual.sites[0])
    assert not kind.applies(study_waived, HERE, study_waived.sites[0])


def test_nobody_signs_the_letter(protocol: Protocol) -> None:
    assert not signatures(document_of("participant-letter", protocol))


# ------------------------------------------------------------------------------------------- investigators and bodies


def notice(protocol: Protocol, site: int = 0, **changes: Any) -> Document:
    return document_of("investigator-notice", protocol, facts(**changes), site)


def test_the_notice_says_from_when_and_what_to_destroy(protocol: Protocol) -> None:
    document = notice(protocol)
    assert words(document, "investigator-notice.use.from") == "Use the new documents from: 1 July 2026"
    assert words(document, "investigator-notice.destroy.consent.north.en").endswith("blank copies of version 1.0")
    assert words(document, "investigator-notice.papers.unchanged.crf").endswith("1.0 5 January 2026 Go on using it")
    assert not has(document, "investigator-notice.papers.new.consent.south.en")


def test_a_document_that_is_gone_is_destroyed_and_not_used_on(protocol: Protocol) -> None:
    row = words(notice(protocol), "investigator-notice.destroy.assent.north.en")
    assert row == "Assent form, English: blank copies of version 1.0; it is no longer used"
    assert not has(notice(protocol), "investigator-notice.papers.unchanged.assent.north.en")
    told = words(cover(protocol), "cover-text.papers.gone.assent.north.en")
    assert told == "Assent form, English Example Hospital North (fictional) 1.0 5 January 2026"


def test_the_day_of_use_is_never_worked_out(protocol: Protocol) -> None:
    assert words(notice(protocol, 1), "investigator-notice.use.from") == "Use the new documents from:"
    assert "has decided, and not before" in words(notice(protocol, 1), "investigator-notice.use.when")


def test_what_a_body_determined_stands_beside_what_was_proposed_at_its_sites_only(protocol: Protocol) -> None:
    row = "investigator-notice.groups.on-product"
    assert words(notice(protocol), row).endswith(
        "Board North (fictional): letter is enough (EX-9 (fictional), 20 June 2026)"
    )
    assert words(notice(protocol, 1), row).endswith("Nothing yet")


def test_without_advice_or_new_documents_the_notice_says_so(protocol: Protocol) -> None:
    document = notice(protocol, advice=(), documents=())
    assert has(document, "investigator-notice.tell.none")
    assert has(document, "investigator-notice.destroy.none")
    assert not has(document, "investigator-notice.groups")


def cover(protocol: Protocol, **changes: Any) -> Document:
    return document_of("cover-text", protocol, facts(**changes))


def test_the_text_to_a_body_names_the_base_of_each_redline_and_its_decision(protocol: Protocol) -> None:
    document = cover(protocol)
    assert words(document, "cover-text.bases.1").endswith(
        "Hospital North (fictional) 1.0 EX-1 (fictional) 10 January 2026"
    )
    assert not has(document, "cover-text.bases.2")
    assert "clean DOCX tracked DOCX redline PDF" in words(document, "cover-text.papers.new.consent.north.en")
    assert not has(document, "cover-text.papers.new.consent.south.en")


def test_a_base_that_is_not_what_was_approved_last_says_why(protocol: Protocol) -> None:
    document = cover(protocol, cover=Cover(body="board-south"))
    assert words(document, "cover-text.bases.1").endswith(
        "1.1 Why this version: It was submitted last. 1 February 2026"
    )


def test_whom_it_goes_to_stays_open_and_who_sends_it_when_is_a_line_to_write_on(protocol: Protocol) -> None:
    document = cover(protocol, cover=Cover())
    for name in ("to", "approval"):
        assert "[TO BE COMPLETED: " in words(document, f"cover-text.facts.{name}"), name
    assert [words(document, f"cover-text.facts.{name}") for name in ("from", "date")] == ["From", "Date"]


def test_the_body_decides_on_the_class(protocol: Protocol) -> None:
    document = cover(protocol)
    assert "you decide" in words(document, "cover-text.classes.how")
    assert words(document, "cover-text.classes.1") == "EU CTR: substantial, part I"


def test_a_body_reads_nothing_of_what_another_determined(protocol: Protocol) -> None:
    other = cover(protocol, cover=Cover(body="board-south"))
    assert "letter is enough" in every_word(cover(protocol)) and "letter is enough" not in every_word(other)
