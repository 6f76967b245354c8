"""The lines of one append as they come to stand: numbered, chained, timed, with long values outlined as objects.

Knows what a line must have to follow another (docs/formats/audit-log.md, "A line"); touches no file. Everything that
can be refused about a record is refused here, before anything is written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from regdocs.audit.entry import TOOL, problems_of
from regdocs.audit.forms import is_time
from regdocs.audit.line import Json, NotALine, encode, parse
from regdocs.audit.references import outline
from regdocs.audit.tail import LogDisagrees, Tail
from regdocs.audit.tree import leaf_hash
from regdocs.errors import Refusal

_LONG = 4096  # bytes; an entry up to this has no value that is longer


class RecordRefused(Refusal):
    """A record cannot be an entry; nothing was written."""


class PlacedEntry(NamedTuple):
    """An entry that has its place in this append.

    Attributes:
        n: Its number.
        leaf: Its leaf hash.
        at: Its time.
        entry: All of it, as it will be read.
    """

    n: int
    leaf: bytes
    at: str
    entry: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Placed:
    """What a record is told that must know its own place.

    Attributes:
        n: The number it will have.
        at: The time it will have.
        entries: What comes before it in the same append, the tool's own `recovered` and `clock` among it.
    """

    n: int
    at: str
    entries: Sequence[PlacedEntry]


Record: TypeAlias = Mapping[str, Json] | Callable[[Placed], Mapping[str, Json]]


class Placing:
    """Lines that will be written behind a log's tail."""

    def __init__(self, tail: Tail, at: str) -> None:
        """Begin behind the tail. When the clock stands before the last line, a `clock` entry comes first.

        Raises:
            RecordRefused: `at` is no moment of the form that entries have.
            LogDisagrees: The last line is not one that we write.
        """
        if not is_time(at):
            raise RecordRefused(f"{at!a} is not a time of the form 2026-03-01T14:02:11Z")
        self.frontier = tail.frontier
        self.entries: list[PlacedEntry] = []
        self.lines: list[bytes] = []
        self.objects: dict[str, bytes] = {}
        self._n = tail.frontier.size
        self._leaf = tail.leaf
        self._at = max(at, _last_at(tail) or at)
        if self._at != at:
            self.place({"do": "clock", "by": TOOL, "reads": at})

    def place(self, record: Record) -> None:
        """Give the record the next place.

        Raises:
            RecordRefused: Keys that its kind needs are missing or of a wrong form, a value is not of the profile, or
                the line is too long even with its long values outlined.
        """
        own = record(Placed(self._n, self._at, self.entries)) if callable(record) else record
        if "n" in own or "prev" in own or "at" in own:
            raise RecordRefused('"n", "prev" and "at" are given by the append, not by a record')
        entry, line = self._outlined({**own, "n": self._n, "prev": self._leaf.hex(), "at": self._at})
        if problems := problems_of(entry):
            raise RecordRefused(f"{_told(entry)} cannot be recorded: {'; '.join(problems)}")
        self._add(entry, line)

    def finish(self) -> Mapping[str, Json]:
        """Bring the last leaf into the tree as well; return the tree's JSON before that, for `tail.remember`."""
        before = self.frontier.to_json()
        self.frontier.append(self._leaf)
        return before

    def _outlined(self, entry: dict[str, Json]) -> tuple[Mapping[str, Json], bytes]:
        """Return the entry as it is written, and its line; only entries that may need it are looked through."""
        try:
            line = encode(entry)
            if len(line) <= _LONG and "what" not in entry:
                return entry, line
        except NotALine:
            pass  # perhaps it is only too long
        try:
            short, objects = outline(entry)
            line = encode(short)
        except NotALine as error:
            raise RecordRefused(f"{_told(entry)} cannot be recorded: {error}") from error
        self.objects.update(objects)
        return short, line

    def _add(self, entry: Mapping[str, Json], line: bytes) -> None:
        if self.lines:
            self.frontier.append(self._leaf)  # the last leaf is held back: see `finish`
        self._leaf = leaf_hash(line)
        self.lines.append(line)
        self.entries.append(PlacedEntry(self._n, self._leaf, self._at, entry))
        self._n += 1


def _last_at(tail: Tail) -> str | None:
    if tail.last is None:
        return None
    try:
        at = parse(tail.last)["at"]
    except (NotALine, KeyError) as error:
        raise LogDisagrees('the last line of the log is not one we write; run "regdocs verify"') from error
    if not isinstance(at, str) or not is_time(at):
        raise LogDisagrees('the last line of the log has no time; run "regdocs verify"')
    return at


def _told(entry: Mapping[str, Json]) -> str:
    return f'entry {entry["n"]} ("{entry.get("do")}")'
