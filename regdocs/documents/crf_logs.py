"""The logs of a case report form: entries over the whole study, on wide pages.

Knows how much room an answer takes, and so whether each field has a column of its own or several fields share one.
Does not know what a field asks (`crf_fields.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from regdocs.documents.crf_fields import Field, FormText, form_text, note_structure
from regdocs.documents.shown import Name, Reader
from regdocs.spec.forms import Form, FormField
from regdocs.spec.known import Known

# Millimetres: the text of a wide page, the column of entry numbers, what an answer needs.
_PAGE_MM, _NUMBER_MM = 257, 20
_WIDTHS_MM = {"text": 42, "long-text": 62, "date": 56, "time": 30, "yes-no": 28, "initials": 22, "tick": 16}
_NUMBER_WIDTH_MM, _CHOICE_WIDTH_MM = 34, 44
_SHARED_COLUMNS, _CHARACTERS_A_LINE = 4, 36
_LINE_MM, _YES_NO_CHARACTERS = 4, 18
_ANSWERS_MM = {"text": 7, "long-text": 18, "date": 9, "time": 9, "number": 9, "initials": 9}
_ENTRIES = 6  # where the protocol does not say how many


@dataclass(frozen=True, slots=True)
class Log:
    """A log.

    Attributes:
        whole: Questions about the log as a whole ("Any adverse event"), asked once above the entries.
        number: The field that numbers an entry; None where entries carry printed numbers.
        columns: The fields of an entry: one a column, or several below each other.
        shared: Whether a column holds several fields, each with its question beside it.
        shares: Relative widths, the column of numbers first.
        entries: Numbers of the empty entries.
    """

    form: FormText
    whole: tuple[Field, ...]
    number: Field | None
    columns: tuple[tuple[Field, ...], ...]
    shared: bool
    shares: Name
    entries: tuple[int, ...]


def log_of(form: Form, reader: Reader) -> Log:
    """Return a log with its empty entries."""
    text = form_text(form, reader)
    note_structure(reader, f"/forms/{form.id}", "log_rows")
    pairs = list(zip(form.fields, text.fields, strict=True))
    entry = [pair for pair in pairs if not _asks_of_whole(form, pair[0]) and not _numbers_entry(form, pair[0])]
    widths = [_width_mm(field) for field, _ in entry]
    shared = sum(widths) > _PAGE_MM - _NUMBER_MM
    return Log(
        form=text,
        whole=tuple(shown for field, shown in pairs if _asks_of_whole(form, field)),
        number=next((shown for field, shown in pairs if _numbers_entry(form, field)), None),
        columns=_shared(entry) if shared else tuple((shown,) for _, shown in entry),
        shared=shared,
        shares=_shares(_SHARED_COLUMNS, None) if shared else _shares(len(widths), widths),
        entries=tuple(range(1, (form.log_rows or _ENTRIES) + 1)),
    )


def _asks_of_whole(form: Form, field: FormField) -> bool:
    """CDASH asks `--YN` ("Were there any …") once for a domain, not for each entry."""
    return form.cdash_domain is not None and field.cdash == f"{form.cdash_domain}YN"


def _numbers_entry(form: Form, field: FormField) -> bool:
    """CDASH's `--SPID` is the number of an entry."""
    return form.cdash_domain is not None and field.cdash == f"{form.cdash_domain}SPID"


def _shares(count: int, widths: Sequence[int] | None) -> Name:
    rest = widths or [(_PAGE_MM - _NUMBER_MM) // count] * count
    return Name(" ".join(str(width) for width in (_NUMBER_MM, *rest)))


def _width_mm(field: FormField) -> int:
    if field.type == "number":
        return _NUMBER_WIDTH_MM
    return _WIDTHS_MM.get(field.type, _CHOICE_WIDTH_MM)


# ------------------------------------------------------------------------------------------------- shared columns


def _shared(pairs: Iterable[tuple[FormField, Field]]) -> tuple[tuple[Field, ...], ...]:
    """Return the fields in their order, cut into columns whose highest is as low as can be."""
    fields = list(pairs)
    heights = [_height_mm(field) for field, _ in fields]
    cuts = _cuts(heights, _SHARED_COLUMNS)
    return tuple(tuple(shown for _, shown in fields[start:end]) for start, end in pairwise(cuts))


def _cuts(heights: Sequence[int], columns: int) -> list[int]:
    """Return where columns begin and the last ends, for the lowest height that needs no more than `columns`."""
    for room in range(max(heights), sum(heights) + 1):
        cuts = _filled(heights, room)
        if len(cuts) <= columns + 1:
            return [*cuts, *[len(heights)] * (columns + 1 - len(cuts))]
    return [0, len(heights)]


def _filled(heights: Sequence[int], room: int) -> list[int]:
    cuts, used = [0], 0
    for index, height in enumerate(heights):
        if used + height > room:
            cuts.append(index)
            used = 0
        used += height
    return [*cuts, len(heights)]


def _height_mm(field: FormField) -> int:
    """Return about how high a field stands: its question with the CDASH name, its instruction, its answer."""
    question = _length(field.label) + (len(field.cdash) + 1 if field.cdash else 0)
    choices = sum(_length(choice.label) + 5 for choice in field.choices)
    note = _LINE_MM * _lines(_length(field.instruction))
    if field.type == "yes-no":
        return _lines(question + _YES_NO_CHARACTERS) * (_LINE_MM + 1) + note
    return _lines(question) * _LINE_MM + note + _lines(choices) * (_LINE_MM + 1) + _ANSWERS_MM.get(field.type, 2)


def _length(words: Known[str] | None) -> int:
    return 0 if words is None else len(words.value or words.todo or "")


def _lines(characters: int) -> int:
    return -(-characters // _CHARACTERS_A_LINE)
