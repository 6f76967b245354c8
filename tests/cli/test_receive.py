"""`receive` as people call it: kept and told, refused in words, and shown where forms are asked for."""

from pathlib import Path

import pytest

from tests.cli.calling import Call
from tests.versions import test_receipts as receipts
from tests.versions.logs import JANE, opened
from tests.versions.papers import scanned_pdf
from tests.versions.test_receipts import SITE, as_issued, last, reworded
from tools.example_stamps import stamped

approved_once, approved = receipts.approved_once, receipts.approved  # the fixtures there

pytestmark = pytest.mark.slow
WHICH = ("--decision", "EX-1", "--site", SITE, "--language", "en", "--on", "2026-03-12")


@pytest.fixture(autouse=True)
def jane_acts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Jane is at the keyboard, on a day of March 2026."""
    monkeypatch.setenv("REGDOCS_BY", JANE)
    monkeypatch.setenv("REGDOCS_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("REGDOCS_NOW", "2026-03-14T09:00:00Z")


def test_a_stamped_copy_is_recorded_and_valid_and_current_name_it(approved: Path, call: Call):
    copy = stamped(reworded(opened(approved), "Tickets", "Fares"), "APPROVED")
    (approved / "copy.pdf").write_bytes(copy)
    said = call("-C", approved, "receive", "copy.pdf", *WHICH, "--document", "consent")
    assert said.code == 0, said.err
    n = last(opened(approved))["n"]
    assert f"Recorded entry {n}: receive – consent/en/1.0 for {SITE}" in said.out
    assert "note: its stamp says: APPROVED" in said.out and "“Tickets” is now “Fares”" in said.out
    valid = call("-C", approved, "valid", "--site", SITE, "--on", "2026-03-12", "--document", "consent")
    came = "as received: from ethics-committee on 2026-03-12, with EX-1; the body changed 1 place of our words  sha256:"
    assert came in valid.out and f", {n} of" in valid.out
    assert call("-C", approved, "current", "--site", SITE, "--on", "2026-03-12").code == 0
    [form] = (approved / "current" / SITE).glob("consent-*.pdf")
    assert form.read_bytes() == copy


def test_of_a_scan_it_is_said_that_a_person_has_to_compare_it(approved: Path, call: Call):
    (approved / "scan.pdf").write_bytes(scanned_pdf())
    said = call("-C", approved, "receive", "scan.pdf", *WHICH, "--document", "consent")
    assert said.code == 0 and "nobody compared its words with what was submitted: a person has to" in said.out
    valid = call("-C", approved, "valid", "--site", SITE, "--on", "2026-03-12", "--document", "consent").out
    assert "with EX-1; nobody compared its words" in valid


@pytest.mark.parametrize(
    ("file", "which", "code", "words"),
    [
        ("missing.pdf", WHICH, 1, "there is no file"),
        ("letter.txt", (*WHICH, "--document", "consent"), 1, "has to be a PDF or a Word file"),
        ("broken.pdf", (*WHICH, "--document", "consent"), 1, "no PDF that can be read"),
        ("ours.pdf", ("--decision", "99", *WHICH[2:]), 1, 'no decision is recorded as "99"; recorded are the entries'),
        ("ours.pdf", (*WHICH[:-1], "12.03.2026"), 1, "is not a day of the form"),
        ("ours.pdf", WHICH[:-2], 2, "--on"),
    ],
)
def test_what_has_no_form_is_refused_in_words_and_nothing_recorded(
    approved: Path,
    call: Call,
    file: str,
    which: tuple[str, ...],
    code: int,
    words: str,
):
    (approved / "letter.txt").write_text("A letter", encoding="utf-8")
    (approved / "broken.pdf").write_bytes(as_issued(opened(approved))[:5000])
    (approved / "ours.pdf").write_bytes(as_issued(opened(approved)))
    before = opened(approved).head
    said = call("-C", approved, "receive", file, *which)
    assert said.code == code and words in said.err, said
    assert opened(approved).head == before and not said.traceback
