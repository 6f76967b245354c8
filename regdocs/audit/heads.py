"""Heads of the log: its own checkpoint, those that were kept, those from outside; who signed them, and their roots.

Knows checkpoints and keys; the roots of the log itself are handed in.
Source: docs/formats/audit-log.md, "So that two readers agree", Heads.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from regdocs.audit.authority import Authority
from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint, parse_checkpoint
from regdocs.audit.evidence import Evidence
from regdocs.audit.footer import Footer
from regdocs.audit.note import ED25519, BadSignature, Key, NotANote, Note, parse_note, verified
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Head, Notes


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
    """Judges heads of one log, once it has been read.

    Attributes:
        lines: How many lines were read; None when reading ended before the end, and nothing is said of lengths.
        covered: How many entries heads from outside that hold cover, the newest of them; None when there is none.
    """

    def __init__(
        self,
        evidence: Evidence,
        notes: Notes,
        authority: Authority | None,
        asked: Asked,
        roots: Mapping[int, bytes],
        own: Read | None,
    ) -> None:
        self._evidence, self._notes, self._authority, self._asked = evidence, notes, authority, asked
        self._trust = asked.trust
        self._roots, self._own = roots, own
        self._own_holds = False
        self.lines: int | None = None
        self.covered: int | None = None
        self._agreeing: set[int] = set()

    def own(self) -> None:
        """Judge the log's own checkpoint."""
        if self._own is None or not self._own_log("the checkpoint", self._own, Verdict.ALTERED):
            return
        head = self._own.checkpoint
        signed = self._signed("the checkpoint", self._own)
        root = self._roots.get(head.size)
        if root is not None and root != head.root:
            cause = "lines were changed and chained anew, or the checkpoint is another one"
            self._notes.fault(Verdict.ALTERED, self._which_root("the checkpoint", head), None, cause)
        self._own_holds = signed and root == head.root

    def kept(self) -> None:
        """Judge the heads under `heads/`."""
        for size in self._evidence.head_sizes():
            name = f"heads/{size}.note"
            head = self._readable(name, self._evidence.head(size), size)
            if head is not None and self._own_log(name, head, Verdict.ALTERED):
                self._signed(name, head)
                self._beside(name, head, Verdict.ALTERED)

    def anchored(self, name: str, data: bytes, size: int, entry: int) -> Read | None:
        """Judge a head that an `anchor` entry keeps; return it when it can be read and is of this log."""
        head = self._readable(name, data, size, entry)
        if head is None or not self._own_log(name, head, Verdict.ALTERED, entry):
            return None
        self._signed(name, head, entry)
        if size > entry:
            self._notes.fault(Verdict.ALTERED, f"{name} is larger than the log was then", entry)
        else:
            self._other_root(name, head.checkpoint, Verdict.ALTERED, entry)
        return head

    def outside(self, decided: bool) -> None:
        """Judge what was kept outside, and say when there is nothing by which truncation can be decided.

        With `decided` there is: a state of an earlier verification holds a head too. A head that lies in the folder
        itself is judged, and decides nothing.
        """
        decided = decided or bool(self._asked.footers)
        for head in self._asked.heads:
            read = Read(head.note, head.checkpoint)
            if self._own_log(head.name, read, Verdict.UNKNOWN_KEY):
                signed = self._signed(head.name, read)
                decided = decided or (signed and not head.inside)
                self._beside(head.name, read, Verdict.FORK if signed and self._own_holds else Verdict.ALTERED)
        for footer in self._asked.footers:
            self._footer(footer)
        self._tell_inside()
        if not decided:
            message = "no head from outside was given, so nobody can tell whether the end of the log was cut"
            self._notes.fault(Verdict.UNDECIDED, f"{message}; keep heads, and give one with --head")

    def kept_sizes(self) -> frozenset[int]:
        """Return the sizes of the heads under `heads/`."""
        return frozenset(self._evidence.head_sizes())

    def root(self, size: int) -> Checkpoint | None:
        """Return the head that the lines themselves give at a size, when it is known."""
        if self._authority is None or size not in self._roots:
            return None
        return Checkpoint(self._authority.origin, size, self._roots[size])

    # ------------------------------------------------------------------------------------------------------------ parts

    def _readable(self, name: str, data: bytes | None, size: int, entry: int | None = None) -> Read | None:
        try:
            head = read_head(data or b"")
        except (NotANote, NotACheckpoint) as error:
            cause = "it was changed, or line endings were converted"
            self._notes.fault(Verdict.ALTERED, f"{name} cannot be read as a head: {error}", entry, cause)
            return None
        if head.checkpoint.size != size:
            self._notes.fault(
                Verdict.ALTERED, f"{name} is a head of size {head.checkpoint.size}", entry, "another file"
            )
            return None
        return head

    def _own_log(self, name: str, head: Read, verdict: Verdict, entry: int | None = None) -> bool:
        if self._authority is None or head.checkpoint.origin == self._authority.origin:
            return True
        self._notes.fault(verdict, f'{name} is a head of another log, "{head.checkpoint.origin}"', entry)
        return False

    def _limit(self) -> int | None:
        """Return how many entries the log has, by its checkpoint or else by its lines."""
        return self.lines if self._own is None else self._own.checkpoint.size

    def _beside(self, name: str, head: Read, verdict: Verdict) -> None:
        """Compare a head with the log: larger than the checkpoint, or another root at its size."""
        size, limit = head.checkpoint.size, self._limit()
        if limit is not None and size > limit:
            message = f"{name} has {size} entries, the log's checkpoint only {limit}"
            self._notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut, or an old copy put back")
        else:
            self._other_root(name, head.checkpoint, verdict)

    def _other_root(self, name: str, head: Checkpoint, verdict: Verdict, entry: int | None = None) -> None:
        if self._roots.get(head.size, head.root) != head.root:
            fork = "two different histories were signed for one log"
            cause = fork if verdict is Verdict.FORK else "lines were changed and chained anew"
            self._notes.fault(verdict, self._which_root(name, head), entry, cause)

    def _which_root(self, name: str, head: Checkpoint) -> str:
        found = self._roots[head.size].hex()[:16] if head.size in self._roots else "none"
        where = self._where(head.size)
        return f"{name}: its root {head.root.hex()[:16]}… is not the log's {found}…; look among {where}"

    def _where(self, size: int) -> str:
        """Return between which entries to look for a change. Kept heads can be signed anew: a hint."""
        since = max((agreeing for agreeing in self._agreeing if agreeing < size), default=0)
        hint = self._last_agreeing(size)
        kept = f"; if the heads that the log keeps were not made anew, among entries {hint} to {size - 1}"
        return f"entries {since} to {size - 1}" + (kept if hint > since else "")

    def remember(self, known: Checkpoint | None) -> None:
        """Note up to which sizes somebody outside vouches for the log as it is; `known` is what a state remembers."""
        found = {footer.size for footer in self._asked.footers if self._shows(footer)}
        found |= {head.checkpoint.size for head in self._asked.heads if not head.inside and self._holds(head)}
        if known is not None and self._roots.get(known.size, known.root) == known.root:
            found.add(known.size)
        self._agreeing = found
        self.covered = max(self._agreeing, default=None)

    def _shows(self, footer: Footer) -> bool:
        return footer.size in self._roots and footer.matches(self._roots[footer.size])

    def _holds(self, head: Head) -> bool:
        read = Read(head.note, head.checkpoint)
        ours = self._authority is not None and head.checkpoint.origin == self._authority.origin
        same = self._roots.get(head.checkpoint.size) == head.checkpoint.root
        return ours and same and self._signature_fault(head.name, read) is None

    def _tell_inside(self) -> None:
        for head in self._asked.heads:
            if head.inside:
                message = f"{head.name} lies in the log's own folder: it is not from outside, and was not counted"
                self._notes.tell(message)

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
        limit = self._limit()
        if limit is not None and footer.size > limit:
            message = f"a page shows {footer.size} entries, the log's checkpoint only {limit}"
            self._notes.fault(Verdict.TRUNCATED, message, None, "the end of the log was cut, or an old copy put back")
        elif footer.size in self._roots and not footer.matches(self._roots[footer.size]):
            message = f"a page shows another root at size {footer.size} than the log has"
            where = f"; look among {self._where(footer.size)}"
            self._notes.fault(
                Verdict.ALTERED, message + where, None, "lines were changed, or the page is another one's"
            )

    # ------------------------------------------------------------------------------------------------------ signatures

    def _signed(self, name: str, head: Read, entry: int | None = None) -> bool:
        """Note who did not sign; tell whether the head is signed as it must be by a key that is trusted."""
        fault = self._signature_fault(name, head)
        if fault is not None:
            self._notes.add(replace(fault, entry=entry))
        return fault is None

    def _signature_fault(self, name: str, head: Read) -> Fault | None:
        try:
            signers = verified(head.note, self._known_keys())
        except BadSignature as error:
            return Fault(Verdict.ALTERED, f"{name}: {error}", None, "it was changed after it was signed")
        if self._authority is None:
            if any(key.name == head.checkpoint.origin and key.kind == ED25519 for key in signers):
                return None
            return Fault(Verdict.UNKNOWN_KEY, f"{name} is signed by no key of the trust file that has the log's name")
        needed = self._authority.log_key_at(head.checkpoint.size).key
        if needed not in signers:
            return Fault(Verdict.UNKNOWN_KEY, f"{name} is not signed by the log's key {needed.name}+{needed.id.hex()}")
        if not self._is_trusted(needed):
            cause = "" if self._trust is None or self._trust.log else "the trust file holds no key of this log"
            message = f"{name}: no trusted key leads to the log's key {needed.id.hex()}"
            return Fault(Verdict.UNKNOWN_KEY, message, None, cause)
        return None

    def _known_keys(self) -> list[Key]:
        known = [*self._trust.log, *self._trust.persons, *self._trust.cosigners] if self._trust else []
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
                if self.joined_by(max(here, here + step)) is None:
                    break
                here += step
        return False

    def joined_by(self, later: int) -> tuple[int, Key] | None:
        """Return the kept head, by size, that joins the log's key of this number to the one before it, and who signed.

        That is the key before it, or else one of an administrator; None when nothing joins them.
        """
        assert self._authority is not None
        if not 0 < later < len(self._authority.log_keys):
            return None
        new, old = self._authority.log_keys[later], self._authority.log_keys[later - 1]
        size = next((size for size in self._evidence.head_sizes() if size > new.brought), None)
        try:
            head = read_head((self._evidence.head(size) if size else None) or b"")
            signers = verified(head.note, self._known_keys())
        except (NotANote, NotACheckpoint, BadSignature):
            return None
        if size is None or head.checkpoint.size != size or new.key not in signers:
            return None
        entitled = [key for key in signers if key == old.key or self._authority.was_administrators(key, size)]
        by = old.key if old.key in entitled else next(iter(entitled), None)
        return None if by is None else (size, by)
