"""Edits of the study's own text by which it would say what a file says: proposed, never made here.

A value goes to protocol.yaml, words of a template to the template, words in another language to the translation. What
a rule of thumb would have to guess is not proposed: it is told with the place where a person would do it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from regdocs.content.model import Document
from regdocs.content.query import walk_tagged
from regdocs.documents.template_lines import WrittenAt
from regdocs.returned.comparison import Comparison, Held
from regdocs.returned.elements import lost_elements
from regdocs.returned.printed import Segment
from regdocs.returned.sources import Draft, Edit, Sources, Unproposed
from regdocs.returned.stretches import Stretch, changed_text, narrowed
from regdocs.returned.template_edit import edit_words, place_of_block, take_out
from regdocs.returned.translation_edit import edit_translated_value, edit_translation
from regdocs.returned.value_edit import edit_value
from regdocs.returned.words_replaced import means_more

MAX_EDITS = 200


@dataclass(frozen=True, slots=True)
class Proposals:
    """What is proposed, file by file, and what is not, with the reason."""

    edits: tuple[Edit, ...]
    unproposed: tuple[Unproposed, ...]


def propose(
    document: Document, comparison: Comparison, sources: Sources, places: WrittenAt, translated: bool
) -> Proposals:
    """Return the edits by which a document would say what a file says.

    Args:
        document: The document of the study.
        comparison: The file held against it.
        sources: The study's texts.
        places: Where the document's markup was written.
        translated: Whether the document's words come from a translation.
    """
    proposer = _Proposer(document, comparison, Draft(sources), places, translated)
    unproposed = [*proposer.changed(), *proposer.gone(), *proposer.others()]
    return Proposals(proposer.draft.edits(), tuple(sorted(unproposed, key=lambda one: one.number)))


class _Proposer:
    """Goes through what differs, makes each edit in a draft, and yields what cannot be made."""

    def __init__(
        self, document: Document, comparison: Comparison, draft: Draft, places: WrittenAt, translated: bool
    ) -> None:
        self._document, self._comparison, self.draft = document, comparison, draft
        self._places, self._translated = places, translated
        self._wanted: dict[str, str] = {}  # what a value of the protocol is to say, by its path
        self._marked = {one.id for one in walk_tagged(document) if one.clauses}
        self._done: set[tuple[str, str, str]] = set()  # words of a template that were replaced
        self._found: dict[str, tuple[str, int] | None] = {}  # where each block was written
        self._count = 0

    def changed(self) -> Iterator[Unproposed]:
        """Make the edits for paragraphs whose words changed."""
        for held in self._comparison.held:
            if held.changes and not held.gone:
                yield from self._paragraph(held)

    def gone(self) -> Iterator[Unproposed]:
        """Make the edits for paragraphs that are gone, where no element goes with them; the last first.

        A line that goes moves those below it, and the places of those above stay right.
        """
        lost = {id(one) for element in lost_elements(self._document, self._comparison) for one in element.held}
        for held in reversed(self._comparison.held):
            if held.gone and (why := self._why_stays(held, id(held) in lost)):
                yield Unproposed(held.number, f'"{held.printed.block}" is gone', why)

    def others(self) -> Iterator[Unproposed]:
        """Yield what nobody can propose: new paragraphs, moves."""
        blocks = sorted((one.number, one.printed.block) for one in self._comparison.held if one.paragraph is not None)
        for one in self._comparison.added:
            place = bisect_left(blocks, (one.number, ""))
            before = blocks[place - 1][1] if place else ""
            why = f"a new paragraph needs an id, and a person who says what it gives; it would stand {self._at(before)}"
            yield Unproposed(one.number, f'a paragraph was added: "{_short(one.now)}"', why)
        for held in self._comparison.held:
            if held.moved:
                why = f"the order is the template's; it is written {self._at(held.printed.block)}"
                yield Unproposed(held.number, f'"{held.printed.block}" stands elsewhere now', why)

    def _paragraph(self, held: Held) -> Iterator[Unproposed]:
        owned: dict[Segment, list[Stretch]] = {}
        for change in held.changes:
            segment = _owner(change, held)
            why = f"it lies across words of template and protocol, {self._at_block(held)}; edit it there"
            if means_more(change.new):
                segment, why = None, "it has braces or marks that a template would obey"
            if segment is None:
                yield Unproposed(held.number, change.told(), why)
            else:
                owned.setdefault(segment, []).append(change)
        for segment, changes in owned.items():
            refused = self._segment(held, segment, changes)
            if refused is not None:
                yield Unproposed(held.number, "; ".join(one.told() for one in changes), refused)

    def _segment(self, held: Held, segment: Segment, changes: list[Stretch]) -> str | None:
        """Make one edit; return why it cannot be made."""
        self._count += 1
        if self._count > MAX_EDITS:
            return f"more than {MAX_EDITS} edits are not proposed at once"
        old, new = _text(held, segment), changed_text(held.printed.text, segment.start, segment.end, changes) or ""
        if segment.value is not None:
            value = segment.value
            if self._translated and any(map(str.isalpha, old)):
                return edit_translated_value(self.draft, self._document, value, old, new)
            return edit_value(self.draft, value, old, new, self._wanted)
        if self._translated:
            return edit_translation(self.draft, self._document, held.printed.run, old, new)
        return self._words(held, old, new)

    def _words(self, held: Held, old: str, new: str) -> str | None:
        place = self._place(held.printed.block)
        if place is None:
            return "nobody knows which template wrote it"
        done = (f"{place[0]}:{place[1]}", old, new)
        if done in self._done:
            return None  # a template writes it several times
        self._done.add(done)
        if edit_words(self.draft, place, old, new):
            return None
        return f"the words do not stand in one piece at {place[0]}:{place[1]}; edit them there"

    def _why_stays(self, held: Held, lost: bool) -> str | None:
        """Take a paragraph out of its template; return why it is not taken out."""
        if lost:
            why = "a required element goes with it, which only a board's alteration of consent leaves out"
            return f"{why}; it is written {self._at_block(held)}"
        if held.printed.block in self._marked:
            return f"it gives elements of consent, and forms of other sites may rest on it; see {self._at_block(held)}"
        place = self._place(held.printed.block)
        if self._translated:
            return f"it would be gone in each language; take it out by hand {self._at_block(held)}"
        whole = held.printed.run == held.printed.block
        if place is not None and whole and take_out(self.draft, place, held.printed.block):
            return None
        return f"it is not a paragraph of its own in the template; take it out by hand {self._at_block(held)}"

    def _place(self, block: str) -> tuple[str, int] | None:
        if block not in self._found:
            self._found[block] = place_of_block(self._places, block)
        return self._found[block]

    def _at_block(self, held: Held) -> str:
        return self._at(held.printed.block)

    def _at(self, block: str) -> str:
        place = self._place(block) if block else None
        return f"at {place[0]}:{place[1]}" if place is not None else f'at "{block}"'


def _owner(change: Stretch, held: Held) -> Segment | None:
    """Return whose words a change is: of a template between values, or of one value; None for a change of both."""
    for one in (change, narrowed(change)):
        for segment in _owned(held):
            if segment.start <= one.start and one.end <= segment.end:
                return segment
    return None


def _owned(held: Held) -> list[Segment]:
    """Return the stretches of a paragraph, those of the template first and with the spaces around them."""
    segments = held.printed.segments
    wide = []
    for n, segment in enumerate(segments):
        start = segments[n - 1].end if n else segment.start
        end = segments[n + 1].start if n + 1 < len(segments) else len(held.printed.text)
        wide.append(segment if segment.value is not None else Segment(start, end, None))
    return sorted(wide, key=lambda one: one.value is not None)


def _text(held: Held, segment: Segment) -> str:
    return held.printed.text[segment.start : segment.end].strip()


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
