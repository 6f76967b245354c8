"""Entries that have to be signed at once: who signed, whether that suffices, and what then holds.

Knows genesis and the acts of administrators; single signatures are checked in `signatures`, what a version or an issue
says is read in `meaning`.

Source: docs/formats/audit-log.md, "Kinds of entries" and "So that two readers agree", People.
"""

from dataclasses import dataclass, field
from typing import Any

from regdocs.audit.authority import Authority
from regdocs.audit.entry import AUTHORITY
from regdocs.audit.key_files import is_demonstration
from regdocs.audit.note import BadSignature, Key, NotANote, parse_key, parse_note, verified
from regdocs.audit.signatures import Court, Placed, check_signature
from regdocs.audit.statement import possession_text
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes, Signed


@dataclass(slots=True)
class Act:
    """An entry that has to be signed at once, and who signed it so far in the meaning that it needs.

    Attributes:
        placed: The entry.
        holds: Whether it would hold once it is signed.
        done: Whether enough have signed.
    """

    placed: Placed
    holds: bool = True
    done: bool = False
    signers: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """What kind of entry it is."""
        kind = self.placed.entry["do"]
        assert isinstance(kind, str)
        return kind


def begin(placed: Placed, authority: Authority, notes: Notes) -> Act:
    """Return the act of an entry; what keeps it from ever holding is noted at once."""
    if placed.entry["do"] not in AUTHORITY:
        return Act(placed)
    problem = _missing(placed.entry, authority)
    verdict = Verdict.UNKNOWN_KEY
    if problem is None:
        problem, verdict = problem_of_act(placed.n, placed.entry, authority), Verdict.ALTERED
    if problem is not None:
        notes.fault(verdict, f'"{placed.entry["do"]}" cannot hold: {problem}', placed.n)
    return Act(placed, holds=problem is None)


def sign(act: Act, signed: Signed, authority: Authority) -> None:
    """Count a signature for the act it follows; an act of administrators holds from the one that completes it."""
    wanted = "authorship" if act.kind in ("release", "amend", "issue") else "authorisation"
    if signed.meaning != wanted:
        return
    if act.kind not in AUTHORITY:
        act.signers.add(signed.person)
    elif authority.is_administrator(signed.person) and not act.done:
        act.signers.add(signed.person)
        if len(act.signers) >= authority.needed:
            act.done = True
            if act.holds:
                authority.admit(act.placed.n, act.placed.entry)


def settle(act: Act, authority: Authority, notes: Notes) -> None:
    """Note whose signature is missing, now that no other can follow."""
    n, entry = act.placed.n, act.placed.entry
    if act.kind == "genesis":
        for person in sorted(people_of(entry) - act.signers):
            notes.fault(Verdict.UNSIGNED, f'genesis is not signed by "{person}", an administrator it names', n)
    elif act.kind in AUTHORITY:
        if not act.done:
            wanted = "two administrators have" if authority.needed == 2 else "an administrator has"
            cause = "somebody gave rights without being entitled to" if act.kind in ("enrol", "role", "key-add") else ""
            notes.fault(Verdict.UNSIGNED, f'"{act.kind}" does not count: {wanted} to sign it', n, cause)
    elif entry["by"] not in act.signers:
        notes.fault(Verdict.UNSIGNED, f'"{act.kind}" is not signed by its author, "{entry["by"]}"', n)


class Pending:
    """The act of administrators that was read last, for a reader who only wants to know what holds.

    It holds from the signature that completes it; what signatures do not hold, and why, is not told.
    """

    def __init__(self) -> None:
        self._act: Act | None = None

    def propose(self, people: Authority, placed: Placed) -> None:
        """Let this act wait for the signatures that follow it directly."""
        self._act = begin(placed, people, Notes())

    def sign(self, people: Authority, placed: Placed) -> None:
        """Count a signature that holds and is of what was proposed."""
        act = self._act
        if act is None or placed.entry["of"] != act.placed.n:
            return
        found, _ = check_signature(placed, Court(people, lambda n: act.placed if n == act.placed.n else None, None))
        if found is not None:
            sign(act, found, people)

    def end(self) -> None:
        """Something else came: what was not signed by now never counts."""
        self._act = None


def people_of(genesis: dict[str, Any]) -> set[str]:
    """Return the persons whom genesis names."""
    return {person["person"] for person in genesis["people"]}


def refused_key(key: Key, authority: Authority) -> str | None:
    """Return why a key must not be used in this log, or None. Weak keys do not even become a `Key`."""
    if not authority.demonstration and is_demonstration(key):
        return f'"{key.name}" is a demonstration key, with which anybody can sign'
    return None


def _missing(entry: dict[str, Any], authority: Authority) -> str | None:
    """Return which person or key the act is about and is not there."""
    if entry["do"] in ("key-add", "role") and entry["person"] not in authority.people:
        return f'"{entry["person"]}" is not enrolled'
    if entry["do"] == "key-revoke" and entry["key"] not in authority.keys:
        return f'there is no key "{entry["key"]}"'
    return None


def problem_of_act(n: int, entry: dict[str, Any], authority: Authority) -> str | None:
    """Return why an act of administrators cannot hold beside what holds already, or None; signatures apart."""
    if entry["do"] in ("enrol", "key-add", "log-key"):
        refused = refused_key(parse_key(entry["key"]), authority)
        if refused is not None:
            return refused
    return authority.why_not(n, entry) or _possession_problem(entry, authority)


def _possession_problem(entry: dict[str, Any], authority: Authority) -> str | None:
    if entry["do"] not in ("enrol", "key-add"):
        return None
    key = parse_key(entry["key"])
    try:
        note = parse_note(entry["possession"].encode("utf-8"))
        if note.text != possession_text(authority.origin, entry["person"], key.text):
            return "the proof that the person holds the key is about something else"
        if len(note.signatures) == 1 and verified(note, (key,)):
            return None
        return "the proof that the person holds the key is not signed by that key alone"
    except (NotANote, BadSignature) as error:
        return f"the proof that the person holds the key is none: {error}"
