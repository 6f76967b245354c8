"""The log of one study, read once: who may do what, which versions there are, and the head that is shown to hold.

Knows how entries lie in the file and what they say together. Its check is the cheap one that a writer needs: every line
in the profile, the chain, the root against the signed checkpoint, and the signatures of those who bring people and
keys. Whether each signature, step and file holds is said by `regdocs verify`. Reads only; what is written goes
through `acting`.
"""

import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, overload

from regdocs.audit import authority
from regdocs.audit.checkpoint import Checkpoint, parse_checkpoint
from regdocs.audit.entry import AUTHORITY, problems_of
from regdocs.audit.line import MAX_LINE, Json, NotALine, parse
from regdocs.audit.note import parse_note, verified
from regdocs.audit.tree import EMPTY_ROOT, HASH_BYTES, Frontier, leaf_hash
from regdocs.errors import Refusal

AUDIT = "audit"
LOG = "log.jsonl"
CHECKPOINT = "checkpoint"
MAX_CHECKPOINT_BYTES = 100_000


class LogDoesNotHold(Refusal):
    """The log cannot be read or does not agree with its checkpoint; nothing may be recorded on top of it."""


@dataclass(frozen=True, slots=True)
class Issue:
    """Documents issued for a version: entry, digest of the list of files, what each document is, and what is kept."""

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


class Leaves(Sequence[bytes]):
    """The leaf hashes of a log, 32 bytes each, in one piece of memory."""

    def __init__(self, data: bytearray) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // HASH_BYTES

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        start = index % len(self) * HASH_BYTES
        return bytes(self._data[start : start + HASH_BYTES])


@dataclass(slots=True)
class Logbook:
    """A log up to its checkpoint. Get one from `open_logbook`.

    Attributes:
        study: The study's folder.
        genesis: The first entry.
        head: The checkpoint; its signature by the log's key was checked.
        people: Who holds which roles and keys at the head, and the log's keys.
        versions: Recorded versions, in order.
        last_at: The `at` of the newest entry.
        leaves: Leaf hashes of the entries.
    """

    study: Path
    genesis: Mapping[str, Any]
    head: Checkpoint
    people: authority.Authority
    versions: tuple[Version, ...]
    last_at: str
    leaves: Leaves
    starts: "array[int]" = field(repr=False)

    @property
    def folder(self) -> Path:
        """The folder of the log, `audit/` in the study."""
        return self.study / AUDIT

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
        return self.genesis["purpose"] == "record"

    def entries(self, first: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the entries from number `first` up to the head, read anew from the file."""
        for n in range(first, self.head.size):
            yield self.entry(n)

    def line(self, n: int) -> bytes:
        """Return the line of entry `n`, without its LF.

        Raises:
            Refusal: There is no such entry.
            LogDoesNotHold: The file changed while it was read.
        """
        if not 0 <= n < self.head.size:
            raise Refusal(f"there is no entry {n}: the log has {self.head.size}, numbered from 0")
        with _opened(self.folder / LOG) as file:
            file.seek(self.starts[n])
            line = file.readline(MAX_LINE + 1).removesuffix(b"\n")
        if leaf_hash(line) != self.leaves[n]:
            raise LogDoesNotHold(f"entry {n} changed while the log was read. {_VERIFY}")
        return line

    def entry(self, n: int) -> dict[str, Any]:
        """Return entry `n` as it stands in the log: long values are references. Raises as `line`."""
        return parse(self.line(n))

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


_VERIFY = '"regdocs verify" says what is wrong.'


def open_logbook(study: Path) -> Logbook | None:
    """Read the log of the study; None when it has none (no `audit/log.jsonl`).

    Lines beyond the checkpoint were never acknowledged and are not read.

    Raises:
        LogDoesNotHold: Chain, root or checkpoint do not hold, or a file cannot be read.
    """
    folder = study / AUDIT
    if not os.path.lexists(folder / LOG):
        return None
    try:
        note = parse_note(_read_checkpoint(folder / CHECKPOINT))
        head = parse_checkpoint(note.text)
        reading = _Reading(head.size)
        with _opened(folder / LOG) as file:
            reading.read(file)
        reading.demand(head)
        key = reading.people.log_key_at(head.size).key
        if not verified(note, [key]):
            raise LogDoesNotHold(f"the checkpoint is not signed by the log's key {key.name}")
    except LogDoesNotHold as error:
        raise LogDoesNotHold(f"{error}. {_VERIFY}") from error
    except Refusal as error:
        raise LogDoesNotHold(f"the log does not hold: {error}. {_VERIFY}") from error
    return reading.logbook(study, head)


def _read_checkpoint(path: Path) -> bytes:
    with _opened(path) as file:
        return file.read(MAX_CHECKPOINT_BYTES)


def _opened(path: Path) -> BinaryIO:
    """Open a regular file for reading; a pipe or a link in its place is not followed."""
    if path.is_symlink() or not path.is_file():
        raise LogDoesNotHold(f'"{path}" is missing, or is a link or something else than a file')
    try:
        return path.open("rb")
    except OSError as error:
        raise LogDoesNotHold(f'"{path}" cannot be read: {error.strerror or error}') from error


class _Reading:
    """Goes through the lines once and keeps what they say together."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.starts: array[int] = array("Q")
        self.leaves = bytearray()
        self.frontier = Frontier()
        self.genesis: dict[str, Any] = {}
        self.people: authority.Authority
        self.last_at = ""
        self._versions: dict[int, Version] = {}
        self._acts = Acts()
        self._tell: dict[str, Callable[[dict[str, Any]], None]] = {
            "release": self._version,
            "amend": self._version,
            "issue": self._issue,
        }

    def read(self, file: BinaryIO) -> None:
        start, previous = 0, EMPTY_ROOT
        for n in range(self.size):
            line = file.readline(MAX_LINE + 1)
            if not line.endswith(b"\n"):
                raise LogDoesNotHold(f"the checkpoint covers {self.size} entries, and line {n + 1} is not whole")
            previous = self._take(n, line[:-1], previous)
            self.starts.append(start)
            start += len(line)
        self._settle(self.size)

    def _take(self, n: int, line: bytes, previous: bytes) -> bytes:
        entry = _entry_of(line, n)
        if entry["n"] != n or entry["prev"] != previous.hex() or entry["at"] < self.last_at:
            raise LogDoesNotHold(f"line {n + 1} does not follow the line before it")
        leaf = leaf_hash(line)
        self.leaves += leaf
        self.frontier.append(leaf)
        self.last_at = entry["at"]
        self._understand(n, entry, leaf)
        return leaf

    def _understand(self, n: int, entry: dict[str, Any], leaf: bytes) -> None:
        if n == 0:
            if entry["do"] != "genesis":
                raise LogDoesNotHold("the first line is no genesis")
            self.genesis, self.people = entry, authority.found(entry)
        elif entry["do"] == "sign":
            self._acts.sign(self.people, entry)
        else:
            self._settle(n)
            if entry["do"] in AUTHORITY:
                self._acts.propose(n, entry, leaf)
            if tell := self._tell.get(entry["do"]):
                tell(entry)

    def _settle(self, n: int) -> None:
        self._acts.settle(self.people)

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
        )

    def _issue(self, entry: dict[str, Any]) -> None:
        from dataclasses import replace

        version = self._versions.get(entry["of"])
        if version is None:
            raise LogDoesNotHold(f"entry {entry['n']} issues documents of entry {entry['of']}, which is no version")
        issue = Issue(entry["n"], entry["files"], entry["documents"], entry["kept"], entry["by"], entry["at"])
        self._versions[entry["of"]] = replace(version, issues=(*version.issues, issue))

    def demand(self, head: Checkpoint) -> None:
        if head.origin != self.genesis["origin"]:
            raise LogDoesNotHold(f"the checkpoint is of {head.origin}, the log of {self.genesis['origin']}")
        if head.root != self.frontier.root():
            raise LogDoesNotHold("the entries do not have the root that the checkpoint says")

    def logbook(self, study: Path, head: Checkpoint) -> Logbook:
        versions = tuple(self._versions.values())
        leaves = Leaves(self.leaves)
        return Logbook(study, self.genesis, head, self.people, versions, self.last_at, leaves, self.starts)


class Acts:
    """What an administrator proposed last, and who has signed it since: it holds once enough persons did."""

    def __init__(self) -> None:
        self._entry: dict[str, Any] | None = None
        self._n = 0
        self._leaf = b""
        self._signed: set[str] = set()

    def propose(self, n: int, entry: dict[str, Any], leaf: bytes) -> None:
        self._entry, self._n, self._leaf, self._signed = entry, n, leaf, set()

    def sign(self, people: authority.Authority, entry: dict[str, Any]) -> None:
        """Count a signature that follows directly, if it is of an administrator's good key and over that entry."""
        if self._entry is None or entry["of"] != self._n or not people.is_administrator(entry["by"]):
            return
        note = parse_note(entry["note"].encode())
        mine = [one for one in people.keys.values() if one.person == entry["by"] and one.revoked is None]
        says = f"\nentry {self._n} {self._leaf.hex()}\n"
        if says in note.text and "\nmeaning authorisation\n" in note.text and verified(note, [k.key for k in mine]):
            self._signed.add(entry["by"])

    def settle(self, people: authority.Authority) -> None:
        """Let what was proposed hold, if enough persons signed it; there is nothing proposed after."""
        entry, self._entry = self._entry, None
        if entry is not None and len(self._signed) >= people.needed and people.why_not(self._n, entry) is None:
            people.admit(self._n, entry)


def _entry_of(line: bytes, n: int) -> dict[str, Any]:
    try:
        entry = parse(line)
    except NotALine as error:
        raise LogDoesNotHold(f"line {n + 1}: {error}") from error
    if problems := problems_of(entry):
        raise LogDoesNotHold(f"line {n + 1}: {problems[0]}")
    return entry
