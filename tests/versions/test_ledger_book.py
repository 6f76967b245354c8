"""The ledger as a workbook: what stands in it, that it is text, that it prints, and that its bytes stay the same."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from regdocs.versions import tmf
from regdocs.versions.external_files import External
from regdocs.versions.facts import note
from regdocs.versions.ledger import WHATS, ledger
from regdocs.versions.ledger_approved import approved
from regdocs.versions.ledger_book import workbook
from regdocs.versions.ledger_index import index_of, sites_listed
from regdocs.versions.logbook import Logbook
from tests.versions.filings import NORTH, decided, filed_log, submitted
from tests.versions.logs import JANE, recorded

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = (
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "http://example.org/",
    "<b>&amp;",
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Logbook:
    log = filed_log(tmp_path_factory.mktemp("book") / "study", "1.0")
    poster = External("poster/en/1.0", "advertisement", "=1+1", "2026-01-20", "a" * 64)
    log = decided(
        submitted(log, "1.0", NORTH, external=(poster,)), NORTH, documents=("poster/en/1.0", "consent/en/1.0")
    )
    for text in (*HOSTILE, "long " * 10_000):
        log = recorded(log, note(JANE, text, on="2026-03-01"))
    return log


def made(log: Logbook) -> bytes:
    indexes = [(site, index_of(log, site)) for site in sites_listed(log)]
    return workbook(log, ledger(log), approved(log), indexes)


class Book:
    """A workbook read with nothing but a zip reader and an XML reader."""

    def __init__(self, data: bytes) -> None:
        self.parts = {name: etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name)) for name in _parts(data)}
        self.texts = ["".join(map(str, one.itertext())) for one in self.parts["xl/sharedStrings.xml"].iter(f"{MAIN}si")]
        self.names = [str(one.get("name")) for one in self.parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]

    def sheet(self, name: str) -> etree._Element:
        return self.parts[f"xl/worksheets/sheet{self.names.index(name) + 1}.xml"]

    def rows(self, name: str) -> list[list[str]]:
        return [[self._cell(one) for one in row.iter(f"{MAIN}c")] for row in self.sheet(name).iter(f"{MAIN}row")]

    def _cell(self, cell: etree._Element) -> str:
        value = cell.findtext(f"{MAIN}v") or ""
        return self.texts[int(value)] if cell.get("t") == "s" else value


def _parts(data: bytes) -> list[str]:
    return [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if name.endswith(".xml")]


def test_sheets_are_the_ledger_approvals_a_site_each_and_what_it_rests_on(log: Logbook):
    book = Book(made(log))
    assert book.names == ["Ledger", "Approved", "Site north", "Site south", "About"]
    rows = book.rows("Ledger")
    assert rows[1][:4] == ["Happened", "Recorded", "Days late", "What"]
    assert [row[3] for row in rows[2:5]] == ["submission", "decision", "letter"]
    assert len(rows) == 2 + len(ledger(log)) and {row[3] for row in rows[2:]} <= set(WHATS)
    assert [row[0] for row in book.rows("Approved")[2:]] == ["poster/en/1.0", "consent/en/1.0"]
    assert any("MISSING" in row for row in book.rows("Site south"))
    assert tmf.CHECKED in [row[0] for row in book.rows("About")]


def test_nothing_becomes_a_formula_or_a_link_whatever_it_begins_with(log: Logbook):
    data = made(log)
    book = Book(data)
    every = [one for part in book.parts.values() for one in part.iter()]
    assert [one for one in every if etree.QName(one).localname in ("f", "hyperlink", "hyperlinks")] == []
    assert [name for name in zipfile.ZipFile(io.BytesIO(data)).namelist() if "worksheets/_rels" in name] == []
    for text in HOSTILE:
        assert text in book.texts
    assert "=1+1" in book.texts


def test_a_text_that_no_cell_takes_is_cut_and_says_so(log: Logbook):
    [text] = [one for one in Book(made(log)).texts if one.startswith("long long")]
    assert len(text) < 32_767 and text.endswith("(cut; the entry has all of it)")


def test_days_are_days_and_numbers_are_numbers(log: Logbook):
    [line, *_] = [row for row in Book(made(log)).rows("Ledger") if "submission" in row]
    assert line[0] == "46054"  # 2026-02-01, counted in days as workbooks do
    assert line[2] == "28"


def test_the_head_of_a_table_stays_and_is_printed_on_each_page_across_the_paper(log: Logbook):
    book = Book(made(log))
    for name in book.names[:-1]:
        sheet = book.sheet(name)
        pane, setup = sheet.find(f".//{MAIN}pane"), sheet.find(f"{MAIN}pageSetup")
        assert pane is not None and (pane.get("state"), pane.get("ySplit")) == ("frozen", "3")
        assert setup is not None and (setup.get("orientation"), setup.get("paperSize")) == ("landscape", "9")
        assert setup.get("fitToHeight") == "0"
        assert "Page &P of &N" in (sheet.findtext(f"{MAIN}headerFooter/{MAIN}oddFooter") or "")
    titles = [
        one.text
        for one in book.parts["xl/workbook.xml"].iter(f"{MAIN}definedName")
        if one.get("name") == "_xlnm.Print_Titles"
    ]
    assert titles == [f"{_quoted(name)}!$3:$3" for name in sorted(book.names[:-1], key=str.casefold)]


def _quoted(name: str) -> str:
    return f"'{name}'" if " " in name else name


def test_the_same_log_gives_the_same_bytes_with_no_clock_in_them(log: Logbook):
    data = made(log)
    assert data == made(log)
    [created] = [one.text for one in Book(data).parts["docProps/core.xml"].iter("{http://purl.org/dc/terms/}created")]
    assert created == log.last_at
    assert {one.date_time for one in zipfile.ZipFile(io.BytesIO(data)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_sites_whose_names_are_long_or_alike_have_sheets_of_their_own(log: Logbook):
    long = "s" * 40
    names = Book(workbook(log, (), (), [(long + "1", ()), (long + "2", ()), ("a", ()), ("A", ())])).names
    assert len({name.casefold() for name in names}) == len(names) == 7
    assert max(map(len, names)) <= 31


def test_a_day_that_workbooks_count_differently_stands_as_its_text(tmp_path: Path):
    log = recorded(filed_log(tmp_path / "study", "1.0"), note(JANE, "An old paper.", on="1899-12-31"))
    assert "1899-12-31" in Book(made(log)).texts
