"""Values of the protocol that read otherwise in the file, and where the same value stands unchanged."""

from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.content.model import Value
from regdocs.returned.comparison import Comparison, Held
from regdocs.returned.printed import Segment
from regdocs.returned.stretches import Stretch, narrowed


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
            now = text_now(held, segment)
            if now is not None or not _still_said(held, segment.value):
                found.append(ChangedValue(held, segment.value, now, tuple(_elsewhere(comparison, held, segment.value))))
    return tuple(found)


def text_now(held: Held, segment: Segment) -> str | None:
    """Return what a stretch of a paragraph reads in the file; None where a change goes beyond its ends."""
    text = held.printed.text[segment.start : segment.end]
    for change in reversed(held.changes):
        if not _touches(change, segment):
            continue
        change = change if _within(change, segment) else narrowed(change)
        if not _within(change, segment):
            return None
        start, stop = change.start - segment.start, change.end - segment.start
        text = text[:start] + change.new + text[stop:]
    return " ".join(text.split())


def _within(change: Stretch, segment: Segment) -> bool:
    return segment.start <= change.start and change.end <= segment.end


def _touches(change: Stretch, segment: Segment) -> bool:
    """Tell whether a change is one of these words; what was only put in at an end may belong to the words beside."""
    if change.start == change.end:
        return segment.start < change.start < segment.end
    return change.start < segment.end and change.end > segment.start


def _touched(segment: Segment, changes: tuple[Stretch, ...]) -> bool:
    return any(_touches(one, segment) for one in changes)


def _still_said(held: Held, value: Value) -> bool:
    said = "" if held.paragraph is None else held.paragraph.now
    return f" {value.text.strip()} ".translate(_AROUND) in f" {said} ".translate(_AROUND)


_AROUND = dict.fromkeys(map(ord, ".,;:()"), " ")


def _elsewhere(comparison: Comparison, but: Held, value: Value) -> Iterator[Held]:
    """Yield the paragraphs that still say the value; where several protocol values were read, all of them count."""
    for held in comparison.held:
        if held is but or held.gone:
            continue
        for segment in held.printed.segments:
            same = segment.value is not None and (segment.value.paths, segment.value.text) == (value.paths, value.text)
            if same and not _touched(segment, held.changes):
                yield held
                break
