"""The fields of case report forms as templates print them: question, place for the answer, CDASH name.

Knows which boxes a type of answer needs; does not know when a form is filled in (`crf_visits.py`) or how entries of a
log are laid out (`crf_logs.py`).
"""

from dataclasses import dataclass

from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.forms import Form, FormField

# Up to this many characters of labels stand on one line of the answer column; more stand one below the other.
_ROOM_FOR_CHOICES = 44

# The boxes of answers that look the same in every study; letters are explained on the page of conventions.
_COMBS = {"date": "dd-MMM-yyyy", "time": "HH:mm", "initials": "AAA"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to tick."""

    id: Name
    label: Shown


@dataclass(frozen=True, slots=True)
class Field:
    """One question.

    Attributes:
        type: The kind of answer, as in protocol.yaml.
        comb: Pattern of the boxes for single characters, or None where there are no boxes.
        stacked: Whether the choices stand one below the other.
    """

    id: Name
    label: Shown
    instruction: Shown | None
    cdash: Shown | None
    type: Name
    comb: Name | None
    unit: Shown | None
    choices: tuple[Choice, ...]
    stacked: bool


@dataclass(frozen=True, slots=True)
class FormText:
    """What every copy of a form says.

    Attributes:
        two_persons: Whether two persons check and sign each copy.
        adverse_events: Whether it collects adverse events, so that the reporting contact must stand on it.
    """

    id: Name
    number: Shown
    title: Shown
    instruction: Shown | None
    fields: tuple[Field, ...]
    two_persons: bool
    adverse_events: bool


def form_text(form: Form, reader: Reader) -> FormText:
    """Return the words and questions of a form."""
    path = f"/forms/{form.id}"
    note_structure(reader, path, "kind", "fields", "verified_by_two", "cdash_domain")
    return FormText(
        id=Name(form.id),
        number=reader.fact(form.id, f"{path}/id"),
        title=reader.show(form.title),
        instruction=reader.maybe(form.instruction),
        fields=tuple(_field(field, f"{path}/fields/{field.id}", reader) for field in form.fields),
        two_persons=form.verified_by_two,
        adverse_events=form.cdash_domain == "AE",
    )


def note_structure(reader: Reader, path: str, *keys: str) -> None:
    """Tell the reader that the layout depends on these keys, which are never printed."""
    reader.note(*(f"{path}/{key}" for key in keys))


def _field(field: FormField, path: str, reader: Reader) -> Field:
    note_structure(reader, path, "type", "digits", "decimals", "choices")
    return Field(
        id=Name(field.id),
        label=reader.show(field.label),
        instruction=reader.maybe(field.instruction),
        cdash=None if field.cdash is None else reader.fact(field.cdash, f"{path}/cdash"),
        type=Name(field.type),
        comb=_comb(field),
        unit=reader.maybe(field.unit),
        choices=tuple(Choice(Name(choice.id), reader.show(choice.label)) for choice in field.choices),
        stacked=_characters(field) > _ROOM_FOR_CHOICES,
    )


def _comb(field: FormField) -> Name | None:
    """Return the pattern of boxes; a number without a number of digits is written on a line."""
    if field.type != "number":
        return Name(_COMBS[field.type]) if field.type in _COMBS else None
    if not field.digits:
        return None
    decimals = f".{'n' * field.decimals}" if field.decimals else ""
    return Name("n" * field.digits + decimals)


def _characters(field: FormField) -> int:
    return sum(len(choice.label.value or choice.label.todo or "") + 4 for choice in field.choices)
