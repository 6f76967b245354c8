"""What the entries say, read one after another: acts that were authorised, versions, issues, signatures, facts.

Knows the rules between entries (docs/formats/audit-log.md); the chain and the tree are `chain`'s, single signatures
`signatures`'. An entry that has to be signed at once is settled when the `sign` entries that follow it have been read.
"""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Any

from regdocs.audit import acts, genesis
from regdocs.audit.authority import Authority
from regdocs.audit.chain import ASTRAY, SOUND, Standing
from regdocs.audit.days import Days
from regdocs.audit.entry import (
    NEVER_PUT_OUT,
    SIGNED_AT_ONCE,
    TOOL,
    VERSIONS,
    is_known,
    problems_of_own,
    problems_of_whole,
)
from regdocs.audit.evidence import Evidence
from regdocs.audit.issues import Issues
from regdocs.audit.kept import Kept
from regdocs.audit.references import ObjectAbsent, ReferenceFalse, inline_entry
from regdocs.audit.replay import Replay
from regdocs.audit.signatures import Court, Lookup, Placed, check_signature, signers_named
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes, Signed, VersionFound


class Meaning:
    """The log's meaning up to the entry read last.

    Attributes:
        authority: Who may sign what; None when genesis cannot be used, and then nothing is read for its meaning.
        genesis: What genesis says, when it can be used.
        versions: By entry.
        signatures: Those that count, in order.
        named: By name of a key, the `sign` entries whose note can be read and names it.
        anchors: Entries of that kind, in order, without their lines.
        recorded: Entries that are no signatures, in order; after a state, those that came since.
        days: The days that people gave.
        replay, kept, issues: The data form, what has to be there, and what was issued, up to here.

    Of each signature a few hundred bytes are kept, of other entries nothing but what these attributes name.
    """

    def __init__(self, evidence: Evidence, notes: Notes, trust: Trust | None, lookup: Lookup) -> None:
        """Begin before the first entry; `lookup` finds earlier entries."""
        self._evidence, self._notes, self._trust, self._lookup = evidence, notes, trust, lookup
        self.replay = Replay(evidence, notes)
        self.kept = Kept(evidence, notes)
        self.issues = Issues(evidence, notes, self.kept)
        self._act: acts.Act | None = None
        self.authority: Authority | None = None
        self.genesis: dict[str, Any] | None = None
        self.versions: dict[int, VersionFound] = {}
        self.signatures: list[Signed] = []
        self.named: dict[str, array[int]] = {}
        self.days = Days()
        self.anchors: list[Placed] = []
        self.recorded = array("Q")

    @property
    def whole(self) -> bool:
        """Whether all was to be there that entries name."""
        return self._evidence.whole

    def pass_over(self) -> None:
        """Say that the next line could not be read: what had to be signed by now is settled."""
        self._settle()

    def take(self, n: int, raw: bytes, written: dict[str, Any], standing: Standing) -> None:
        """Read the next entry, which is a line of the profile."""
        if self._act is not None and written.get("do") != "sign":
            self._settle()
        entry = self._put_back(n, written) if b'"object":' in raw else written
        if entry is None or not self._well_formed(n, entry, standing) or standing == ASTRAY:
            return
        if n == 0:
            self._begin(Placed(n, raw, entry))
        if self.authority is None:
            return
        if entry["do"] != "sign":
            self.recorded.append(n)
        if "on" in entry:
            self._tell_when(n, entry)
        if b'"sealed":' in raw or entry is not written:
            self.kept.sealed_in(n, entry)
        if entry["by"] not in self.authority.people:
            self._unknown(n, entry)
        if entry["do"] != "note":
            self._by_kind(Placed(n, raw, entry))

    def finish(self) -> None:
        """Settle what is still open at the end of what the checkpoint covers."""
        self._settle()
        self.kept.finish()
        self.issues.finish()

    def _put_back(self, n: int, written: dict[str, Any]) -> dict[str, Any] | None:
        """Return the entry with its long values in their places, or None when one is not to be had.

        An amendment whose steps are not to be had is still a version: only its steps are not checked.
        """
        own = {key: value for key, value in written.items() if key in NEVER_PUT_OUT}
        rest = {key: value for key, value in written.items() if key not in NEVER_PUT_OUT}
        try:
            return own | inline_entry(rest, self._evidence.object)
        except ObjectAbsent as error:
            if self.whole:
                self._notes.fault(Verdict.FILE, str(error), n, "it was not copied, or it was changed")
            else:
                self._notes.tell("its long values are not here, so that their form was not looked at", n)
        except ReferenceFalse as error:
            self._notes.fault(Verdict.ALTERED, str(error), n)
            return None
        return self._without_steps(own, rest)

    def _without_steps(self, own: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any] | None:
        if rest.pop("what", None) is None:
            return None
        try:
            entry = own | inline_entry(rest, self._evidence.object)
        except (ObjectAbsent, ReferenceFalse):
            return None
        self.replay.forget()
        return entry | {"what": []}

    def _well_formed(self, n: int, entry: dict[str, Any], standing: Standing) -> bool:
        problems = problems_of_own(entry) if standing == SOUND else problems_of_whole(entry)
        for problem in problems:
            self._notes.fault(Verdict.ALTERED, problem, n)
        return not problems

    def _by_kind(self, placed: Placed) -> None:
        kind = placed.entry["do"]
        if kind == "sign":
            self._sign(placed)
        elif kind in SIGNED_AT_ONCE:
            self._act_begins(placed)
        else:
            self._fact(placed)

    # -------------------------------------------------------------------------------------------------------- genesis

    def _begin(self, placed: Placed) -> None:
        """Take genesis, unless something in it cannot be used: then nothing is read for its meaning."""
        if placed.entry["do"] != "genesis":
            return  # told as "no log" by whoever reads the first line
        authority, problems = genesis.begin(placed.entry)
        for problem in problems:
            self._notes.fault(Verdict.ALTERED, problem, placed.n)
        if not problems:
            self.authority, self.genesis = authority, placed.entry
            self._same_names(placed.n, authority, *authority.people)

    # --------------------------------------------------------------------------------------------- what every entry has

    def _tell_when(self, n: int, entry: dict[str, Any]) -> None:
        for told in self.days.take(n, entry["at"], entry["on"]):
            self._notes.tell(told, n)

    def _unknown(self, n: int, entry: dict[str, Any]) -> None:
        if entry["by"] != TOOL or entry["do"] not in ("clock", "recovered"):
            message = f'"{entry["by"]}", who records this, is not enrolled here'
            self._notes.fault(Verdict.UNKNOWN_KEY, message, n)

    # ----------------------------------------------------------------------------------------------------------- acts

    def _act_begins(self, placed: Placed) -> None:
        assert self.authority is not None
        if placed.entry["do"] == "genesis" and placed.n > 0:
            self._notes.fault(Verdict.ALTERED, "a second genesis", placed.n)
            return
        self._act = acts.begin(placed, self.authority, self._notes)
        if placed.entry["do"] in VERSIONS:
            self._version(placed.n, placed.entry)
        elif placed.entry["do"] == "issue":
            self._issue(placed.n, placed.entry)

    def _sign(self, placed: Placed) -> None:
        assert self.authority is not None
        for name in signers_named(placed):
            self.named.setdefault(name, array("Q")).append(placed.n)
        signed, faults = check_signature(placed, Court(self.authority, self._lookup, self._trust))
        self._notes.add(*faults)
        if signed is None:
            return
        self.signatures.append(signed)
        if signed.for_whom is not None and signed.for_whom not in self.authority.people:
            self._notes.tell(f'it is given for "{signed.for_whom}", who is not enrolled here', placed.n)
        act = self._act
        if act is None or signed.of != act.placed.n:
            return
        before = act.done
        acts.sign(act, signed, self.authority)
        if act.done and not before and act.holds and act.kind == "key-revoke":
            self._revoke_since(act.placed)
        if act.done and not before and act.holds and act.kind == "enrol":
            self._same_names(act.placed.n, self.authority, act.placed.entry["person"])

    def _same_names(self, n: int, authority: Authority, *people: str) -> None:
        """Tell when somebody who is enrolled has the printed name of somebody enrolled before."""
        for person in people:
            for other in authority.namesakes(person):
                message = f'"{person}" is enrolled under the same printed name as "{other.person}", "{other.name}"'
                self._notes.tell(message, n)

    def _settle(self) -> None:
        if self._act is not None and self.authority is not None:
            acts.settle(self._act, self.authority, self._notes)
        self._act = None

    def _revoke_since(self, revoke: Placed) -> None:
        """Note the signatures that a revocation makes faults after the fact."""
        key, since = revoke.entry["key"], revoke.entry.get("since")
        if since is None:
            return
        for entry in self.named.get(key, ()):
            if since <= entry < revoke.n:
                message = f'signature: the key "{key}" was revoked in entry {revoke.n}, from entry {since} on'
                self._notes.fault(Verdict.UNSIGNED, message, entry, "the key was in other hands, as was found later")

    # ------------------------------------------------------------------------------------------------------- versions

    def _version(self, n: int, entry: dict[str, Any]) -> None:
        for problem in self._version_problems(entry):
            self._notes.fault(Verdict.ALTERED, problem, n)
        self.kept.of_version(n, entry)
        if entry["do"] == "release":
            self.replay.begin(n, entry["data"])
        else:
            self.replay.go_on(n, entry)
        self.versions[n] = version_found(n, entry)
        self.issues.versions[n] = entry["version"]

    def _version_problems(self, entry: dict[str, Any]) -> list[str]:
        problems = []
        wanted = _number(entry, [one for one in self.versions.values() if one.amendment is not None])
        released = any(version.amendment is None for version in self.versions.values())
        if entry["do"] == "release" and released:
            problems.append("a second original protocol")
        if entry["do"] == "amend" and not released:
            problems.append("an amendment without an original protocol before it")
        if entry["do"] == "amend" and (entry["amendment"], entry.get("submission")) != wanted:
            problems.append(
                f"{_numbered(entry['amendment'], entry.get('submission'))} where {_next(*wanted)} comes next"
            )
        if any(version.version == entry["version"] for version in self.versions.values()):
            problems.append(f'a second version "{entry["version"]}"')
        return problems

    def _issue(self, n: int, entry: dict[str, Any]) -> None:
        version = self.versions.get(entry["of"])
        if version is None:
            self._notes.fault(Verdict.ALTERED, f"entry {entry['of']}, which it issues, is no version before it", n)
            return
        self.issues.take(n, entry)
        self.versions[entry["of"]] = replace(version, issues=(*version.issues, n))

    # ---------------------------------------------------------------------------------------------------------- facts

    def _fact(self, placed: Placed) -> None:
        n, entry = placed.n, placed.entry
        if not is_known(entry["do"]):
            self._notes.tell(f'an entry of the kind "{entry["do"]}", whose meaning was not checked', n)
            return
        self.kept.of_fact(n, entry)
        linked = entry.get(_OF_EARLIER.get(entry["do"], ""), -1)
        if linked >= n:
            self._notes.fault(Verdict.ALTERED, f"it names entry {linked}, which is not before it", n)
        elif entry["do"] == "anchor":
            self.anchors.append(Placed(n, b"", {key: entry[key] for key in _OF_ANCHORS}))
        elif entry["do"] == "decision" and "letter" not in entry:
            self._notes.tell("a decision without its letter: reported only", n)
        elif entry["do"] in _TOLD:
            self._notes.tell(_TOLD[entry["do"]].format(**entry), n)


# Which key of a kind names an entry before it.
_OF_EARLIER = dict.fromkeys(("correct", "signed-elsewhere", "decision", "receive", "package"), "of") | {"submit": "to"}
_OF_ANCHORS = ("kind", "size", "object", "time")
_TOLD = {
    "correct": "corrects entry {of}; both stay visible",
    "signed-elsewhere": "entry {of} was signed elsewhere ({kind}, {on}): not checked cryptographically",
    "redact": "the sealed value {sealed} was removed",
    "recovered": "{bytes} bytes that were never acknowledged were moved to objects",
    "clock": "the writer's clock stood at {reads}, before the entry before",
    "import": "the page itself is not kept; its digest is {object}",
}


def version_found(n: int, entry: Mapping[str, Any]) -> VersionFound:
    """Return what an entry, whose form was checked, says of the version that it records."""
    return VersionFound(
        entry=n,
        version=entry["version"],
        amendment=entry["amendment"] if entry["do"] == "amend" else None,
        by=entry["by"],
        on=entry.get("on"),
        data=entry["data"],
        spec=entry["spec"],
        inputs=entry["inputs"],
        submission=entry.get("submission") if entry["do"] == "amend" else None,
    )


def _number(entry: dict[str, Any], before: list[VersionFound]) -> tuple[int, int | None]:
    """Return which amendment comes next, or which submission of the last one where it is said to be one."""
    counted = sum(one.submission is None for one in before)
    if "submission" not in entry:
        return counted + 1, None
    again = takewhile(lambda one: one.submission is not None, reversed(before))
    return counted, 2 + sum(1 for _ in again)


def _numbered(amendment: int, submission: int | None) -> str:
    return f"amendment {amendment}" + (f", submission {submission}," if submission else "")


def _next(amendment: int, submission: int | None) -> str:
    return str(amendment) if submission is None else f"submission {submission} of amendment {amendment}"
