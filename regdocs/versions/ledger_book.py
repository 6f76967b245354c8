"""The ledger as a workbook: a sheet of rows, one of approvals, one a site with its index, one about the whole.

The bytes depend on the log alone. Every text stays text: nothing is a formula or a link, whatever it begins with.
"""

from collections.abc import Iterable, Sequence

from regdocs.render.workbook import Cell, Table, day_cell, workbook_of
from regdocs.versions import tmf
from regdocs.versions.ledger import Row
from regdocs.versions.ledger_approved import Approved
from regdocs.versions.ledger_index import Expected
from regdocs.versions.logbook import Logbook
from regdocs.versions.tmf import TO_BE_CHECKED, Artifact

_SHEET_NAME = 31


_ROWS = (
    ("Happened", 10),
    ("Recorded", 10),
    ("Days late", 6),
    ("What", 11),
    ("Body", 12),
    ("Sites", 8),
    ("Reference", 12),
    ("Outcome", 11),
    ("Version", 7),
    ("Amend-\nment", 7),
    ("In words", 44),
    ("Documents", 22),
    ("To be noticed", 28),
    ("TMF Reference Model", 14),
    ("Recorded by", 14),
    ("Entry", 6),
)
_APPROVED = (
    ("Document", 26),
    ("Title", 24),
    ("Type", 15),
    ("Made here", 6),
    ("Language", 9),
    ("Site", 8),
    ("Body", 14),
    ("Outcome", 11),
    ("Reference", 16),
    ("Since", 10),
    ("Until", 10),
    ("What ended it", 22),
    ("TMF Reference Model", 18),
    ("Letter, sha256", 17),
    ("Entries", 8),
)
_INDEX = (
    ("Version", 12),
    ("Language or document", 20),
    ("Expected", 18),
    ("Body", 18),
    ("State", 12),
    ("Missing, or why not expected", 50),
    ("TMF Reference Model", 30),
    ("Entries", 12),
)


def workbook(
    logbook: Logbook,
    rows: Iterable[Row],
    approvals: Iterable[Approved],
    indexes: Sequence[tuple[str, Iterable[Expected]]],
) -> bytes:
    """Return the workbook's bytes; `indexes` are the sites with theirs, in the order of their sheets."""
    study = str(logbook.genesis["study"])
    lines = [_row(one) for one in rows]
    tables = [Table("Ledger", f"Ledger of {study}", _ROWS, lines)]
    tables.append(
        Table("Approved", f"What is and was approved, {study}", _APPROVED, [_approved(one) for one in approvals])
    )
    for site, index in indexes:
        found = [_expected(one) for one in index]
        tables.append(Table(_sheet_name(site, tables), f"Index of the site {site}, {study}", _INDEX, found))
    return workbook_of(f"Ledger of {study}", logbook.last_at, tables, _about(logbook), _foot(logbook))


# -------------------------------------------------------------------------------------------------------------- lines


def _row(one: Row) -> tuple[Cell, ...]:
    return (
        day_cell(one.happened),
        day_cell(one.recorded[:10]),
        one.late_days,
        one.what,
        one.body,
        ", ".join(one.sites),
        one.reference,
        one.outcome,
        one.version,
        one.amendment,
        one.words,
        "\n".join(one.documents),
        "\n".join(one.flags),
        _artifact(one.tmf),
        one.by,
        one.entry,
    )


def _approved(one: Approved) -> tuple[Cell, ...]:
    return (
        one.document,
        one.title,
        one.type,
        "no" if one.outside else "yes",
        one.language,
        one.site,
        one.body,
        one.outcome,
        one.reference,
        day_cell(one.since),
        day_cell(one.until),
        one.ended,
        _artifact(one.tmf),
        one.letter,
        ", ".join(map(str, one.entries)),
    )


def _expected(one: Expected) -> tuple[Cell, ...]:
    standing = "MISSING" if one.standing == "missing" else one.standing
    entries = ", ".join(map(str, one.entries))
    return one.version, one.language, one.what, one.body, standing, one.why, _artifact(one.tmf), entries


def _artifact(one: Artifact | None) -> str:
    return TO_BE_CHECKED if one is None else str(one)


def _sheet_name(site: str, tables: Sequence[Table]) -> str:
    """Return a name for a site's sheet that no other has; programs take 31 characters and compare without capitals."""
    taken = {one.name.casefold() for one in tables} | {"about", "history"}
    whole = f"Site {site}"
    for number in range(1, len(taken) + 2):
        name = whole[:_SHEET_NAME] if number == 1 else f"{whole[: _SHEET_NAME - 4]}~{number}"
        if name.casefold() not in taken:
            return name
    raise AssertionError("one of so many names is free")


def _about(logbook: Logbook) -> tuple[str, ...]:
    return (
        f"Made from the log {logbook.origin}, {logbook.head.size} entries, the newest of {logbook.last_at}.",
        'Each line names its entry; "regdocs log N" prints it, "regdocs verify" says whether the log holds.',
        tmf.CHECKED,
        "Expected in an index is what can be told from the log alone; whether more is expected at your place is for "
        "you to know. This is no statement that anything is complete or fulfils a rule.",
        "Days are those that people gave; late by counts from them to the day of the record, in UTC.",
    )


def _foot(logbook: Logbook) -> str:
    return f"{logbook.origin}, {logbook.head.size} entries"
