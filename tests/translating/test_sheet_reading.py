"""Workbooks that come back are hostile: they are bounded, have no entities, and what is no text is said to be none."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from regdocs.errors import Refusal
from regdocs.translating.sheet import workbook
from regdocs.translating.sheet_reading import sheets_in
from tests.translating.workbooks import vietnamese_study, work_of


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    work = work_of(vietnamese_study(tmp_path_factory.mktemp("study") / "study"))
    return workbook([work], "A study")[0]


def spoiled(data: bytes, change: Callable[[str, bytes], bytes], **more: bytes) -> bytes:
    """The workbook with each part changed, and more parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in more.items():
            new.writestr(name, content)
    return target.getvalue()


def same(name: str, content: bytes) -> bytes:
    return content


def test_a_workbook_of_ours_is_read_row_by_row(data: bytes) -> None:
    (sheet,) = sheets_in(data)
    assert (sheet.language, sheet.kind, sheet.rows[0].row) == ("vi", "consent", 4)
    assert [one.name for one in sheet.rows[:2]] == ["consent.title", "consent.study"]
    assert {one.problem for one in sheet.rows} == {None}


ENTITY = b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "change",
    [
        lambda name, content: content.replace(b"?>", b"?><!DOCTYPE x []>", 1),
        lambda name, content: content.decode("utf-8").encode("utf-16"),
        lambda name, content: content.replace(b"UTF-8", b"UTF-7", 1),
        lambda name, content: content[: len(content) // 2],
        lambda name, content: b"",
        lambda name, content: b"<x/>",
        lambda name, content: content.replace(b"<v>", b"<v>9"),
        lambda name, content: content.replace(b' t="s"', b' t="zz"'),
        lambda name, content: b"<a>" * 20_000,
    ],
    ids=["doctype", "utf-16", "utf-7", "cut", "empty", "other", "strange-index", "strange-type", "deep"],
)
def test_a_spoiled_workbook_is_refused_in_a_sentence_or_read(
    data: bytes, change: Callable[[str, bytes], bytes]
) -> None:
    try:
        sheets_in(spoiled(data, lambda name, content: change(name, content) if name.endswith(".xml") else content))
    except Refusal as refusal:
        assert "workbook" in str(refusal) or "sheet" in str(refusal)


def test_entities_are_refused_wherever_they_stand(data: bytes) -> None:
    with pytest.raises(Refusal, match=r"no \.xlsx workbook"):
        sheets_in(spoiled(data, same, **{"xl/strange.xml": ENTITY + b"<x>&a;</x>"}))


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(data: bytes) -> None:
    with pytest.raises(Refusal, match="larger"):
        sheets_in(spoiled(data, same, **{"xl/bomb.xml": b" " * 40_000_000}))


def test_a_row_a_million_lines_below_is_not_gone_to(data: bytes) -> None:
    far = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    with pytest.raises(Refusal, match="rows"):
        sheets_in(spoiled(data, lambda name, content: content.replace(b"</sheetData>", far)))


def test_sheets_of_somebody_else_are_passed_over_and_a_copy_of_ours_is_refused(data: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(data))
    book.create_sheet("Notes")["A1"] = "mine"
    target = io.BytesIO()
    book.save(target)
    assert [sheet.kind for sheet in sheets_in(target.getvalue())] == ["consent"]
    book.copy_worksheet(book["consent"])
    book.save(target := io.BytesIO())
    with pytest.raises(Refusal, match="same kind"):
        sheets_in(target.getvalue())
    del book["consent"], book["consent Copy"]
    book.save(target := io.BytesIO())
    with pytest.raises(Refusal, match="no sheet"):
        sheets_in(target.getvalue())


def test_no_workbook_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"PK\x03\x04", b"name;text\n", b"\xd0\xcf\x11\xe0" * 100):
        with pytest.raises(Refusal, match=r"no \.xlsx workbook"):
            sheets_in(data)
