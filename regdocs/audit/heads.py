"""Heads of the log: its own checkpoint, those that were kept, those from outside; who signed them, and their roots.

Knows checkpoints and keys; the roots of the log itself are handed in.
Source: docs/formats/audit-log.md, "So that two readers agree", Heads.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.audit.authority import Authority
from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint, parse_checkpoint
from regdocs.audit.evidence import Evidence
from regdocs.audit.footer import Footer
from regdocs.audit.note import BadSignature, Key, NotANote, Note, parse_note, verified
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Head, Notes


@dataclass(frozen=True, slots=True)
class Read:
    """A note that is a checkpoint."""

    note: Note
    checkpoint: Checkpoint


def read_head(data: bytes) -> Read:
    """Return the checkpoint of a note's bytes.

    Raises:
        NotANote, NotACheckpoint: It is none.
    """
    note = parse_note(data)
    return Read(note, parse_checkpoint(note.text))


class Heads:
    """Judges heads of one log, once it has been read."""

    def __init__(
        self,
        evidence: Evidence,
        notes: Notes,
        authority: Authority | None,
        trust: Trust | None,
        roots: Mapping[int, bytes],
        own: Read | None,
    ) -> None:
        self._evidence, self._notes, self._authority, self._trust = evidence, notes, authority, trust
        self._roots, self._own = roots, own
        self._own_holds = False

    def own(self, size: int) -> None:
        """Judge the log's own checkpoint; `size` lines of those it covers are there."""
        if self._own is None:
            return
        head = self._own.checkpoint
        before = len(self._notes.faults)
        if self._authority is not None and head.origin != self._authority.origin:
            self._notes.fault(Verdict.ALTERED, f'the checkpoint is one of another log, "{head.origin}"')
        self._signed("the checkpoint", self._own)
        if size == head.size and self._roots.get(size) != head.root:
            cause = "lines were changed and chained anew, or the checkpoint is another one"
            self._notes.fault(Verdict.ALTERED, self._which_root("the checkpoint", head), None, cause)
        self._own_holds = len(self._notes.faults) == before and size == head.size

    def kept(self) -> None:
        """Judge the heads under `heads/`."""
        for size in self._evidence.head_sizes():
            name = f"heads/{size}.note"
            head = self._readable(name, self._evidence.head(size), size)
            if head is not None:
                self._own_log(name, head, Verdict.ALTERED)
                self._signed(name, head)
                self._beside(name, head, Verdict.ALTERED)

    def anchored(self, name: str, data: bytes, size: int, entry: int) -> Read | None:
        """Judge a head that an `anchor` entry keeps; return it when it can be read."""
        head = self._readable(name, data, size, entry)
        if head is None:
            return None
        if head.checkpoint.size > entry:
            self._notes.fault(Verdict.ALTERED, f"{name} is larger than the log was then", entry)
        self._own_log(name, head, Verdict.ALTERED)
        self._signed(name, head)
        if head.checkpoint.size <= entry:
            self._beside(name, head, Verdict.ALTERED)
        return head

    def outside(self, heads: tuple[Head, ...], footers: tuple[Footer, ...], remembered: bool = False) -> None:
        """Judge what was kept outside, and say when there is nothing by which truncation can be decided.

        A state of an earlier verification (`remembered`) holds a head too.
        """
        decided = bool(footers) or remembered
        for head in heads:
            read = Read(head.note, head.checkpoint)
            if self._own_log(head.name, read, Verdict.UNKNOWN_KEY):
                signed = self._signed(head.name, read)
                decided = decided or signed
                self._beside(head.name, read, Verdict.FORK if signed and self._own_holds else Verdict.ALTERED)
        for footer in footers:
            self._footer(footer)
        if not decided:
            self._notes.fault(Verdict.UNDECIDED, "no head from outside was given: a cut tail would go unseen")

    # ------------------------------------------------------------------------------------------------------------ parts

    def _readable(self, name: str, data: bytes | None, size: int, entry: int | None = None) -> Read | None:
        try:
            head = read_head(data or b"")
        except (NotANote, NotACheckpoint) as error:
            self._notes.fault(Verdict.ALTERED, f"{name} cannot be read as a head: {error}", entry)
            return None
        if head.checkpoint.size != size:
            self._notes.fault(Verdict.ALTERED, f"{name} is a head of size {head.checkpoint.size}", entry)
            return None
        return head

    def _own_log(self, name: str, head: Read, verdict: Verdict) -> bool:
        if self._authority is None or head.checkpoint.origin == self._authority.origin:
            return True
        self._notes.fault(verdict, f'{name} is a head of another log, "{head.checkpoint.origin}"')
        return False

    def _beside(self, name: str, head: Read, verdict: Verdict) -> None:
        """Compare a head with the log: larger than the checkpoint, or another root at its size."""
        size = head.checkpoint.size
        if self._own is not None and size > self._own.checkpoint.size:
            message = f"{name} has {size} entries, the log's checkpoint only {self._own.checkpoint.size}"
            self._notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut, or an old copy put back")
        elif size in self._roots and self._roots[size] != head.checkpoint.root:
            cause = (
                "two different histories were signed for one log" if verdict is Verdict.FORK else "lines were changed"
            )
            self._notes.fault(verdict, self._which_root(name, head.checkpoint), None, cause)

    def _which_root(self, name: str, head: Checkpoint) -> str:
        found = self._roots[head.size].hex()[:16] if head.size in self._roots else "none"
        since = self._last_agreeing(head.size)
        where = f"entries 0 to {head.size - 1}" if since == 0 else f"entries {since} to {head.size - 1}"
        return f"{name}: its root {head.root.hex()[:16]}… is not the log's {found}…; look among {where}"

    def _last_agreeing(self, below: int) -> int:
        """Return the size of the largest kept head below that agrees with the log; what lies before it is as it was."""
        for size in reversed(self._evidence.head_sizes()):
            data = self._evidence.head(size) if size < below and size in self._roots else None
            try:
                if data is not None and read_head(data).checkpoint.root == self._roots[size]:
                    return size
            except (NotANote, NotACheckpoint):
                continue
        return 0

    def _footer(self, footer: Footer) -> None:
        if self._own is not None and footer.size > self._own.checkpoint.size:
            message = f"a page shows {footer.size} entries, the log's checkpoint only {self._own.checkpoint.size}"
            self._notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut, or an old copy put back")
        elif footer.size in self._roots and not footer.matches(self._roots[footer.size]):
            self._notes.fault(Verdict.ALTERED, f"a page shows another root at size {footer.size} than the log has")

    # ------------------------------------------------------------------------------------------------------ signatures

    def _signed(self, name: str, head: Read) -> bool:
        """Note who did not sign; tell whether the head is signed as it must be by a key that is trusted."""
        fault = self._signature_fault(name, head)
        if fault is not None:
            self._notes.faults.append(fault)
        return fault is None

    def _signature_fault(self, name: str, head: Read) -> Fault | None:
        try:
            signers = verified(head.note, self._known_keys())
        except BadSignature as error:
            return Fault(Verdict.ALTERED, f"{name}: {error}", None, "it was changed after it was signed")
        if self._authority is None:
            listed = self._trust.log if self._trust else ()
            return None if set(listed) & set(signers) else Fault(Verdict.UNKNOWN_KEY, f"{name}: no known key signed it")
        needed = self._authority.log_key_at(head.checkpoint.size).key
        if needed not in signers:
            return Fault(Verdict.UNKNOWN_KEY, f"{name} is not signed by the log's key {needed.name}+{needed.id.hex()}")
        if not self._is_trusted(needed):
            return Fault(Verdict.UNKNOWN_KEY, f"{name}: no trusted key leads to the log's key {needed.id.hex()}")
        return None

    def _known_keys(self) -> list[Key]:
        known = list(self._trust.log + self._trust.cosigners) if self._trust else []
        if self._authority is not None:
            known += [one.key for one in self._authority.log_keys]
            known += [one.key for one in self._authority.keys.values()]
        return list(dict.fromkeys(known))

    def _is_trusted(self, key: Key) -> bool:
        """Tell whether a key of the log is vouched for, or joined by kept heads to one that is."""
        assert self._authority is not None
        keys = [one.key for one in self._authority.log_keys]
        vouched = set(self._trust.log) if self._trust else {keys[0]}
        place = keys.index(key)
        for step in (-1, 1):
            here = place
            while 0 <= here < len(keys):
                if keys[here] in vouched:
                    return True
                if not self._joined(max(here, here + step)):
                    break
                here += step
        return False

    def _joined(self, later: int) -> bool:
        """Tell whether a kept head joins the log's key of this number to the one before it."""
        assert self._authority is not None
        if not 0 < later < len(self._authority.log_keys):
            return False
        new, old = self._authority.log_keys[later], self._authority.log_keys[later - 1]
        size = next((size for size in self._evidence.head_sizes() if size > new.brought), None)
        try:
            head = read_head((self._evidence.head(size) if size else None) or b"")
            signers = verified(head.note, (new.key, old.key, *new.administrators))
        except (NotANote, NotACheckpoint, BadSignature):
            return False
        return new.key in signers and bool({old.key, *new.administrators} & set(signers))
