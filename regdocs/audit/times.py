"""When an entry was provably written: between evidence recorded before it and evidence over a head that holds it.

Knows cosignatures by cosigners that the trust file lists, and time-stamp tokens when the reader gave roots for them
(`timestamp.py`). That somebody's clock is right is for the reader to judge.
Source: docs/formats/audit-log.md, "Time".
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint
from regdocs.audit.cosignature import cosignatures
from regdocs.audit.evidence import Evidence
from regdocs.audit.heads import Heads, Read, read_head
from regdocs.audit.note import COSIGNATURE, BadSignature, Key, NotANote, Note
from regdocs.audit.signatures import Placed
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Asked, Head, Interval, Notes
from regdocs.canonical import sha256_hex

_LATEST = int(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC).timestamp())


class Times:
    """Evidence of time, gathered from anchors and heads."""

    def __init__(self, evidence: Evidence, notes: Notes, asked: Asked) -> None:
        self._evidence, self._notes, self._roots = evidence, notes, asked.timestamp_roots
        self._cosigners: tuple[Key, ...] = asked.trust.cosigners if asked.trust else ()
        self._before: list[tuple[int, int]] = []  # entry of the anchor, time: later entries are not older
        self._after: list[tuple[int, int]] = []  # size of the head, time: entries in it are not younger

    def of_anchors(self, anchors: Sequence[Placed], heads: Heads) -> None:
        """Judge what `anchor` entries keep, and take times from it."""
        for placed in anchors:
            size, digest = placed.entry["size"], placed.entry["object"]
            data = self._evidence.object(digest)
            if data is None or sha256_hex(data) != digest:
                continue  # told where objects are looked for
            if placed.entry["kind"] == "timestamp":
                self._of_token(placed, data, heads.root(size))
                continue
            head = heads.anchored(f"the head anchored in entry {placed.n}", data, size, placed.n)
            if head is not None:
                self._of_anchor(placed, head)

    def of_heads(self, heads: Sequence[Head]) -> None:
        """Take times from heads from outside and from those that were kept."""
        for head in heads:
            self._of_head(head.note, head.checkpoint.size)
        for size in self._evidence.head_sizes():
            try:
                kept = read_head(self._evidence.head(size) or b"")
            except (NotANote, NotACheckpoint):
                continue  # told where kept heads are judged
            self._of_head(kept.note, kept.checkpoint.size)
            token = self._evidence.token(size)
            time = self._stamped(f"heads/{size}.tsr", token, kept.note.text, None) if token else None
            if time is not None:
                self._after.append((size, time))

    def interval(self, entry: int) -> Interval:
        """Return between which moments an entry was written, as far as anything shows it without contradiction."""
        before = [time for anchor, time in self._before if anchor < entry]
        after = [time for size, time in self._after if size > entry]
        if before and after and max(before) > min(after):
            return Interval(entry, None, None, contradicts=True)
        return Interval(entry, _text(max(before)) if before else None, _text(min(after)) if after else None)

    def _of_anchor(self, placed: Placed, head: Read) -> None:
        times = self._cosigned(head.note)
        if not times:
            self._notes.tell("the anchored head has no cosignature of a trusted cosigner", placed.n)
            return
        if placed.entry["time"] not in [_text(time) for time in times]:
            message = f"no trusted cosigner signed at {placed.entry['time']}"
            self._notes.fault(Verdict.ALTERED, message, placed.n)
            return
        self._before.append((placed.n, max(times)))
        self._after.append((head.checkpoint.size, min(times)))

    def _of_token(self, placed: Placed, token: bytes, head: Checkpoint | None) -> None:
        if head is None or head.size > placed.n:
            self._notes.tell("a time-stamp token is kept, of a size that the log did not have then", placed.n)
            return
        time = self._stamped("the time-stamp token", token, head.text, placed.n)
        if time is None:
            return
        if placed.entry["time"] != _text(time):
            message = f"the time-stamp is of {_text(time)}, not of {placed.entry['time']}"
            self._notes.fault(Verdict.ALTERED, message, placed.n)
            return
        self._before.append((placed.n, time))
        self._after.append((head.size, time))

    def _stamped(self, name: str, token: bytes, text: str, entry: int | None) -> int | None:
        """Return the time of a time-stamp over a head's text, when it holds under the reader's roots."""
        if self._roots is None:
            self._notes.tell(f"{name} was not verified: no roots were given (--timestamp-roots)", entry)
            return None
        from regdocs.audit.timestamp import BadTimestamp, NotATimestamp, timestamp_time

        try:
            return int(timestamp_time(token, text.encode("utf-8"), self._roots).timestamp())
        except (BadTimestamp, NotATimestamp) as error:
            self._notes.tell(f"{name} does not hold under the roots that were given: {error}", entry)
            return None

    def _of_head(self, note: Note, size: int) -> None:
        others = sum(len(signature.data) == 72 for signature in note.signatures)
        times = self._cosigned(note)
        self._after += [(size, time) for time in times]
        if others > len(times):
            self._notes.tell(f"the head of size {size} has cosignatures of others than trusted cosigners")

    def _cosigned(self, note: Note) -> list[int]:
        try:
            found = cosignatures(note, [key for key in self._cosigners if key.kind == COSIGNATURE])
        except BadSignature:
            return []  # told where the head is judged
        return [time for _, time in found if time <= _LATEST]


def _text(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
