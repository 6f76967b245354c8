"""What is told of a file that came back: findings, each at the number of its paragraph, with the paragraph quoted."""

from collections.abc import Iterator, Sequence

from regdocs.content.model import Document
from regdocs.finding import Finding, Severity
from regdocs.returned.comparison import Comparison, Held
from regdocs.returned.elements import LostElement, elements_of, lost_elements
from regdocs.returned.returned_file import FileParagraph, Piece, Remark
from regdocs.returned.stretches import Stretch
from regdocs.returned.values_changed import ChangedValue, changed_values
from regdocs.source import Position
from regdocs.spec.load import Loaded
from regdocs.spec.paths import node_at
from regdocs.spec.tree import Mapping, Scalar

CHANGED, TRACKED, GONE, ADDED, REMARK = "RET-001", "RET-002", "RET-003", "RET-004", "RET-005"
LOST_ELEMENT, OTHER_VALUE, AT_ODDS, MOVED, STRANGE = "RET-006", "RET-007", "RET-008", "RET-009", "RET-010"
_MOST_TOLD = 5
_QUOTED = 150


def returned_findings(document: Document, comparison: Comparison, loaded: Loaded, file: str) -> tuple[Finding, ...]:
    """Return everything that is told of a file, in the order of its paragraphs; `file` is its name as it was given."""
    teller = _Teller(document, loaded, file)
    found = [finding for held in comparison.held for finding in teller.paragraph(held)]
    found += [teller.added(one) for one in comparison.added]
    found += [teller.remark(one, comparison) for one in comparison.remarks]
    found += [teller.lost(one) for one in lost_elements(document, comparison)]
    for value in changed_values(comparison):
        found += teller.value(value)
    found += teller.strange(comparison.strange)
    return tuple(sorted(found, key=lambda finding: (finding.position, finding.rule)))


class _Teller:
    """Tells one thing after another of a file, against one document of the study."""

    def __init__(self, document: Document, loaded: Loaded, file: str) -> None:
        self._elements, self._loaded, self._file = elements_of(document), loaded, file

    def paragraph(self, held: Held) -> Iterator[Finding]:
        """Yield what became of a paragraph of the study."""
        block = held.printed.block
        if held.gone:
            yield self._say(GONE, Severity.WARNING, f'"{block}" is gone{_by(held)}', held.number, held.printed.text)
            return
        now = held.paragraph.now if held.paragraph is not None else ""
        hint = self._carries(held)
        if held.moved:
            yield self._say(MOVED, Severity.WARNING, f'"{block}" stands elsewhere now', held.number, now, hint)
        if held.changes and held.silent:
            told = f'"{block}" changed without a tracked change: {_listed(held.silent)}'
            yield self._say(CHANGED, Severity.WARNING, told, held.number, now, hint)
        if held.changes and held.paragraph is not None and held.paragraph.tracked:
            told = f'"{block}" has tracked changes: {_pieces(held.paragraph.tracked)}'
            yield self._say(TRACKED, Severity.WARNING, told, held.number, now, hint)

    def added(self, paragraph: FileParagraph) -> Finding:
        """Return what is told of a paragraph that only the file has."""
        told = f"a paragraph was added{_tracked_by(paragraph.tracked)}"
        return self._say(ADDED, Severity.WARNING, told, paragraph.number, paragraph.now)

    def remark(self, remark: Remark, comparison: Comparison) -> Finding:
        """Return what is told of a comment."""
        quoted = f' of "{_short(remark.quoted)}"' if remark.quoted else ""
        told = f'{remark.author or "somebody"} says{quoted}: "{remark.text}"'
        return self._say(REMARK, Severity.NOTE, told, remark.paragraph, _words_at(remark.paragraph, comparison))

    def lost(self, lost: LostElement) -> Finding:
        """Return what is told of an element that no longer stands."""
        first, count = lost.held[0], len(lost.held)
        blocks = ", ".join(f'"{one.printed.block}"' for one in lost.held[:_MOST_TOLD])
        gave = f"{blocks} gave it, and {'is' if count == 1 else 'are'} {_fate(lost)}"
        told = f"element {lost.element} no longer stands: {gave}"
        hint = (
            f'put the words back into the file; "regdocs explain {lost.element}" says what they are about. Where a '
            "board decided that they may go, record that under 'waivers:'"
        )
        return self._say(LOST_ELEMENT, Severity.ERROR, told, first.number, first.printed.text, hint)

    def value(self, changed: ChangedValue) -> Iterator[Finding]:
        """Yield what is told of a value that reads otherwise, and of the places that still say the old one."""
        was, now = changed.value.text, changed.now
        said = f'the file says "{now}"' if now else "the file no longer says it"
        told = f'"{was}" comes from {self._places(changed.value.paths)}, and {said}'
        hint = '"regdocs adopt" proposes the edit; or mend the file'
        paragraph = changed.held.paragraph
        text = paragraph.now if paragraph is not None else ""
        yield self._say(OTHER_VALUE, Severity.ERROR, told, changed.held.number, text, hint)
        if changed.elsewhere:
            first = changed.elsewhere[0]
            told = f'"{was}" still stands here{_and_in(changed.elsewhere[1:])}, and paragraph {changed.held.number} '
            told += f'says "{now}" in its place' if now else "no longer says it"
            words = first.paragraph.now if first.paragraph is not None else ""
            yield self._say(AT_ODDS, Severity.ERROR, told, first.number, words)

    def strange(self, paragraphs: Sequence[FileParagraph]) -> list[Finding]:
        """Return a note where the file has paragraphs that the study once had, or that another study has."""
        if not paragraphs:
            return []
        count, first = len(paragraphs), paragraphs[0]
        told = f"the study has {count} of the file's paragraphs no longer: the file was made from another state of it"
        hint = "compare it with the version it was made from: what differs may have been changed here, not there"
        return [self._say(STRANGE, Severity.NOTE, told, first.number, first.now, hint)]

    def _say(
        self, rule: str, severity: Severity, told: str, number: int, text: str, hint: str | None = None
    ) -> Finding:
        position = Position(max(number, 1), 1)
        return Finding(rule, severity, told, self._file, position, hint, excerpt=_short(text) or None)

    def _carries(self, held: Held) -> str | None:
        """Return a hint where the words of a paragraph give elements: whether they still do, a person has to read."""
        elements = self._elements.get(held.printed.block, ())
        return f"it gives {', '.join(elements)}: read whether it still does" if elements else None

    def _places(self, paths: Sequence[str]) -> str:
        return " and ".join(self._place(path) for path in paths[:_MOST_TOLD])

    def _place(self, path: str) -> str:
        line = self._loaded.place(path).line
        node = node_at(self._loaded.tree, path) if self._loaded.tree is not None else None
        if isinstance(node, Mapping) and (value := node.entry("value")) is not None:
            node = value.node
        there = f', "{_short(node.text)}"' if isinstance(node, Scalar) else ""
        return f"{path} ({self._loaded.file}:{line}{there})"


def _fate(lost: LostElement) -> str:
    return "gone" if all(one.gone for one in lost.held) else "gone or say something else"


def _listed(stretches: Sequence[Stretch]) -> str:
    told = "; ".join(one.told() for one in stretches[:_MOST_TOLD])
    more = len(stretches) - _MOST_TOLD
    return f"{told}; and {more} more" if more > 0 else told


def _pieces(pieces: Sequence[Piece]) -> str:
    """Return tracked changes in words, each with who made it and when."""
    told = []
    for piece in pieces[:_MOST_TOLD]:
        what = "put in" if piece.mark == "inserted" else "struck"
        told.append(f'"{_short(piece.text.strip())}" {what}{_author(piece)}')
    more = len(pieces) - _MOST_TOLD
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _author(piece: Piece) -> str:
    who = f" by {piece.author}" if piece.author else ""
    return f"{who} on {piece.date[:10]}" if piece.date else who


def _tracked_by(pieces: Sequence[Piece]) -> str:
    return f" with a tracked change{_author(pieces[0])}" if pieces else ""


def _by(held: Held) -> str:
    if held.paragraph is None or not held.paragraph.tracked:
        return ", without a tracked change"
    return f": struck with a tracked change{_author(held.paragraph.tracked[0])}"


def _and_in(held: Sequence[Held]) -> str:
    if not held:
        return ""
    numbers = ", ".join(str(one.number) for one in held[:_MOST_TOLD])
    more = f" and {len(held) - _MOST_TOLD} more" if len(held) > _MOST_TOLD else ""
    return f" and in paragraph{'' if len(held) == 1 else 's'} {numbers}{more}"


def _words_at(number: int, comparison: Comparison) -> str:
    there = (one.paragraph for one in comparison.held if one.paragraph is not None)
    return next((one.now for one in (*there, *comparison.added) if one.number == number), "")


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
