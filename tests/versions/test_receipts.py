"""Copies that a body sends back: kept as the form to use, and each word that the body changed is named."""

import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from regdocs.build.recorded import Carried
from regdocs.content.model import Text
from regdocs.content.runs import change_runs
from regdocs.errors import Refusal
from regdocs.versions.activations import Activated, activation
from regdocs.versions.changes_back import open_changes
from regdocs.versions.copies_back import copy_at, receipt_flags
from regdocs.versions.current import fill_current
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.issued_beside import identities_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.preparation import Asked, NotReady
from regdocs.versions.printed import prints_with, tree_of
from regdocs.versions.receipts import Received, receipt
from regdocs.versions.responding import decision_named
from regdocs.versions.snapshot import stored_inputs
from regdocs.versions.submissions import Submitted, submission
from regdocs.versions.validity import form_at
from tests.build.studies import change, write_template
from tests.versions.logs import JANE, opened, recorded
from tests.versions.papers import scanned_pdf
from tests.versions.releases import MORE, PRINTER, REMEMBERING, complete_study, prepared, release, template
from tools.example_letters import small_pdf
from tools.example_stamps import stamped

BODY, SITE = "ethics-committee", "example-hospital"
STAMPED = "    contact: 000 002 (fictional)\n"
WORDS = ". Tickets are paid back at the visit, and you may have to pay tax on them, as the law at the site says.</p>"
FORM = template("consent").replace('subject="Something to release">', 'subject="A form" stamp-area="yes">')
FORM = FORM.replace("</p>", WORDS)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def approved_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small study, whose consent form has room for a stamp, released and approved."""
    study = complete_study(tmp_path_factory.mktemp("approved") / "study")
    write_template(study, "consent", FORM)
    release(study)
    book = recorded(opened(study), submission(opened(study), JANE, Submitted("1.0", BODY, "2026-03-03")))
    said = book.whole_entry(book.head.size - 1)
    own: dict[str, Any] = {"sites": tuple(said["sites"]), "documents": tuple(said["documents"])}
    entry, objects = decision(
        book, JANE, Decided(BODY, "EX-1", "approved", decided="2026-03-05", received="2026-03-06", **own), b"EX-1, 1.0"
    )
    book = recorded(book, entry, objects=objects)
    used, _ = activation(book, JANE, Activated("1.0", SITE, "2026-03-10"))
    recorded(book, used)
    return study


@pytest.fixture
def approved(approved_once: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(approved_once, tmp_path / "study"))


def form(book: Logbook) -> IssuedDocument:
    return next(one for one in documents_of(book, book.versions[0]) if one.stem == f"consent/{SITE}/en")


def as_issued(book: Logbook, ending: str = "pdf") -> bytes:
    file = next(one for one in form(book).files if one.path.endswith(ending))
    return book.object(file.sha256)


def reworded(book: Logbook, old: str, new: str, ending: str = "pdf") -> bytes:
    """The form as a body would lay it out with another word."""
    document = form(book)
    tree = tree_of(book.object(document.tree))
    identity = identities_of(book, book.versions[0])[document.stem]
    other = change_runs(tree, lambda name, run: tuple(_said(one, old, new) for one in run))
    assert other != tree
    templates = stored_inputs(book, book.versions[0]).templates
    [made] = REMEMBERING.print(prints_with(other, identity, "form", (ending,), templates)).values()
    return made


def _said(inline: Any, old: str, new: str) -> Any:
    return replace(inline, text=inline.text.replace(old, new)) if isinstance(inline, Text) else inline


def received(book: Logbook, file: bytes, on: str = "2026-03-08", **more: Any) -> Logbook:
    own = {"kind": "consent", "site": SITE, "language": "en"} | more
    decided = next(one["n"] for one in book.entries() if one["do"] == "decision")
    entry, objects = receipt(book, JANE, Received(decided, on=on, **own), file, REMEMBERING)
    return recorded(book, entry, objects=objects)


def last(book: Logbook) -> dict[str, Any]:
    return book.whole_entry(book.head.size - 1)


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_a_copy_with_our_words_has_no_changes(approved: Path, ending: str):
    book = opened(approved)
    entry = last(received(book, as_issued(book, ending)))
    assert (entry["compared"], entry["document"], entry["site"]) == ("words", "consent/en/1.0", SITE)
    assert "changes" not in entry and entry["file"]["kind"] == ending
    assert book.object(entry["against"]) == as_issued(book, ending)


def test_a_stamp_in_its_place_is_no_change_and_its_words_are_kept(approved: Path):
    book = opened(approved)
    after = received(book, stamped(as_issued(book), "APPROVED", "EX-1"))
    assert "changes" not in last(after) and last(after)["stamp"] == "APPROVED EX-1"
    assert receipt_flags(after, last(after)) == ("its stamp says: APPROVED EX-1",)


def test_each_word_that_the_body_changed_is_named_with_its_place(approved: Path):
    book = opened(approved)
    after = received(book, stamped(reworded(book, "Tickets", "Fares"), "APPROVED"))
    [found] = last(after)["changes"]
    assert (found["was"], found["now"]) == ("Tickets", "Fares") and found["where"].startswith("page 1, after “")
    assert any("“Tickets” is now “Fares”" in one for one in receipt_flags(after, last(after)))


def test_a_word_of_a_word_file_that_the_body_changed_is_named(approved: Path):
    book = opened(approved)
    [found] = last(received(book, reworded(book, "pay tax", "pay no tax", "docx")))["changes"]
    assert (found["was"], found["now"]) == ("", "no")


def test_a_scan_is_kept_and_it_is_said_that_nobody_compared_its_words(approved: Path):
    after = received(opened(approved), scanned_pdf())
    assert last(after)["compared"] == "no-text"
    assert "a person has to" in receipt_flags(after, last(after))[0]


@pytest.mark.parametrize(
    "mark", ["TRACKED CHANGES against version 0.9 of 2025-01-01", "CANDIDATE – not approved – not for use",
             "BẢN NHÁP – không dùng cho người tham gia / DRAFT – not for participants"],
)  # fmt: skip
def test_what_says_of_itself_that_it_is_no_form_is_refused(approved: Path, mark: str):
    book = opened(approved)
    tree = tree_of(book.object(form(book).tree))
    tree = replace(tree, furniture=replace(tree.furniture, marks=((Text(mark),),)))
    identity = identities_of(book, book.versions[0])[form(book).stem]
    prints = prints_with(tree, identity, "form", ("pdf",), stored_inputs(book, book.versions[0]).templates)
    [marked] = REMEMBERING.print(prints).values()
    with pytest.raises(Refusal, match="of itself, so it is not the form"):
        received(book, marked)


def test_a_scan_of_other_pages_is_refused_and_so_is_a_letter_with_words(approved: Path):
    book = opened(approved)
    with pytest.raises(Refusal, match="scan of 3 pages, and what was issued has 1 page"):
        received(book, scanned_pdf(3))
    with pytest.raises(Refusal, match=r"this is not consent/en/1\.0"):
        received(book, small_pdf("We approve your form."))


def test_what_the_stamps_of_all_pages_say_is_kept(approved: Path):
    bare, two = io.BytesIO(), io.BytesIO()
    with pikepdf.new() as blank:
        blank.add_blank_page(page_size=(595, 842))
        blank.save(bare)
    with (
        pikepdf.open(io.BytesIO(stamped(as_issued(opened(approved)), "APPROVED"))) as first,
        pikepdf.open(io.BytesIO(stamped(bare.getvalue(), "NOT VALID"))) as second,
    ):
        first.pages.extend(second.pages)
        first.save(two)
    assert last(received(opened(approved), two.getvalue()))["stamp"] == "APPROVED | NOT VALID"


def test_the_form_of_another_version_is_refused_and_both_are_named(approved: Path):
    book = opened(approved)
    document = form(book)
    carried = Carried("0.9", "2025-12-01", "0.9", None, document.tree)
    tree = tree_of(book.object(document.tree))
    prints = prints_with(tree, carried.identity(), "form", ("pdf",), stored_inputs(book, book.versions[0]).templates)
    [other] = REMEMBERING.print(prints).values()
    with pytest.raises(Refusal, match=r"this is not consent/en/1.0 of 2026-01-15: it says neither"):
        received(book, other)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: b"A letter in plain text.", "has to be a PDF or a Word file"),
        (lambda data: data[: len(data) // 2], "cannot be read|no PDF that can be read|nor that date"),
        (lambda data: b"%PDF-1.7", "no PDF that can be read"),
    ],
)
def test_what_is_no_such_form_is_refused(approved: Path, spoil: Callable[[bytes], bytes], words: str):
    book = opened(approved)
    with pytest.raises(Refusal, match=words):
        received(book, spoil(as_issued(book)))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"site": "moon"}, "is for .*, not moon"),
        ({"language": "vi"}, "names no consent in vi"),
        ({"kind": "poem"}, "names no poem in en"),
        ({"kind": "crf"}, r"it is not crf/en/1.0: by its words it is consent/en/1.0"),
    ],
)
def test_what_the_decision_does_not_name_is_refused(approved: Path, more: dict[str, Any], words: str):
    book = opened(approved)
    with pytest.raises(Refusal, match=words):
        received(book, as_issued(book), **more)


def test_where_no_kind_is_said_the_words_of_the_file_tell_which_document_it_is(approved: Path):
    book = opened(approved)
    assert last(received(book, stamped(as_issued(book), "APPROVED"), kind=None))["document"] == "consent/en/1.0"
    with pytest.raises(Refusal, match="say which document came back, with --document KIND: the decision names"):
        received(opened(approved), scanned_pdf(), kind=None)


def test_the_decision_that_is_named_by_a_reference_of_several_has_to_be_named_by_its_entry(approved: Path):
    book = opened(approved)
    first = next(one for one in book.entries() if one["do"] == "decision")
    assert decision_named(book, "EX-1")["n"] == first["n"]
    own: dict[str, Any] = {"sites": (SITE,), "documents": ("consent/en/1.0",)}
    again = Decided(BODY, "EX-1", "approved", decided="2026-03-05", received="2026-03-06", **own)
    book = recorded(book, decision(book, JANE, again, None)[0])
    with pytest.raises(Refusal, match=f"several decisions have the reference .* {first['n']}, {book.head.size - 1}"):
        decision_named(book, "EX-1")


# ------------------------------------------------------------------------------------------------------------- in use


def test_the_copy_that_came_back_is_the_form_to_use_from_its_day(approved: Path, tmp_path: Path):
    copy = stamped(as_issued(opened(approved)), "APPROVED")
    book = received(opened(approved), copy, on="2026-03-12")
    for day, expected in (("2026-03-11", as_issued(book)), ("2026-03-12", copy)):
        found = fill_current(book, SITE, day, tmp_path / day, PRINTER)
        name = found.names[f"consent/{SITE}/en.pdf"]
        assert (tmp_path / day / name).read_bytes() == expected
    assert "as received from ethics-committee with EX-1 on 2026-03-12, entry" in (
        tmp_path / "2026-03-12" / "READ-ME.txt"
    ).read_text(encoding="utf-8")


def test_the_newest_copy_counts(approved: Path):
    book = received(opened(approved), stamped(as_issued(opened(approved)), "ONE"), on="2026-03-12")
    book = received(book, stamped(as_issued(book), "TWO"), on="2026-03-14")
    found = copy_at(book, form_at(book, form(book), SITE, "2026-03-20"))
    assert found is not None and found.entry == book.head.size - 1
    assert copy_at(book, form_at(book, form(book), SITE, "2026-03-11")) is None


@pytest.mark.parametrize(
    ("stamps", "came", "laid"),
    [("at-each-approval", False, False), ("at-modification", False, False), ("never", False, True),
     ("at-each-approval", True, True), ("at-modification", True, True)],
)  # fmt: skip
def test_where_a_body_stamps_its_forms_none_is_laid_down_without_its_stamp(
    tmp_path: Path, stamps: str, came: bool, laid: bool
):
    study = complete_study(tmp_path / "study")
    write_template(study, "consent", FORM)
    change(study, (STAMPED, f"{STAMPED}    stamps: {stamps}\n"))
    release(study)
    book = recorded(opened(study), submission(opened(study), JANE, Submitted("1.0", BODY, "2026-03-03")))
    said = book.whole_entry(book.head.size - 1)
    own: dict[str, Any] = {"sites": tuple(said["sites"]), "documents": tuple(said["documents"])}
    decided = Decided(BODY, "EX-1", "approved", decided="2026-03-05", received="2026-03-06", **own)
    entry, objects = decision(book, JANE, decided, b"EX-1, 1.0")
    book = recorded(book, entry, objects=objects)
    book = recorded(book, activation(book, JANE, Activated("1.0", SITE, "2026-03-10"))[0])
    book = received(book, stamped(as_issued(book), "APPROVED")) if came else book
    found = fill_current(book, SITE, "2026-03-11", tmp_path / "current", PRINTER)
    assert (f"consent/{SITE}/en.pdf" in found.names) == laid and "crf/en.pdf" in found.names
    assert bool(found.why_not["consent/en/1.0"]) != laid


# ----------------------------------------------------------------------------------------------------------- answered


def amended_with(study: Path, received_lines: str, words: str) -> list[str]:
    """What stands against the next amendment, by rule, when it answers so and the form says these words."""
    from tests.versions.declaring import declare

    change(study, ('version: "1.0"', 'version: "2.0"'), ("date: 2026-01-15", "date: 2026-05-20"), MORE)
    write_template(study, "consent", FORM.replace("Tickets", words))
    declare(study)
    declared = (study / "amendment.yaml").read_text(encoding="utf-8").partition("received:")[0] + received_lines
    try:
        prepared(study, Asked("2.0", declaration=declared.encode()))
    except NotReady as refused:
        return [one.rule for one in refused.findings]
    return []


@pytest.fixture
def changed(approved: Path) -> Path:
    received(opened(approved), reworded(opened(approved), "Tickets", "Fares"))
    return approved


def answer(study: Path, taken: str, more: str = "") -> str:
    return f"received:\n  - entry: {opened(study).head.size - 1}\n    change: 1\n    taken: {taken}\n{more}"


def test_a_body_s_words_have_to_be_answered_before_the_next_amendment(changed: Path):
    assert amended_with(changed, "", "Fares") == ["AMD-016"]


def test_words_that_are_taken_are_in_the_new_document(changed: Path):
    assert amended_with(changed, answer(changed, "true"), "Fares") == []
    assert amended_with(changed, answer(changed, "true"), "Vouchers") == ["AMD-016"]


def test_words_that_are_not_taken_need_a_reason(changed: Path):
    assert amended_with(changed, answer(changed, "false"), "Vouchers") == ["AMD-016"]
    assert amended_with(changed, answer(changed, "false", "    why: Agreed with the body\n"), "Vouchers") == []


def test_an_answer_to_nothing_is_refused(approved: Path):
    lines = "received:\n  - entry: 3\n    change: 1\n    taken: true\n"
    assert amended_with(approved, lines, "Vouchers") == ["AMD-014"]


def test_an_answer_is_given_once(changed: Path):
    from tests.versions.releases import amend

    assert [one.now for one in open_changes(opened(changed))] == ["Fares"]
    assert amended_with(changed, answer(changed, "true"), "Fares") == []
    declared = (changed / "amendment.yaml").read_text(encoding="utf-8").partition("received:")[0]
    amend(changed, Asked("2.0", declaration=(declared + answer(changed, "true")).encode()))
    assert open_changes(opened(changed)) == ()
