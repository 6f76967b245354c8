"""Values of the protocol that read otherwise in the file, and where the same value stands unchanged."""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.content.model import Value
from regdocs.returned.comparison import Comparison, Held
from regdocs.returned.printed import Segment
from regdocs.returned.stretches import Stretch, changed_text


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """A value of the protocol that a paragraph of the file gives otherwise.

    Attributes:
        held: The paragraph.
        value: As the study prints it, with its protocol paths.
        now: What stands in its place; None where the words around it changed too and it is not among them.
        elsewhere: Other paragraphs of the file in which the same value stands as the study has it.
    """

    held: Held
    value: Value
    now: str | None
    elsewhere: tuple[Held, ...] = ()


def changed_values(comparison: Comparison) -> tuple[ChangedValue, ...]:
    """Return the values that changed, in the order of the document; of paragraphs that are gone none."""
    found = []
    for held in comparison.held:
        for segment in held.printed.segments if held.changes and not held.gone else ():
            if segment.value is None or not _touched(segment, held.changes):
                continue
            own = [one for one in held.changes if _touches(one, segment)]
            now = changed_text(held.printed.text, segment.start, segment.end, own)
            if now is not None or not _still_said(held, segment.value.text):
                found.append(ChangedValue(held, segment.value, now, tuple(_elsewhere(comparison, held, segment.value))))
    return tuple(found)


def _touches(change: Stretch, segment: Segment) -> bool:
    """Tell whether a change is one of these words; what was only put in at an end may belong to the words beside."""
    if change.start == change.end:
        return segment.start < change.start < segment.end
    return change.start < segment.end and change.end > segment.start


def _touched(segment: Segment, changes: tuple[Stretch, ...]) -> bool:
    return any(_touches(one, segment) for one in changes)


def _still_said(held: Held, text: str) -> bool:
    said = "" if held.paragraph is None else held.paragraph.now
    return f" {text.strip()} ".translate(_AROUND) in f" {said} ".translate(_AROUND)


_AROUND = dict.fromkeys(map(ord, ".,;:()"), " ")


def _elsewhere(comparison: Comparison, but: Held, value: Value) -> Iterator[Held]:
    """Yield the paragraphs that still say the value, or a number with the same words around it."""
    for held in comparison.held:
        if held is not but and not held.gone and (_prints(held, value) or _says_amount(held, value.text)):
            yield held


def _prints(held: Held, value: Value) -> bool:
    return any(
        segment.value is not None
        and (segment.value.paths, segment.value.text) == (value.paths, value.text)
        and not _touched(segment, held.changes)
        for segment in held.printed.segments
    )


def _says_amount(held: Held, text: str) -> bool:
    """Tell whether the same number with its unit is written out; a number alone may mean anything."""
    amount = any(map(str.isdigit, text)) and any(map(str.isalpha, text)) and len(text.split()) > 1
    return amount and _still_said(held, text)
