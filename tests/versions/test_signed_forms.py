"""Lists of signed forms as sites keep them: what Excel does to a CSV is understood or told, and nothing is guessed."""

import pytest

from regdocs.errors import Refusal
from regdocs.versions import signed_forms as module
from regdocs.versions.signed_forms import signed_forms

HEADER = "participant,site,form,version,language,date,time\n"
ROW = "7,north,consent,1.0,en,2026-05-03,14:30\n"


def lacking(row: str) -> tuple[str, ...]:
    [found] = signed_forms((HEADER + row).encode())
    return found.lacking


def test_a_row_is_read_as_it_stands():
    [row] = signed_forms((HEADER + ROW).encode())
    assert (row.line, row.participant, row.site, row.form, row.version) == (2, "7", "north", "consent", "1.0")
    assert (row.language, row.date, row.time, row.lacking) == ("en", "2026-05-03", "14:30", ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_marks_line_ends_and_order_of_columns_do_not_matter(delimiter: str):
    lines = ["Date", "VERSION", "Participant number", "site", "language", "form", "investigator"]
    text = delimiter.join(lines) + "\r\n\r\n" + delimiter.join(["2026-05-03", "1.0", "7", "n", "en", "consent", "x"])
    [row] = signed_forms(b"\xef\xbb\xbf" + text.encode() + b"\r\n")
    assert (row.participant, row.date, row.version, row.time, row.lacking) == ("7", "2026-05-03", "1.0", "", ())


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",north,consent,1.0,en,2026-05-03,", "no participant"),
        ("7,north,consent,1.0,en", "no date"),
        ("7,north,consent,1.0,en,03.05.2026,", "cannot be told apart"),
        ("7,north,consent,1.0,en,5/3/2026,", "cannot be told apart"),
        ("7,north,consent,1.0,en,46145,", "Excel keeps days in"),
        ("7,north,consent,1.0,en,2026-02-30,", "not of the form"),
        ("7,north,consent,1.0,en,2026-05-03,2 pm", 'time "2 pm"'),
        ("7,north,consent,1.0,en,2026-05-03,24:00", "time"),
        ('"=HYPERLINK(""x"")",north,consent,1.0,en,2026-05-03,', "begins like a formula"),
        ("@7,north,consent,1.0,en,2026-05-03,", "begins like a formula"),
        ("7," + "n" * 201 + ",consent,1.0,en,2026-05-03,", "more than 200 characters"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(row: str, said: str):
    assert said in " ".join(lacking(row))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "lacks the columns participant"),
        (b"name,site\n", "lacks the columns participant, form, version, language, date"),
        (b"participant,site,form,version,language,date,Date\n", 'column "date" stands twice'),
        ("participant".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04 a workbook", "workbook"),
        (b"participant\xff", "not UTF-8"),
        (b"participant\x00", "no text"),
        ((HEADER + '"7,north\n').encode(), "no CSV"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_words(data: bytes, said: str):
    with pytest.raises(Refusal, match=said):
        signed_forms(data)


def test_rows_are_bounded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "MAX_ROWS", 3)
    assert len(signed_forms((HEADER + ROW * 3).encode())) == 3
    with pytest.raises(Refusal, match="more than 3 rows"):
        signed_forms((HEADER + ROW * 4).encode())


ZONES = {"south": "Asia/Ho_Chi_Minh", "north": "America/New_York"}


@pytest.mark.parametrize(
    ("site", "date", "time", "day", "clock"),
    [
        ("south", "2026-05-03T23:30+07:00", "", "2026-05-03", "23:30"),
        ("south", "2026-05-03T17:30Z", "", "2026-05-04", "00:30"),
        ("south", "2026-05-03", "17:30Z", "2026-05-04", "00:30"),
        ("north", "2026-05-03", "2:30+00:00", "2026-05-02", "22:30"),
        ("south", "2026-05-03 09:05:30 +0700", "", "2026-05-03", "09:05"),
        ("south", "2026-05-03T23:30", "", "2026-05-03", "23:30"),
        ("south", "2026-05-03", "9:05", "2026-05-03", "9:05"),
        ("east", "2026-05-03T17:30Z", "", "2026-05-03", "17:30"),
        ("south", "2026-05-03T09:05", "09:05", "2026-05-03", "09:05"),
    ],
)
def test_a_moment_has_the_day_of_the_site_and_other_days_stand_as_written(
    site: str, date: str, time: str, day: str, clock: str
):
    [row] = signed_forms((HEADER + f"7,{site},consent,1.0,en,{date},{time}\n").encode(), ZONES.get)
    assert (row.date, row.time, row.lacking) == (day, clock, ())


def test_how_a_day_was_come_by_is_told_where_it_does_not_stand_so_in_the_file():
    rows = "".join(
        f"7,{site},consent,1.0,en,2026-05-03,17:30{more}\n" for site, more in (("south", "Z"), ("east", "Z"))
    )
    south, east, plain = signed_forms((HEADER + rows + ROW).encode(), ZONES.get)
    assert south.told == ("2026-05-03T17:30Z is 2026-05-04 00:30 at south (Asia/Ho_Chi_Minh)",)
    assert east.told == ("Z: no time zone of east is recorded; the day is as written",)
    assert plain.told == ()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-05-03T09:05,09:06", "two times"),
        ("2026-05-03T09:65,", 'time "09:65"'),
        ("2026-05-03T23:30+07:00:00,", "is not of the form"),
        ("2026-05-03T23:30+25:00,", "is no moment"),
        ("2026-05-03T23:61:61Z,", 'time "23:61:61Z"'),
        ("0001-01-01T00:00+14:00,", ""),
        ("٢٠٢٦-05-03,", "is not of the form"),
    ],
)
def test_a_moment_that_is_none_is_told(when: str, said: str):
    [row] = signed_forms((HEADER + f"7,south,consent,1.0,en,{when}\n").encode(), ZONES.get)
    assert row.lacking and said in row.lacking[0]
