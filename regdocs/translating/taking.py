"""What of a workbook that came back is taken into a translation, what is not, and why.

Nothing is taken that would lose a slot, belongs to another source, or is the source itself. What is left empty stays
as the file has it. Knows texts and rows; not how files are written.
"""

import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from regdocs.documents.translate import says_the_same
from regdocs.finding import Finding, Severity
from regdocs.source import Position
from regdocs.spec.known import TODO
from regdocs.spec.yaml_characters import clean_text
from regdocs.translating.sheet import SOURCE, TRANSLATION, YES
from regdocs.translating.sheet_reading import Given, Sheet
from regdocs.translating.texts import SourceText, Work, slips_of

NOT_TAKEN = "TRN-014"
_AGAIN = "export the workbook again, and translate the text that stands there now"
_RESTORE = "regdocs exports it again; a source is changed in the study, never in its translation"
_Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A text that is taken: what it translates, its words, and whether it was there before."""

    of: SourceText
    text: str
    same: bool

    @property
    def is_new(self) -> bool:
        """Whether there was no translation of it."""
        return self.of.text is None


@dataclass(slots=True)
class Taken:
    """What came of one sheet.

    Attributes:
        work: The kind and language it is about.
        changes: What is taken, in the order of the document.
        kept: Names of texts that were emptied in the workbook, and stay as they were.
        rejected: Why each row that is not taken is not.
        lacking: How many texts are still without a translation that can be printed, when the changes are in.
    """

    work: Work
    changes: list[Change] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    rejected: list[Finding] = field(default_factory=list)
    lacking: int = 0


class _NotTaken(ValueError):
    """A row is not taken; the message says why, the column where to look."""

    def __init__(self, message: str, hint: str, column: int = TRANSLATION) -> None:
        super().__init__(message)
        self.hint, self.column = hint, column


def take(work: Work, sheet: Sheet, file: str) -> Taken:
    """Return what is taken of a sheet; `file` is the workbook's name as findings show it."""
    taken = Taken(work)
    texts: dict[_Key, SourceText] = {one.key: one for one in work.texts}
    counted = Counter(_key(given) for given in sheet.rows)
    changed: dict[_Key, Change] = {}
    for given in map(_normal, sheet.rows):
        try:
            one = _of_source(given, texts, counted)
            change = _change(one, given) if one else None
            if change is not None:
                changed[_key(given)] = change
            elif one and one.text is not None and not given.text and not given.same and one.state == "current":
                taken.kept.append(one.name)
        except _NotTaken as error:
            taken.rejected.append(_finding(error, given, sheet, file))
    taken.changes = [changed[one.key] for one in work.texts if one.key in changed]
    taken.lacking = sum(one.state in ("missing", "stale", "broken") for one in work.texts if one.key not in changed)
    return taken


def _normal(given: Given) -> Given:
    """Return a row with its letters composed: some systems store a letter and its accent apart."""
    return replace(given, text=unicodedata.normalize("NFC", given.text), same=given.same.casefold())


def _key(given: Given) -> _Key:
    return given.part, given.name if given.part == "text" else given.digest


def _of_source(given: Given, texts: Mapping[_Key, SourceText], counted: Counter[_Key]) -> SourceText | None:
    """Return what a row translates; None where it says nothing and is about nothing that there is."""
    one, says = texts.get(_key(given)), bool(given.text or given.same or given.problem)
    if given.problem is not None:
        raise _NotTaken(f'"{given.name}": {given.problem}', "write it as text")
    if says and counted[_key(given)] > 1:
        raise _NotTaken(f'"{given.name}" stands in several rows', "leave one of them")
    if one is None and says:
        raise _NotTaken(
            f'there is no text "{given.name}" to translate', "export the workbook again: the study has changed"
        )
    if one is not None and given.digest != one.digest and (says and given.text != one.text):
        raise _NotTaken(f'the source of "{given.name}" has changed since the workbook was written', _AGAIN, SOURCE)
    if one is not None and given.digest == one.digest and given.source.split() != one.source.split():
        raise _NotTaken(f'the source of "{given.name}" was altered in the workbook', _RESTORE, SOURCE)
    return one if one is not None and given.digest == one.digest else None


def _change(one: SourceText, given: Given) -> Change | None:
    """Return what a row changes; None where it changes nothing."""
    if given.same not in ("", YES):
        raise _NotTaken(f'"{one.name}": under "Same" stands "{given.same[:40]}"', f'write "{YES}", or leave it empty')
    same, text = given.same == YES, given.text
    if text.startswith(TODO) or (not text and not same):
        return None
    if same:
        text = _as_source(one, text)
    elif says_the_same(text, one.source):
        raise _NotTaken(
            f'the translation of "{one.name}" is the source itself', f'translate it, or write "{YES}" under "Same"'
        )
    _demand_printable(one, text)
    unchanged = one.state in ("current", "as its source") and (text, same) == (one.text, one.same)
    return None if unchanged else Change(one, text, same)


def _as_source(one: SourceText, text: str) -> str:
    if text and not says_the_same(text, one.source) and not (one.same and text == one.text):
        raise _NotTaken(f'"{one.name}" is said to read the same, and has another translation', "leave one of the two")
    return text or one.source


def _demand_printable(one: SourceText, text: str) -> None:
    if clean_text(text) != text or "\t" in text:
        raise _NotTaken(f'"{one.name}" has a character that cannot be seen, or turns the direction', "write it anew")
    if "\n" in text:
        raise _NotTaken(
            f'"{one.name}" has a new line in its cell', "write <br/> where a new line is meant, else a space"
        )
    slips = slips_of(text, one.inlines) if one.part == "text" else None
    if slips is not None:
        raise _NotTaken(f'"{one.name}": {slips}', f"the source is: {one.source}")


def _finding(error: _NotTaken, given: Given, sheet: Sheet, file: str) -> Finding:
    message = f"sheet {sheet.name}: {error}"
    return Finding(NOT_TAKEN, Severity.ERROR, message, file, Position(given.row, error.column + 1), error.hint)
