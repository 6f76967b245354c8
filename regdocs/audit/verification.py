"""What is asked of a verification, and what it says: faults, things listed, what was checked and what was not.

Knows the values; how they come about is in `verify`.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.footer import Footer
from regdocs.audit.note import Note
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Fault, Verdict, gravest

if TYPE_CHECKING:
    from regdocs.audit.state import State

KEPT = 10_000
"""Faults and listed things that are kept at most, so that a log cannot fill the memory."""


@dataclass(frozen=True, slots=True)
class Head:
    """A head from outside, which could be read: its name as the person gave it, the note and what it says.

    `inside`: it lies in the folder that is verified, so whoever wrote the log could write it too; it decides nothing.
    """

    name: str
    note: Note
    checkpoint: Checkpoint
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a verification is to check against.

    Attributes:
        trust: Keys that somebody outside vouches for; None: the log's key is read from genesis.
        heads: Checkpoints that were kept outside.
        footers: Heads as pages show them; they carry no signature.
        timestamp_roots: Certificates in PEM under which RFC 3161 time-stamps count; None: none is verified.
    """

    trust: Trust | None = None
    heads: tuple[Head, ...] = ()
    footers: tuple[Footer, ...] = ()
    timestamp_roots: bytes | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """Something that a reader should know and that is no fault; `entry` is its number, or None."""

    message: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A person's signature that holds.

    Attributes:
        entry: The entry that carries it.
        of: The entry that is signed.
        person, name, role, meaning, time: As in the signed text.
        key: Name and id of the key ("jane@example.org/k1+1a2b3c4d").
        for_whom, under: The person who is signed for, and the entry of the delegation; None, as mostly.
    """

    entry: int
    of: int
    person: str
    name: str
    role: str
    meaning: str
    time: str
    key: str
    for_whom: str | None = None
    under: int | None = None


@dataclass(frozen=True, slots=True)
class VersionFound:
    """A recorded version: its entry, name, number of the amendment (None: the original protocol), author, digests.

    `submission` is which wording of its amendment it is said to be; None where it is the first.
    """

    entry: int
    version: str
    amendment: int | None
    by: str
    on: str | None
    data: str
    spec: str
    inputs: str
    issues: tuple[int, ...] = ()
    submission: int | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """When an entry was provably written: not before, not after (UTC texts); None where nothing shows it.

    `contradicts`: what there is would give an end before the beginning, so it shows nothing.
    """

    entry: int
    not_before: str | None
    not_after: str | None
    contradicts: bool = False


@dataclass(slots=True)
class Notes:
    """Faults and listed things, gathered while reading; of each no more than somebody would read.

    Attributes:
        passed: How many faults were not kept; of every verdict at least one is.
    """

    faults: list[Fault] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    passed: int = 0
    passed_listed: int = 0
    _verdicts: set[Verdict] = field(default_factory=set)

    def fault(self, verdict: Verdict, message: str, entry: int | None = None, cause: str = "") -> None:
        """Note something that does not hold."""
        self.add(Fault(verdict, message, entry, cause))

    def add(self, *faults: Fault) -> None:
        """Note faults that were found elsewhere."""
        for fault in faults:
            if len(self.faults) < KEPT or fault.verdict not in self._verdicts:
                self._verdicts.add(fault.verdict)
                self.faults.append(fault)
            else:
                self.passed += 1

    def tell(self, message: str, entry: int | None = None) -> None:
        """Note something that is no fault."""
        if len(self.listed) < KEPT:
            self.listed.append(Listed(message, entry))
        else:
            self.passed_listed += 1


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of it.

    Attributes:
        study, origin: As genesis says; None when it could not be read.
        checkpoint: The newest checkpoint, when it could be read.
        entries: How many lines were read for their meaning.
        faults: In the order of the log, those about no single entry last.
        listed: What a reader should know besides.
        checked, unchecked: In plain words.
        versions, signatures, intervals: What the log says, as far as it holds.
        vouching: In plain words, who vouches for what: the log's keys, entries and versions without signatures.
        covered: How many entries the newest head from outside that holds covers; None when there is none.
        demonstration: Whether anybody can sign with its keys.
        limits: What was not checked and belongs beside the verdict; "" mostly.
        state: To go on from later (`state.py`), only when nothing is at fault but what more evidence would mend.
    """

    study: str | None
    origin: str | None
    checkpoint: Checkpoint | None
    entries: int
    faults: tuple[Fault, ...]
    listed: tuple[Listed, ...]
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]
    versions: tuple[VersionFound, ...] = ()
    signatures: tuple[Signed, ...] = ()
    intervals: tuple[Interval, ...] = ()
    vouching: tuple[str, ...] = ()
    covered: int | None = None
    demonstration: bool = False
    limits: str = ""
    state: "State | None" = None

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict, which is the exit code."""
        return gravest(self.faults)
