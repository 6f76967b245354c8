"""Which copy that came back is the form to use, and which forms are not to be handed out without one."""

from pathlib import Path
from typing import Any

import pytest

from regdocs.canonical import sha256_hex
from regdocs.content.model import Document, Furniture
from regdocs.versions.activations import Activated, activation
from regdocs.versions.copies_back import copy_at, receipt_flags
from regdocs.versions.facts import flagged
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import tree_bytes
from regdocs.versions.stamps import unstamped
from regdocs.versions.validity import FormState, documents_named, form_at, forms_at
from tests.versions.filings import FORM, LETTER, NORTH, decided, filed_log, with_version
from tests.versions.logs import JANE, begin_log, recorded

DOCUMENT = "consent/en/1.0"
STAMPED = tree_bytes(
    Document(
        kind="consent",
        language="en",
        title="A form",
        subject="A form",
        furniture=Furniture(stamp_area=True),
        sections=(),
    )
)


def came(
    logbook: Logbook, of: int, on: str, file: bytes = b"%PDF-1.7 stamped", *, kind: str = "pdf", **more: Any
) -> Logbook:
    """Record a copy that came back with the decision in entry `of`, without reading it."""
    entry: dict[str, Any] = {"do": "receive", "by": JANE, "of": of, "site": "north", "language": "en", "on": on}
    entry |= {"document": DOCUMENT, "file": {"object": sha256_hex(file), "bytes": len(file), "kind": kind}}
    entry |= {"against": sha256_hex(b"ours"), "compared": "words"} | more
    return recorded(logbook, entry, objects={sha256_hex(file): file})


def newest(logbook: Logbook) -> int:
    return logbook.head.size - 1


def state(logbook: Logbook, day: str, site: str = "north") -> FormState:
    document = next(one for one in documents_named(logbook, site, "consent", "en") if one.version == "1.0")
    return form_at(logbook, document, site, day)


def test_the_newest_copy_that_had_come_by_the_day_is_the_form(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    of = newest(log)
    log = came(came(log, of, "2026-02-20", b"%PDF- late"), of, "2026-02-15", b"%PDF- early")
    for day, expected in (("2026-02-14", None), ("2026-02-15", b"%PDF- early"), ("2026-02-21", b"%PDF- late")):
        found = copy_at(log, state(log, day))
        assert (found and found.sha256) == (expected and sha256_hex(expected))
    assert found is not None and (found.body, found.reference, found.of) == (NORTH, "EXB-1", of)
    assert copy_at(log, state(log, "2026-02-21", "south")) is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"outcome": "changes-required"}, "is changes-required: it does not permit use, so ours stays the form"),
        ({"letter": None}, "is reported without its letter: it does not permit use"),
        ({"effective": "2026-03-01"}, None),
    ],
)
def test_a_copy_with_a_decision_that_permits_nothing_is_kept_and_is_no_form(
    tmp_path: Path, more: dict[str, Any], words: str | None
):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    log = came(log, newest(log), "2026-02-14", b"%PDF- permitted")
    log = decided(log, NORTH, **more)
    log = came(log, newest(log), "2026-02-15")
    found = copy_at(log, state(log, "2026-02-20"))
    assert found is not None and found.sha256 == sha256_hex(b"%PDF- permitted")
    told = receipt_flags(log, log.whole_entry(newest(log)))
    assert any(words in one for one in told) if words else told == ()


def test_a_copy_without_a_stamp_takes_no_stamped_one_s_place_and_says_so(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    of = newest(log)
    log = came(came(log, of, "2026-02-15", b"%PDF- stamped", stamp="APPROVED"), of, "2026-02-16", b"%PDF- bare")
    found = copy_at(log, state(log, "2026-02-20"))
    assert found is not None and found.sha256 == sha256_hex(b"%PDF- stamped")
    [told] = receipt_flags(log, log.whole_entry(newest(log)))
    assert told == f"the copy in entry {of + 1} came for this form before; that one has a stamp, so it stays the form"


def test_the_copy_of_the_decision_that_counts_goes_before_a_later_one_of_another(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    first = newest(log)
    log = decided(log, NORTH, decided="2026-03-01", received="2026-03-02")
    log = came(log, newest(log), "2026-03-02", b"%PDF- renewed", stamp="RENEWED")
    log = came(log, first, "2026-03-03", b"%PDF- late copy of the first", stamp="APPROVED")
    found = copy_at(log, state(log, "2026-03-10"))
    assert found is not None and found.sha256 == sha256_hex(b"%PDF- renewed")


def test_a_word_file_of_the_same_day_takes_no_pdf_s_place(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    of = newest(log)
    log = came(log, of, "2026-02-15", b"%PDF- a")
    log = came(log, of, "2026-02-15", b"PK word", kind="docx")
    found = copy_at(log, state(log, "2026-02-20"))
    assert found is not None and found.kind == "pdf"


def test_what_is_odd_about_a_copy_is_told_in_the_log(tmp_path: Path):
    log = decided(filed_log(tmp_path / "study", "1.0"), NORTH)
    changes = [{"was": "tickets", "now": "fares", "where": "page 3"}, {"was": "", "now": "may", "where": "page 4"}]
    log = came(log, newest(log), "2026-02-01", compared="no-text", stamp="APPROVED", changes=changes)
    *_, (_, flags) = flagged(log)
    assert [one for one in flags if not one.startswith(("recorded late", "out of order"))] == [
        "it has no text layer, so nobody compared its words with what was submitted: a person has to",
        "its stamp says: APPROVED",
        "changed page 3: “tickets” is now “fares”",
        "changed page 4: “may” was put in",
        "it came on 2026-02-01, before the decision of 2026-02-10",
    ]


# ------------------------------------------------------------------------------------------------------------- stamps


def stamping_log(study: Path, stamps: str | None) -> Logbook:
    """Version 1.0 in use at the north, whose board stamps forms and approved it."""
    bodies = [{**one, **({"stamps": stamps} if one["id"] == NORTH and stamps else {})} for one in FORM["oversight"][:2]]
    log = begin_log(study)
    log = with_version(log, "1.0", form={"oversight": bodies}, trees={"consent/north/en.pdf": STAMPED})
    log = decided(log, NORTH)
    entry, _ = activation(log, JANE, Activated("1.0", "north", "2026-02-12", (DOCUMENT,)))
    return recorded(log, entry)


def missing(logbook: Logbook, day: str) -> list[str]:
    [state] = forms_at(logbook, "north", day)
    assert state.valid, "the stamp is no matter of validity"
    return list(unstamped(logbook, state))


@pytest.mark.parametrize("stamps", [None, "never"])
def test_a_body_that_does_not_stamp_or_of_which_nobody_said_so_needs_no_copy(tmp_path: Path, stamps: str | None):
    assert missing(stamping_log(tmp_path / "study", stamps), "2026-03-01") == []


@pytest.mark.parametrize(
    ("stamps", "after_renewal"),
    [
        ("at-modification", []),
        (
            "at-each-approval",
            [f"{NORTH} stamps its forms, and no stamped copy of this one had come back with EXB-1 by then"],
        ),
    ],
)
def test_a_renewal_keeps_the_copy_unless_the_body_stamps_at_each_approval(
    tmp_path: Path, stamps: str, after_renewal: list[str]
):
    log = stamping_log(tmp_path / "study", stamps)
    first = next(one["n"] for one in log.entries() if one["do"] == "decision")
    assert len(missing(log, "2026-02-20")) == 1
    log = came(log, first, "2026-02-21")
    assert missing(log, "2026-02-20") != [] and missing(log, "2026-02-21") == []
    log = decided(log, NORTH, letter=LETTER, decided="2026-04-01", received="2026-04-02")
    assert missing(log, "2026-03-31") == [] and missing(log, "2026-04-01") == after_renewal
    log = came(log, newest(log), "2026-04-05")
    assert missing(log, "2026-04-05") == []
