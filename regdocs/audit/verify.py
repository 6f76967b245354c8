"""Verifying a log: everything that docs/formats/audit-log.md says can be checked over bytes.

A function over what `Evidence` feeds it, line by line, so memory does not grow with the log. Knows the order of work;
each part is judged in a module of its own. Cannot check that `spec` loads to `data`, nor render documents anew: that
needs today's protocol model, and is done above (`versions/rebuild.py`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from regdocs.audit.chain import Chain, TooLong
from regdocs.audit.checkpoint import MAX_SIZE, Checkpoint, NotACheckpoint
from regdocs.audit.entry import FORMAT
from regdocs.audit.evidence import Evidence
from regdocs.audit.heads import Heads, Read, read_head
from regdocs.audit.line import MAX_LINE, NotALine, parse
from regdocs.audit.meaning import Meaning
from regdocs.audit.note import NotANote
from regdocs.audit.signatures import Placed
from regdocs.audit.state import State, state_of
from regdocs.audit.telling import told
from regdocs.audit.times import Times
from regdocs.audit.tree import Frontier, leaf_hash
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Asked, Notes, Verification

_RECENT = 8
_LF = 0x0A


@dataclass(slots=True)
class _Reading:
    """One verification under way."""

    evidence: Evidence
    asked: Asked
    notes: Notes
    own: Read | None
    state: State | None
    chain: Chain
    meaning: Meaning = field(init=False)
    recent: list[tuple[int, bytes, dict[str, Any] | None]] = field(default_factory=lambda: [(-1, b"", None)] * _RECENT)
    place: int = 0
    too_long: bool = False

    def lookup(self, n: int) -> Placed | None:
        """Return an earlier entry: one of the last few, or read again."""
        number, raw, entry = self.recent[n % _RECENT]
        if number == n:
            return Placed(n, raw, entry or {})
        found = self.evidence.line(n)
        return None if found is None else Placed(n, found, _parsed(found))


def verify(evidence: Evidence, asked: Asked, state: State | None = None) -> Verification:
    """Check everything that can be checked of a log, and say what could not be.

    All faults are reported, whatever the bytes; nothing is raised for a bad log. With a `state` of an earlier
    verification only later lines are read: earlier ones are taken as they were then.

    Raises:
        NotAState: The state is of a verification with other trusted keys, or was changed by hand.
    """
    notes = Notes()
    own = own_checkpoint(evidence, notes)
    reading = _Reading(evidence, asked, notes, own, state, Chain(notes, _sizes(evidence, asked, own)))
    reading.meaning = Meaning(evidence, notes, asked.trust, reading.lookup)
    if state is not None:
        _go_on(reading, state)
    _read_lines(reading)
    reading.meaning.finish()
    _end_of_lines(reading)
    heads, times = _judge_heads(reading)
    found = told(reading.chain, reading.meaning, own, notes, heads, times, asked, state)
    return replace(found, state=_next_state(reading))


def _go_on(reading: _Reading, state: State) -> None:
    """Begin where an earlier verification ended."""
    state.demand(reading.asked.trust)
    state.restore(reading.chain, reading.meaning)
    reading.place = state.place
    if reading.evidence.length() < state.place:
        message = f"the log is shorter than when {state.size} entries of it were verified"
        reading.notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut")
    if reading.own is not None and reading.own.checkpoint.size < state.size:
        message = f"{state.size} entries were verified before, the checkpoint covers {reading.own.checkpoint.size}"
        reading.notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut, or an old copy put back")


def _next_state(reading: _Reading) -> State | None:
    """Return what to remember: only of a log in which nothing is at fault, but that no head was given."""
    if any(fault.verdict is not Verdict.UNDECIDED for fault in reading.notes.faults):
        return None
    return state_of(reading.chain, reading.meaning, reading.place, reading.asked.trust)


def own_checkpoint(evidence: Evidence, notes: Notes) -> Read | None:
    """Return the newest checkpoint; None, and a fault noted, where none can be read. Its signature is judged later."""
    data = evidence.checkpoint()
    try:
        return read_head(data or b"")
    except (NotANote, NotACheckpoint) as error:
        reason = "there is none" if data is None else str(error)
        cause = "line endings were converted" if b"\r\n" in (data or b"") else ""
        notes.fault(Verdict.UNREADABLE, f"no checkpoint can be read: {reason}", None, cause)
        return None


def _sizes(evidence: Evidence, asked: Asked, own: Read | None) -> set[int]:
    """Return the sizes at which the root will be asked for."""
    sizes = {*evidence.head_sizes(), *(head.checkpoint.size for head in asked.heads)}
    sizes |= {footer.size for footer in asked.footers}
    return sizes | ({own.checkpoint.size} if own else set())


# ------------------------------------------------------------------------------------------------------------- lines


def _read_lines(reading: _Reading) -> None:
    n = reading.chain.tree.size
    covered = reading.own.checkpoint.size if reading.own else MAX_SIZE
    for line in reading.evidence.lines(n, reading.place):
        if n >= covered:
            reading.notes.tell("what lies after the checkpoint was never acknowledged and counts for nothing", covered)
            break
        if line[-1] != _LF and len(line) <= MAX_LINE:
            break  # what lost its LF is no line
        try:
            _read_line(reading, n, line[:-1])
        except TooLong:
            reading.too_long = True
            reading.notes.fault(Verdict.UNREADABLE, "a line of 65,536 bytes or more: reading ends here", n)
            break
        reading.place += len(line)
        n += 1


def _read_line(reading: _Reading, n: int, raw: bytes) -> None:
    entry, standing = reading.chain.take(n, raw)
    reading.recent[n % _RECENT] = (n, raw, entry)
    if n == 0 and not _is_genesis(entry):
        reading.notes.fault(Verdict.UNREADABLE, f"the first line is no genesis of {FORMAT}", 0)
    if entry is None:
        reading.meaning.pass_over()
    else:
        reading.meaning.take(n, raw, entry, standing)


def _is_genesis(entry: dict[str, Any] | None) -> bool:
    return entry is not None and entry.get("do") == "genesis" and entry.get("format") == FORMAT


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        return parse(raw)
    except NotALine:
        return {}  # told when it was read first


def _end_of_lines(reading: _Reading) -> None:
    found = reading.chain.tree.size
    if found == 0 and not reading.too_long:
        reading.notes.fault(Verdict.UNREADABLE, "there is no log, or it has no line")
    if reading.own is not None and found < reading.own.checkpoint.size and not reading.too_long:
        message = f"the log has {found} lines, its checkpoint covers {reading.own.checkpoint.size}"
        reading.notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut")


# ------------------------------------------------------------------------------------------------------------- heads


def _judge_heads(reading: _Reading) -> tuple[Heads, Times]:
    meaning, chain = reading.meaning, reading.chain
    if not reading.too_long:
        chain.roots |= _past_roots(reading)
    roots = {} if reading.too_long else chain.roots
    heads = Heads(reading.evidence, reading.notes, meaning.authority, reading.asked, roots, reading.own)
    heads.lines = None if reading.too_long else chain.tree.size
    if reading.asked.trust is None:
        message = "nothing outside this log vouches for its key: it was read from the log itself"
        reading.notes.fault(Verdict.UNKNOWN_KEY, message)
    state = reading.state
    heads.remember(None if state is None else Checkpoint(state.origin, state.size, state.root))
    heads.own()
    heads.kept()
    times = Times(reading.evidence, reading.notes, reading.asked)
    times.of_anchors(meaning.anchors, heads)
    heads.outside(decided=state is not None)
    times.of_heads(reading.asked.heads)
    return heads, times


def _past_roots(reading: _Reading) -> dict[int, bytes]:
    """Return the roots that are wanted at sizes which nobody asked for when they came by: anchors', or before a state.

    The lines are hashed once more. Of lines that were verified earlier the root has to be the one remembered.
    """
    wanted = {placed.entry["size"] for placed in reading.meaning.anchors} | reading.chain.sizes
    wanted = {size for size in wanted if 0 < size <= reading.chain.tree.size} - reading.chain.roots.keys()
    if not wanted:
        return {}
    state = reading.state
    found = roots_at(reading.evidence.lines(), wanted | ({state.size} if state else set()))
    if state is not None and found.get(state.size) != state.root:
        message = f"the first {state.size} entries are not those that were verified before"
        reading.notes.fault(Verdict.ALTERED, message, None, "they were changed since")
    return found


def roots_at(lines: Iterable[bytes], sizes: set[int]) -> dict[int, bytes]:
    """Return the roots of the first so many lines, which come with their LF, for each of these sizes."""
    tree, found, last = Frontier(), {}, max(sizes)
    for line in lines:
        tree.append(leaf_hash(line[:-1]))
        if tree.size in sizes:
            found[tree.size] = tree.root()
        if tree.size == last:
            break
    return found
