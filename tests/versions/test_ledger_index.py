"""What a site's file is expected to hold, what is filed, what is missing; what is approved until when; who signed."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from regdocs.canonical import canonical_json
from regdocs.content.json_form import to_json
from regdocs.versions import tmf
from regdocs.versions.acting import signature
from regdocs.versions.external_files import External
from regdocs.versions.ledger_approved import Approved, approved
from regdocs.versions.ledger_index import Expected, index_of
from regdocs.versions.ledger_signers import signers_of
from regdocs.versions.ledger_words import WIDTH, approved_lines, index_lines, signer_lines
from regdocs.versions.logbook import Logbook
from tests.render.sample import sample_document
from tests.versions import filings
from tests.versions.filings import AGENCY, NORTH, SOUTH, decided, filed_log, submitted, with_version
from tests.versions.logs import JANE, acting, begin_log, recorded
from tests.versions.test_ledger import activated, received

ALL = ("protocol/en/1.0", "consent/en/1.0")
POSTER = External("poster/en/1.0", "advertisement", "Poster", "2026-01-20", "a" * 64)


@pytest.fixture
def log(tmp_path: Path) -> Logbook:
    return filed_log(tmp_path / "study", "1.0")


def states(index: Iterable[Expected], language: str = "en", version: str = "1.0") -> dict[tuple[str | None, str], str]:
    """The standing of each thing expected, with why, by body and what it is."""
    mine = (one for one in index if (one.language, one.version) == (language, version))
    return {(one.body, one.what): " ".join((one.standing, one.why)).strip() for one in mine}


def all_approved(log: Logbook) -> Logbook:
    for body in (NORTH, AGENCY):
        log = decided(submitted(log, "1.0", body), body, documents=ALL)
    return log


def test_before_anything_is_filed_submissions_are_missing_and_the_rest_is_not_expected(log: Logbook):
    assert states(index_of(log, "north")) == {
        (NORTH, "submission"): "missing not submitted: protocol/en/1.0, consent/en/1.0",
        (NORTH, "decision"): "not expected nothing was submitted",
        (AGENCY, "submission"): "missing not submitted: protocol/en/1.0, consent/en/1.0",
        (AGENCY, "decision"): "not expected nothing was submitted",
        (None, "activation"): "not expected not approved by every body",
    }


def test_what_is_approved_is_expected_to_be_used_with_a_record_of_training(log: Logbook):
    log = all_approved(log)
    found = states(index_of(log, "north"))
    assert found[None, "activation"] == "missing approved, and not used there: protocol/en/1.0, consent/en/1.0"
    assert {found[NORTH, what] for what in ("submission", "decision", "letter")} == {"filed"}
    used = activated(log, "1.0", "north", "2026-03-01")
    told = states(index_of(used, "north"))
    assert told[None, "activation"] == "filed"
    assert told[None, "record of training"] == f"missing of the activation in entry {used.head.size - 1}"


def test_a_record_of_training_that_was_kept_is_filed(log: Logbook):
    found = states(index_of(activated(all_approved(log), "1.0", "north", "2026-03-01", b"Jane"), "north"))
    assert (found[None, "activation"], found[None, "record of training"]) == ("filed", "filed")


def test_what_was_passed_over_by_a_newer_version_is_not_expected_to_be_used(tmp_path: Path):
    log = all_approved(filed_log(tmp_path / "study"))
    assert states(index_of(log, "north"))[None, "activation"].startswith("missing")
    found = states(index_of(activated(log, "2.0", "north", "2026-03-01"), "north"))
    assert found[None, "activation"] == "not expected version 2.0 was used in its place"


def test_only_what_every_body_permits_is_expected_to_be_used(log: Logbook):
    log = decided(decided(submitted(log, "1.0", NORTH), NORTH, documents=ALL), AGENCY)
    why = states(index_of(log, "north"))[None, "activation"]
    assert why == "missing approved, and not used there: consent/en/1.0"


def test_a_document_that_one_entry_does_not_name_is_named(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH)
    found = {(one.body, one.what): one for one in index_of(log, "north")}
    assert found[NORTH, "decision"].why == "not decided: protocol/en/1.0"
    assert found[NORTH, "decision"].entries == (log.head.size - 1,)


def test_each_language_is_told_apart(log: Logbook):
    log = decided(submitted(log, "1.0", SOUTH), SOUTH, documents=ALL)
    index = index_of(log, "south")
    assert states(index)[SOUTH, "decision"] == "filed"
    assert states(index, "vi")[SOUTH, "decision"] == "missing not decided: consent/vi/1.0"


def test_a_letter_is_missing_until_a_decision_of_the_same_reference_brings_it(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH, letter=None, documents=ALL)
    assert states(index_of(log, "north"))[NORTH, "letter"] == f"missing of the decision in entry {log.head.size - 1}"
    later = decided(log, NORTH, documents=ALL)
    assert states(index_of(later, "north"))[NORTH, "letter"] == "filed"


def test_only_what_a_version_issued_anew_is_expected_of_it(tmp_path: Path):
    index = index_of(filed_log(tmp_path / "study"), "south")
    assert {one.language for one in index if one.version == "1.0"} == {"en", "vi"}
    assert {one.language for one in index if one.version == "2.0"} == {"en"}


def test_a_later_version_s_entries_do_not_stand_with_an_earlier_one(tmp_path: Path):
    log = submitted(submitted(filed_log(tmp_path / "study"), "1.0", SOUTH), "2.0", SOUTH)
    first = next(one for one in index_of(log, "south") if (one.body, one.language) == (SOUTH, "vi"))
    assert len(first.entries) == 1


def test_a_body_that_stamps_is_expected_to_send_copies_of_what_has_room_for_a_stamp(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    bodies = [{**one, "stamps": "at-modification"} if one["id"] == NORTH else one for one in filings.FORM["oversight"]]
    monkeypatch.setitem(filings.FORM, "oversight", bodies)
    form = canonical_json(to_json(sample_document()))
    begun = begin_log(tmp_path / "study")
    log = all_approved(
        with_version(begun, "1.0", trees={"consent/north/en.pdf": form, "protocol/en.pdf": without(form)})
    )
    assert without(form) != form
    assert states(index_of(log, "north"))[NORTH, "stamped copy"] == "missing not received: consent/en/1.0"
    assert (AGENCY, "stamped copy") not in states(index_of(log, "north"))
    log = received(decided(log, NORTH, documents=ALL))
    assert states(index_of(log, "north"))[NORTH, "stamped copy"] == "filed"


def without(form: bytes) -> bytes:
    """The same tree without room for a stamp."""
    return form.replace(b'"stamp_area":true', b'"stamp_area":false')


def test_documents_from_outside_are_listed_for_each_body_that_they_went_to(log: Logbook):
    log = submitted(log, "1.0", NORTH, external=(POSTER,))
    found = states(index_of(log, "north"), "poster/en/1.0", "from outside")
    assert found == {(NORTH, "submission"): "filed", (NORTH, "decision"): "missing not decided: poster/en/1.0"}
    assert states(index_of(log, "south"), "poster/en/1.0", "from outside") == {}


def test_numbers_of_the_model_depend_on_who_decides(log: Logbook):
    found = {(one.body, one.what): tmf.number_of(one.tmf) for one in index_of(log, "north")}
    assert found[NORTH, "submission"] == "04.01.01" and found[AGENCY, "submission"] == "03.01.01"
    assert found[None, "activation"] == "to be checked"


def test_index_lines_say_missing_in_capitals_and_count_it(log: Logbook):
    lines = list(index_lines(index_of(log, "north")))
    assert max(map(len, lines)) <= WIDTH and lines[0] == "  version 1.0, en" and lines[-1] == "  2 missing"
    assert sum("MISSING" in line for line in lines) == 2


# ------------------------------------------------------------------------------------------------------------ approved


def periods(log: Logbook, document: str = "consent/en/1.0", **asked: str) -> list[tuple[str, str | None, str | None]]:
    found: tuple[Approved, ...] = approved(log, **asked)
    return [(one.since, one.until, one.ended) for one in found if one.document == document]


def test_an_approval_holds_from_its_day_until_it_expires(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH, effective="2026-02-15", expires="2027-02-14")
    assert periods(log) == [("2026-02-15", "2027-02-14", "expires")]


def test_a_renewal_or_a_suspension_ends_the_approval_before(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH, expires="2027-02-14")
    log = decided(log, NORTH, decided="2026-05-01", received="2026-05-01")
    last = log.head.size
    log = decided(log, NORTH, "suspended", letter=None, decided="2026-06-01", received="2026-06-01")
    assert periods(log) == [
        ("2026-02-10", "2026-05-01", f"decided on anew (EXB-1, entry {last - 1})"),
        ("2026-05-01", "2026-06-01", f"suspended (EXB-1, entry {last})"),
    ]


def test_what_is_reported_or_conditional_is_no_approval(log: Logbook):
    log = decided(submitted(log, "1.0", NORTH), NORTH, letter=None)
    assert approved(decided(log, NORTH, "conditionally-approved")) == ()


def test_translations_and_advertisements_are_listed_with_their_kind(log: Logbook):
    log = submitted(submitted(log, "1.0", SOUTH), "1.0", NORTH, external=(POSTER,))
    log = decided(decided(log, SOUTH, documents=("consent/vi/1.0",)), NORTH, documents=("poster/en/1.0",))
    form, poster = approved(log)
    assert (form.document, form.language, form.outside, form.site) == ("consent/vi/1.0", "vi", False, "south")
    assert (poster.title, poster.type, poster.outside, tmf.number_of(poster.tmf)) == (
        "Poster",
        "advertisement",
        True,
        "02.02.06",
    )
    assert approved(log, site="south") == (form,) and approved(log, body=NORTH) == (poster,)
    lines = list(approved_lines(approved(log)))
    assert lines[2] == "poster/en/1.0  Poster, advertisement, not made here; TMF 02.02.06"


# ------------------------------------------------------------------------------------------------------------- signers


def test_who_wrote_reviewed_and_approved_a_version_is_told_with_the_entries(tmp_path: Path):
    log = filed_log(tmp_path / "study", "1.0")
    version = log.versions[0]
    for meaning, of in (("approval", version.n), ("authorship", version.n), ("review", version.issues[0].n)):
        actor = acting(log, JANE, "principal-investigator")
        log = recorded(log, signature(of, meaning, actor))
    found = signers_of(log, "1.0").signed
    assert [(one.meaning, one.name, one.documents) for one in found] == [
        ("authorship", "Jane", False),
        ("review", "Jane", True),
        ("approval", "Jane", False),
    ]
    assert [log.entry(one.entry)["of"] for one in found] == [one.of for one in found]
    lines = list(signer_lines(signers_of(log, "1.0")))
    assert lines[0].startswith("Version 1.0, the original protocol") and any(
        "reviewed it: Jane" in one for one in lines
    )


def test_that_nobody_reviewed_a_version_is_said(log: Logbook):
    assert "  reviewed it: nobody signed so" in list(signer_lines(signers_of(log, "1.0")))
