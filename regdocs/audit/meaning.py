"""What the entries say, read one after another: acts that were authorised, versions, issues, signatures, facts.

Knows the rules between entries (docs/formats/audit-log.md); the chain and the tree are `chain`'s, single signatures
`signatures`'. An entry that has to be signed at once is settled when the `sign` entries that follow it have been read.
"""

from dataclasses import replace
from datetime import date
from typing import Any

from regdocs.audit import acts
from regdocs.audit.authority import Authority, found
from regdocs.audit.entry import SIGNED_AT_ONCE, TOOL, VERSIONS, is_known, problems_of
from regdocs.audit.evidence import Evidence
from regdocs.audit.issues import Issues
from regdocs.audit.kept import Kept
from regdocs.audit.note import NotAKey
from regdocs.audit.references import ObjectAbsent, ReferenceFalse, inline_entry
from regdocs.audit.replay import Replay
from regdocs.audit.signatures import Court, Lookup, Placed, check_signature
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes, Signed, VersionFound

LATE_DAYS = 3


class Meaning:
    """The log's meaning up to the entry read last.

    Attributes:
        authority: Who may sign what; None when genesis cannot be used, and then nothing is read for its meaning.
        genesis: What genesis says, when it can be used.
        versions: By entry.
        signatures: Those that count, in order.
        anchors: Entries of that kind, in order.
        replay, kept, issues: The data form, what has to be there, and what was issued, up to here.
    """

    def __init__(self, evidence: Evidence, notes: Notes, trust: Trust | None) -> None:
        self._evidence, self._notes, self._trust = evidence, notes, trust
        self.replay = Replay(evidence, notes)
        self.kept = Kept(evidence, notes)
        self.issues = Issues(evidence, notes, self.kept)
        self._act: acts.Act | None = None
        self.authority: Authority | None = None
        self.genesis: dict[str, Any] | None = None
        self.versions: dict[int, VersionFound] = {}
        self.signatures: list[Signed] = []
        self.anchors: list[Placed] = []

    def pass_over(self) -> None:
        """Say that the next line could not be read: what had to be signed by now is settled."""
        self._settle()

    def take(self, n: int, raw: bytes, written: dict[str, Any], lookup: Lookup) -> None:
        """Read the next entry, which is a line of the profile; `lookup` finds earlier ones."""
        if written.get("do") != "sign":
            self._settle()
        if n > 0 and self.authority is None:
            return
        entry = self._put_back(n, raw, written)
        if entry is None or not self._well_formed(n, entry):
            return
        placed = Placed(n, raw, entry)
        self._tell_when(n, entry)
        if n == 0:
            self._begin(placed)
        if self.authority is None:
            return
        self.kept.sealed_in(n, entry)
        self._who(n, entry)
        self._by_kind(placed, lookup)

    def finish(self) -> None:
        """Settle what is still open at the end of what the checkpoint covers."""
        self._settle()
        self.kept.finish()
        self.issues.finish()

    def _put_back(self, n: int, raw: bytes, written: dict[str, Any]) -> dict[str, Any] | None:
        """Return the entry with its long values in their places, or None when one is not to be had."""
        if b'"object":' not in raw:
            return written
        try:
            return inline_entry(written, self._evidence.object)
        except ObjectAbsent as error:
            self._notes.fault(Verdict.FILE, str(error), n, "it was not copied, or it was changed")
        except ReferenceFalse as error:
            self._notes.fault(Verdict.ALTERED, str(error), n)
        return None

    def _well_formed(self, n: int, entry: dict[str, Any]) -> bool:
        problems = problems_of(entry)
        for problem in problems:
            self._notes.fault(Verdict.ALTERED, problem, n)
        return not problems

    def _by_kind(self, placed: Placed, lookup: Lookup) -> None:
        kind = placed.entry["do"]
        if kind == "sign":
            self._sign(placed, lookup)
        elif kind in SIGNED_AT_ONCE:
            self._act_begins(placed)
        else:
            self._fact(placed)

    # -------------------------------------------------------------------------------------------------------- genesis

    def _begin(self, placed: Placed) -> None:
        """Take genesis, unless something in it cannot be used: then nothing is read for its meaning."""
        if placed.entry["do"] != "genesis":
            return  # told as "no log" by whoever reads the first line
        problems = []
        try:
            authority = found(placed.entry)
            problems = list(_genesis_problems(placed.entry, authority))
        except NotAKey as error:
            problems.append(f"a key of genesis cannot be used: {error}")
        for problem in problems:
            self._notes.fault(Verdict.ALTERED, problem, placed.n)
        if not problems:
            self.authority, self.genesis = authority, placed.entry

    # --------------------------------------------------------------------------------------------- what every entry has

    def _tell_when(self, n: int, entry: dict[str, Any]) -> None:
        on = entry.get("on")
        if on is None:
            return
        days = (date.fromisoformat(entry["at"][:10]) - date.fromisoformat(on)).days
        if days > LATE_DAYS:
            self._notes.tell(f"recorded late by {days} days", n)
        elif days < -LATE_DAYS:
            self._notes.tell(f"recorded {-days} days before the day it names", n)

    def _who(self, n: int, entry: dict[str, Any]) -> None:
        assert self.authority is not None
        by, tools_own = entry["by"], entry["do"] in ("clock", "recovered")
        if not (by == TOOL and tools_own) and by not in self.authority.people:
            self._notes.fault(Verdict.UNKNOWN_KEY, f'"{by}", who records this, is not enrolled here', n)

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

    def _sign(self, placed: Placed, lookup: Lookup) -> None:
        assert self.authority is not None
        signed, faults = check_signature(placed, Court(self.authority, lookup, self._trust))
        self._notes.faults.extend(faults)
        if signed is None:
            return
        self.signatures.append(signed)
        act = self._act
        if act is None or signed.of != act.placed.n:
            return
        before = act.done
        acts.sign(act, signed, self.authority)
        if act.done and not before and act.holds and act.kind == "key-revoke":
            self._revoke_since(act.placed)

    def _settle(self) -> None:
        if self._act is not None and self.authority is not None:
            acts.settle(self._act, self.authority, self._notes)
        self._act = None

    def _revoke_since(self, revoke: Placed) -> None:
        """Note the signatures that a revocation makes faults after the fact."""
        key, since = revoke.entry["key"], revoke.entry.get("since")
        if since is None:
            return
        for one in self.signatures:
            if one.key.rpartition("+")[0] == key and since <= one.entry < revoke.n:
                message = f'signature: the key "{key}" was revoked in entry {revoke.n}, from entry {since} on'
                self._notes.fault(Verdict.UNSIGNED, message, one.entry)

    # ------------------------------------------------------------------------------------------------------- versions

    def _version(self, n: int, entry: dict[str, Any]) -> None:
        for problem in self._version_problems(entry):
            self._notes.fault(Verdict.ALTERED, problem, n)
        self.kept.of_version(n, entry)
        if entry["do"] == "release":
            self.replay.begin(n, entry["data"])
        else:
            self.replay.go_on(n, entry)
        self.versions[n] = _version_found(n, entry)

    def _version_problems(self, entry: dict[str, Any]) -> list[str]:
        problems = []
        amendments = sum(version.amendment is not None for version in self.versions.values())
        released = any(version.amendment is None for version in self.versions.values())
        if entry["do"] == "release" and released:
            problems.append("a second original protocol")
        if entry["do"] == "amend" and not released:
            problems.append("an amendment without an original protocol before it")
        if entry["do"] == "amend" and entry["amendment"] != amendments + 1:
            problems.append(f"amendment {entry['amendment']} where {amendments + 1} comes next")
        if any(version.version == entry["version"] for version in self.versions.values()):
            problems.append(f'a second version "{entry["version"]}"')
        return problems

    def _issue(self, n: int, entry: dict[str, Any]) -> None:
        version = self.versions.get(entry["of"])
        if version is None:
            self._notes.fault(Verdict.ALTERED, f"entry {entry['of']}, which it issues, is no version before it", n)
            return
        self.issues.take(n, entry, version.version)
        self.versions[entry["of"]] = replace(version, issues=(*version.issues, n))

    # ---------------------------------------------------------------------------------------------------------- facts

    def _fact(self, placed: Placed) -> None:
        n, entry = placed.n, placed.entry
        if not is_known(entry["do"]):
            self._notes.tell(f'an entry of the kind "{entry["do"]}", whose meaning was not checked', n)
            return
        self.kept.of_fact(n, entry)
        if entry["do"] in ("correct", "signed-elsewhere") and entry["of"] >= n:
            self._notes.fault(Verdict.ALTERED, f"it names entry {entry['of']}, which is not before it", n)
        elif entry["do"] == "anchor":
            self.anchors.append(placed)
        elif entry["do"] in _TOLD:
            self._notes.tell(_TOLD[entry["do"]].format(**entry), n)


_TOLD = {
    "correct": "corrects entry {of}; both stay visible",
    "signed-elsewhere": "entry {of} was signed elsewhere ({kind}, {on}): not checked cryptographically",
    "redact": "the sealed value {sealed} was removed",
    "recovered": "{bytes} bytes that were never acknowledged were moved to objects",
    "clock": "the writer's clock stood at {reads}, before the entry before",
    "import": "the page itself is not kept; its digest is {object}",
}


def _genesis_problems(entry: dict[str, Any], authority: Authority) -> tuple[str, ...]:
    keys = [*(one.key for one in authority.keys.values()), *(one.key for one in authority.log_keys)]
    problems = [problem for key in keys if (problem := acts.refused_key(key, authority))]
    if len(authority.people) != len(entry["people"]):
        problems.append("genesis names a person twice")
    if len(keys) != len(entry["people"]) + 1 or len({key.public for key in keys}) != len(keys):
        problems.append("genesis names a key twice")
    if any(one.key.name.rpartition("/")[0] != one.person for one in authority.keys.values()):
        problems.append("a key of genesis does not have the name of its person")
    if authority.log_keys[0].key.name != authority.origin:
        problems.append("the log's key is not named like the origin")
    if not entry["origin"].endswith(f"/{entry['nonce'][:8]}"):
        problems.append("the origin does not end in the first 8 digits of the nonce")
    return tuple(problems)


def _version_found(n: int, entry: dict[str, Any]) -> VersionFound:
    return VersionFound(
        entry=n,
        version=entry["version"],
        amendment=entry.get("amendment"),
        by=entry["by"],
        on=entry.get("on"),
        data=entry["data"],
        spec=entry["spec"],
        inputs=entry["inputs"],
    )
