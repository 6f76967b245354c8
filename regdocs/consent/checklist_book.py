"""The checklist as a workbook: a sheet a form, one row an element and piece of evidence; every text stays text."""

import re
from collections.abc import Iterable, Iterator

from regdocs.consent.checklist import form_title
from regdocs.consent.elements import packs
from regdocs.consent.reading import FormRead
from regdocs.consent.standing import Standing
from regdocs.render.workbook import Cell, Table, workbook_of

_COLUMNS = (
    ("Rule", 16),
    ("Element", 10),
    ("Citation", 26),
    ("What it is about", 36),
    ("State", 15),
    ("Section", 24),
    ("Page", 6),
    ("Words of the form", 60),
    ("Why", 40),
    ("Block", 26),
)
_ABOUT = (
    "Each row is an element of consent and one text that gives it; an element with several texts has several rows.",
    '"Found" means that the text is present, never that it is good enough.',
    "Elements and citations are in our own words. From memory: the wording of the rule was not read, and has to be "
    "checked before anybody relies on it.",
    '"Not applicable": only where the rule itself is conditional, or a named person recorded why it is not said.',
)
_SHEET_NAME, _NOT_IN_NAMES = 31, re.compile(r"[\[\]:*?/\\]")
_ALWAYS = "1980-01-01T00:00:00Z"  # the checklist is about the study as it is; the same study, the same bytes


def checklist_book(read: Iterable[FormRead], study: str) -> bytes:
    """Return the workbook's bytes; `study` is its short title."""
    forms = tuple(read)
    tables = [_sheet(number, one) for number, one in enumerate(forms, start=1)]
    return workbook_of("Checklist of Elements of Consent", _ALWAYS, [_applied(forms), *tables], _ABOUT, study)


def _applied(forms: tuple[FormRead, ...]) -> Table:
    names = {pack.id: pack.name for pack in packs()}
    lines: list[list[Cell]] = [
        [form.paper.stem, names[one.pack], "yes" if one.applies else "no", one.reason]
        for form in forms
        for one in form.packs
    ]
    columns = (("Form", 32), ("Rule", 36), ("Applies", 9), ("Why, by recorded answers", 90))
    return Table("Rules", "Which rules apply, and why", columns, lines)


def _sheet(number: int, form: FormRead) -> Table:
    name = f"{number} {_NOT_IN_NAMES.sub(' ', form.paper.stem)}"[:_SHEET_NAME]
    lines = [row for one in form.standings for row in _rows(one)]
    return Table(name, f"{form_title(form)}: {form.paper.stem}", _COLUMNS, lines)


def _rows(one: Standing) -> Iterator[list[Cell]]:
    element = one.element
    name = next(pack.name for pack in packs() if pack.id == element.pack)
    head: list[Cell] = [name, element.id, element.cited, element.about, one.state]
    for each in one.evidence:
        place = each.section if each.document is None else f"{each.section} ({each.document})"
        yield [*head, place, each.page, each.words, one.why, each.block]
    if not one.evidence:
        yield [*head, None, None, None, one.why, None]
