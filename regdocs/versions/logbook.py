"""The log of one study, read once: who may do what, which versions there are, and the head that is shown to hold.

Knows how entries lie in the file and what they say together. Its check is the cheap one that a writer needs: every line
in the profile, the chain, the root against the signed checkpoint, and the signatures of those who bring people and
keys. Whether each signature, step and file holds is said by `regdocs verify`. Reads only; what is written goes
through `acting`.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from regdocs.audit import acts, authority, disk, genesis
from regdocs.audit.chain import SOUND, Chain, TooLong
from regdocs.audit.checkpoint import Checkpoint, parse_checkpoint
from regdocs.audit.entry import AUTHORITY, problems_of
from regdocs.audit.line import MAX_LINE, Json, parse
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.note import parse_note, verified
from regdocs.audit.references import inline_entry
from regdocs.audit.signatures import Placed
from regdocs.audit.tree import leaf_hash
from regdocs.audit.verification import Notes
from regdocs.errors import Refusal
from regdocs.versions.leaves import Leaves

AUDIT = "audit"


class LogDoesNotHold(Refusal):
    """The log cannot be read or does not agree with its checkpoint; nothing may be recorded on top of it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Documents issued for a version: entry, digest of the list of files, what each document is, and what is kept.

    `documents` stands here as in the log: a long list is a reference, and `Logbook.whole_entry` has it in full.
    """

    n: int
    files: str
    documents: Json
    kept: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Version:
    """A recorded version of the protocol.

    Attributes:
        n: Number of its entry.
        name: As in protocol.yaml ("2.0").
        amendment: Its number from 1; None of the original protocol.
        on: Day that the person gave, or None.
        data, spec, inputs: Digests in hex: data form, bytes of protocol.yaml, list of inputs.
        by: Who recorded it.
        issues: What was issued for it, in order; () after a crash between the two appends, or while it goes on.
        at: When it was recorded, UTC.
        submission: Which wording of its amendment it is: 2 and more were made in answer to a body.
    """

    n: int
    name: str
    amendment: int | None
    on: str | None
    data: str
    spec: str
    inputs: str
    by: str
    issues: tuple[Issue, ...] = ()
    at: str = ""
    submission: int = 1


@dataclass(frozen=True, slots=True)
class Logbook:
    """A log up to its checkpoint. Get one from `open_logbook`.

    Attributes:
        study: The study's folder.
        folder: The log's own, usually `audit/` in it.
        genesis: The first entry.
        head: The checkpoint; its signature by the log's key was checked.
        people: Who holds which roles and keys at the head, and the log's keys.
        versions: Recorded versions, in order.
        last_at: The `at` of the newest entry.
        leaves: Leaf hashes of the entries.
        filed: Numbers of the entries that say what was submitted, what a body decided or sent back, what a site uses.
        worked_out: What was read of this log once and is asked again for each of many documents, by its name.
    """

    study: Path
    folder: LogFolder
    genesis: Mapping[str, Any]
    head: Checkpoint
    people: authority.Authority
    versions: tuple[Version, ...]
    last_at: str
    leaves: Leaves
    filed: tuple[int, ...] = ()
    worked_out: dict[tuple[str | int, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def origin(self) -> str:
        """The log's origin, which names it in every note."""
        return self.people.origin

    @property
    def demonstration(self) -> bool:
        """Whether keys are derived ones that anybody has."""
        return self.people.demonstration

    @property
    def is_record(self) -> bool:
        """Whether this log may only hold what is true of somebody else's record: no version, no signature."""
        return bool(self.genesis["purpose"] == "record")

    def entries(self, first: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the entries from number `first` up to the head, read anew from the file. Raises as `line`."""
        for n, line in enumerate(self.folder.lines(first, self.head.size), first):
            yield parse(self._same(n, line))

    def line(self, n: int) -> bytes:
        """Return the line of entry `n`, without its LF.

        Raises:
            Refusal: There is no such entry.
            LogDoesNotHold: The file changed while it was read.
        """
        if not 0 <= n < self.head.size:
            raise Refusal(f"there is no entry {n}: the log has {self.head.size}, numbered from 0")
        return self._same(n, self.folder.line(n))

    def entry(self, n: int) -> dict[str, Any]:
        """Return entry `n` as it stands in the log: long values are references. Raises as `line`."""
        return parse(self.line(n))

    def whole_entry(self, n: int) -> dict[str, Any]:
        """Return entry `n` with long values put back from their objects.

        Raises as `line`, and Unreadable when an object is missing or another one.
        """
        return dict(inline_entry(self.entry(n), self._get))

    def object(self, digest: str) -> bytes:
        """Return an object's bytes, which have this digest; raises as `ObjectStore.get`."""
        return self.folder.objects.get(digest)

    def version(self, name: str) -> Version:
        """Return the recorded version of that name.

        Raises:
            Refusal: There is none.
        """
        found = next((one for one in self.versions if one.name == name), None)
        if found is None:
            known = ", ".join(one.name for one in self.versions) or "none"
            raise Refusal(f'there is no recorded version "{name}"; recorded are: {known}')
        return found

    def _get(self, digest: str) -> bytes | None:
        return self.object(digest) if self.folder.objects.has(digest) else None

    def _same(self, n: int, line: bytes) -> bytes:
        if leaf_hash(line) != self.leaves[n]:
            raise LogDoesNotHold(f"entry {n} changed while the log was read. {_VERIFY}")
        return line


_VERIFY = '"regdocs verify" says what is wrong.'


def no_log_yet(study: Path) -> Refusal:
    """Return the refusal of what needs a log, in a folder that has none: the wrong one, or a study at its beginning."""
    return Refusal(
        f'"{study}" has no log: if it is another folder than you meant, go to that of the study, or name it with -C; '
        'if nothing of this study is recorded yet, "regdocs audit start" begins a log'
    )


def open_logbook(study: Path, audit: Path | None = None) -> Logbook | None:
    """Read the log of the study, or one that lies in the folder `audit`; None when there is none (no `log.jsonl`).

    Lines beyond the checkpoint were never acknowledged and are not read. A log that a crash left before its first
    checkpoint is none yet.

    Raises:
        LogDoesNotHold: Chain, root or checkpoint do not hold, or a file cannot be read.
    """
    folder = LogFolder(audit or study / AUDIT)
    if not disk.is_there(folder.log) or (disk.is_there(folder.starting) and not disk.is_there(folder.checkpoint)):
        return None
    try:
        return _read(study, folder)
    except Refusal as error:
        raise LogDoesNotHold(f"the log does not hold: {error}. {_VERIFY}") from error


def _read(study: Path, folder: LogFolder) -> Logbook:
    data = folder.head_note()
    if data is None:
        raise LogDoesNotHold("it has no checkpoint")
    note = parse_note(data)
    head = parse_checkpoint(note.text)
    reading = _Reading()
    for line in folder.lines(0, head.size):
        reading.take(line)
    reading.demand(head)
    key = reading.people.log_key_at(head.size).key
    if not verified(note, [key]):
        raise LogDoesNotHold(f'the checkpoint is not signed by the key "{key.name}" of the log')
    return reading.logbook(study, folder, head)


class _Reading:
    """Goes through the lines once and keeps what they say together."""

    def __init__(self) -> None:
        self.people: authority.Authority
        self._genesis: dict[str, Any] = {}
        self._leaves = bytearray()
        self._notes = Notes()
        self._chain = Chain(self._notes, ())
        self._versions: dict[int, Version] = {}
        self._filed: list[int] = []
        self._acts = acts.Pending()
        self._tell: dict[str, Callable[[dict[str, Any]], None]] = {
            "release": self._version,
            "amend": self._version,
            "issue": self._issue,
            "submit": self._file,
            "decision": self._file,
            "activate": self._file,
            "receive": self._file,
        }

    def take(self, line: bytes) -> None:
        """Take the next line, without its LF."""
        n = self._chain.tree.size
        try:
            entry, standing = self._chain.take(n, line)
        except TooLong as error:
            raise LogDoesNotHold(f"line {n + 1} has more than {MAX_LINE:,} bytes") from error
        if self._notes.faults:
            raise LogDoesNotHold(f"line {n + 1}: {self._notes.faults[0].message}")
        assert entry is not None, "what cannot be read is a fault"
        if problems := problems_of(entry):
            raise LogDoesNotHold(f"line {n + 1}: {problems[0]}")
        assert standing == SOUND, "what is not is a fault, or lacks a key"
        self._leaves += bytes.fromhex(self._chain.leaf)
        self._understand(Placed(n, line, entry))

    def demand(self, head: Checkpoint) -> None:
        """Refuse lines that are not those of the checkpoint."""
        tree = self._chain.tree
        if tree.size != head.size:
            raise LogDoesNotHold(f"it has {tree.size} lines, and its checkpoint says {head.size}")
        if head.origin != self.people.origin:
            raise LogDoesNotHold(f"the checkpoint is of {head.origin}, the lines are of {self.people.origin}")
        if head.root != tree.root():
            raise LogDoesNotHold("the lines do not have the root that the checkpoint says")

    def logbook(self, study: Path, folder: LogFolder, head: Checkpoint) -> Logbook:
        """Return what was read."""
        versions = tuple(self._versions.values())
        leaves = Leaves(self._leaves)
        return Logbook(
            study, folder, self._genesis, head, self.people, versions, self._chain.at, leaves, tuple(self._filed)
        )

    def _understand(self, placed: Placed) -> None:
        kind = placed.entry["do"]
        if placed.n == 0:
            if kind != "genesis":
                raise LogDoesNotHold("the first line is no genesis")
            self._genesis = placed.entry
            self.people, problems = genesis.begin(placed.entry)
            if problems:
                raise LogDoesNotHold(problems[0])
        elif kind == "sign":
            self._acts.sign(self.people, placed)
        else:
            self._acts.end()
            if kind in AUTHORITY:
                self._acts.propose(self.people, placed)
            elif tell := self._tell.get(kind):
                tell(placed.entry)

    def _version(self, entry: dict[str, Any]) -> None:
        self._versions[entry["n"]] = Version(
            entry["n"],
            entry["version"],
            entry.get("amendment"),
            entry.get("on"),
            entry["data"],
            entry["spec"],
            entry["inputs"],
            entry["by"],
            at=entry["at"],
            submission=entry.get("submission", 1),
        )

    def _file(self, entry: dict[str, Any]) -> None:
        self._filed.append(entry["n"])

    def _issue(self, entry: dict[str, Any]) -> None:
        version = self._versions.get(entry["of"])
        if version is None:
            raise LogDoesNotHold(f"entry {entry['n']} issues documents of entry {entry['of']}, which is no version")
        issue = Issue(entry["n"], entry["files"], entry["documents"], entry["kept"], entry["by"], entry["at"])
        self._versions[entry["of"]] = replace(version, issues=(*version.issues, issue))
