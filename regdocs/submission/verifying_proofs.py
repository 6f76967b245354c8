"""Verifying a package that came without the log: the entries it rests on, each by its proof, under one signed head.

What only a whole log can show is said to be unchecked: that no key was revoked, and that nothing was left out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from regdocs.audit import genesis
from regdocs.audit.acts import problem_of_act
from regdocs.audit.authority import Authority
from regdocs.audit.entry import AUTHORITY, VERSIONS, problems_of, problems_of_whole
from regdocs.audit.heads import Heads, Read
from regdocs.audit.line import NotALine, parse
from regdocs.audit.meaning import version_found
from regdocs.audit.note import NotANote
from regdocs.audit.proof import MAX_PROOF, NotAProof, parse_proof
from regdocs.audit.references import Unreadable, inline_entry
from regdocs.audit.signatures import Court, Placed, check_signature
from regdocs.audit.tree import leaf_hash, verify_consistency, verify_inclusion
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Notes, Signed, Verification, VersionFound
from regdocs.audit.verify import own_checkpoint
from regdocs.errors import Refusal
from regdocs.submission.claims import CHANGED, before_faults, entry_faults, file_faults, log_faults, other_head
from regdocs.submission.history import CHECKPOINT, LISTS, PROOF, WITH_SIGNATURE
from regdocs.submission.manifest_reading import Manifest
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.proofs import (
    HEAD,
    MAX_ENTRIES,
    READ_WHOLE,
    consistency_in,
    entries_in,
    entry_path,
    long_values,
    proof_path,
)
from regdocs.submission.sources import Source, read_whole
from regdocs.submission.tying import Ties

LIMITS = (
    "The log is not in this package: revocation of keys and completeness of the log were not checked, nor who enrolled "
    "persons."
)


def verify_proofs(source: Source, asked: Asked) -> Verification:
    """Return what came of verifying the entries that a package has in place of the log.

    Everything is reported, whatever the bytes; nothing is raised for a bad package.
    """
    reading = _Reading(source, asked, PackageEvidence(source))
    own = own_checkpoint(reading.evidence, reading.notes)
    if own is not None:
        for n in entries_in(source.files)[:MAX_ENTRIES]:
            reading.take(n, own)
        reading.demand_authors()
        reading.judge_heads(own)
    authority = reading.authority
    return Verification(
        study=reading.study,
        origin=authority.origin if authority else None,
        checkpoint=own.checkpoint if own else None,
        entries=len(reading.placed),
        faults=tuple(reading.notes.faults),
        listed=tuple(reading.notes.listed),
        checked=(f"{len(reading.placed)} entries of the log: each by its proof under the head in the package",),
        unchecked=(
            "revocation of keys, and whether the log is complete: it is not in this package",
            "whether those who enrolled persons and brought keys were entitled to",
        ),
        versions=tuple(reading.versions),
        signatures=tuple(reading.signatures),
        covered=reading.covered,
        demonstration=bool(authority and authority.demonstration),
        limits=LIMITS,
    )


def proof_faults(source: Source, manifest: Manifest, digest: str, found: Verification, ties: Ties) -> Iterator[Fault]:
    """Yield what does not hold between the manifest and the entries that were proved.

    Args:
        digest: Of MANIFEST.json.
        found: What `verify_proofs` returned.
    """
    named = [n for n in entries_in(source.files) if _names(ties.bare(n), digest)]
    if found.checkpoint is None or not named:
        yield Fault(Verdict.FILE, "no entry in this package names this manifest", None, CHANGED)
        return
    n, checkpoint = named[-1], found.checkpoint
    yield from entry_faults(n, ties.bare(n), manifest, found)
    if checkpoint.size != n + WITH_SIGNATURE:
        yield Fault(Verdict.FILE, f"{CHECKPOINT} does not end with the signature of this package's entry", n, CHANGED)
    if not _extends(source, n, manifest, checkpoint.size, checkpoint.root):
        yield other_head(n)
    yield from before_faults(n, manifest)
    yield from file_faults(manifest, ties)
    yield from log_faults(source, PackageEvidence(source), _known(source, n, ties, manifest))


def _names(entry: Mapping[str, Any], digest: str) -> bool:
    return entry.get("do") == "package" and entry.get("manifest") == digest


def _extends(source: Source, n: int, manifest: Manifest, size: int, root: bytes) -> bool:
    head = manifest.said["head"]
    try:
        hashes = consistency_in(read_whole(source, HEAD, MAX_PROOF) or b"")
    except Refusal:
        return False
    return head["size"] == n and verify_consistency(n, size, bytes.fromhex(head["root"]), root, hashes)


def _known(source: Source, package: int, ties: Ties, manifest: Manifest) -> set[str]:
    """Return the paths below `log/` of a package that has these entries."""
    there = entries_in(source.files)
    known = {CHECKPOINT, HEAD, PROOF, *(entry_path(n) for n in there), *(proof_path(n, package) for n in there)}
    known |= {LISTS + one for one in ties.needed(manifest.files.values())}
    return known | {LISTS + one for n in there for one in long_values(ties.bare(n))}


@dataclass(slots=True)
class _Reading:
    """The entries of a package, read in their order."""

    source: Source
    asked: Asked
    evidence: PackageEvidence
    notes: Notes = field(default_factory=Notes)
    authority: Authority | None = None
    study: str | None = None
    placed: dict[int, Placed] = field(default_factory=dict)
    versions: list[VersionFound] = field(default_factory=list)
    signatures: list[Signed] = field(default_factory=list)
    covered: int | None = None

    def take(self, n: int, own: Read) -> None:
        """Read an entry, if its proof holds."""
        raw = self.evidence.line(n) or b""
        if self.source.files[entry_path(n)].size != len(raw) + 1:
            self.notes.fault(Verdict.ALTERED, "its line does not end with one LF", n, CHANGED)
        try:
            entry = parse(raw)
        except NotALine as error:
            self.notes.fault(Verdict.ALTERED, f"it is no line of the log: {error}", n, CHANGED)
            return
        problem = _unproved(self.source, n, raw, own)
        try:
            entry = entry if problem else _whole(entry, self.evidence)
        except Unreadable as error:
            problem = str(error)
        problem = problem or _ill_formed(n, entry)
        if problem:
            self.notes.fault(Verdict.ALTERED, problem, n, CHANGED)
            return
        self.placed[n] = Placed(n, raw, entry)
        self._by_kind(self.placed[n])

    def _by_kind(self, placed: Placed) -> None:
        entry = placed.entry
        if placed.n == 0:
            self._begin(entry)
        elif self.authority is None:
            return
        elif entry["do"] in AUTHORITY:
            self._admit(placed.n, entry, self.authority)
        elif entry["do"] in VERSIONS:
            self.versions.append(version_found(placed.n, entry))
        elif entry["do"] == "issue":
            self.versions = [_with_issue(one, placed) for one in self.versions]
        elif entry["do"] == "sign":
            self._sign(placed, self.authority)

    def _admit(self, n: int, entry: dict[str, Any], authority: Authority) -> None:
        problem = problem_of_act(n, entry, authority)
        if problem is None:
            authority.admit(n, entry)
        else:
            self.notes.fault(Verdict.ALTERED, f'"{entry["do"]}" cannot hold: {problem}', n)

    def _sign(self, placed: Placed, authority: Authority) -> None:
        if placed.entry["by"] not in authority.people:
            message = f'"{placed.entry["by"]}", who signs, is not enrolled in what this package has of the log'
            self.notes.fault(Verdict.UNKNOWN_KEY, message, placed.n)
            return
        signed, faults = check_signature(placed, Court(authority, self.placed.get, self.asked.trust))
        self.notes.add(*faults)
        self.signatures += [signed] if signed else []

    def demand_authors(self) -> None:
        """Note each version and issue that its author did not sign, as the log demands it."""
        authors = {(one.of, one.person) for one in self.signatures if one.meaning == "authorship"}
        for n, placed in self.placed.items():
            if placed.entry["do"] in (*VERSIONS, "issue") and (n, placed.entry["by"]) not in authors:
                message = f"{placed.entry['do']} is not signed by its author in what this package has of the log"
                self.notes.fault(Verdict.UNSIGNED, message, n)

    def _begin(self, entry: Mapping[str, Any]) -> None:
        if entry.get("do") != "genesis":
            self.notes.fault(Verdict.UNREADABLE, "the first line is no genesis", 0)
            return
        authority, problems = genesis.begin(entry)
        for problem in problems:
            self.notes.fault(Verdict.ALTERED, problem, 0)
        if not problems:
            self.authority, self.study = authority, entry["study"]

    def judge_heads(self, own: Read) -> None:
        """Judge the package's head and those from outside; one that is smaller only a whole log could be held to."""
        size = own.checkpoint.size
        smaller = [head for head in self.asked.heads if head.checkpoint.size < size]
        footers = [footer for footer in self.asked.footers if footer.size < size]
        for name in (*(head.name for head in smaller), *(f"a page's head of {one.size} entries" for one in footers)):
            self.notes.fault(Verdict.UNDECIDED, f"{name} is older than this package: only the log can be held to it")
        asked = replace(
            self.asked,
            heads=tuple(head for head in self.asked.heads if head not in smaller),
            footers=tuple(footer for footer in self.asked.footers if footer not in footers),
        )
        if self.asked.trust is None:
            self.notes.fault(Verdict.UNKNOWN_KEY, "nothing outside this package vouches for the log's key")
        heads = Heads(self.evidence, self.notes, self.authority, asked, {size: own.checkpoint.root}, own)
        heads.lines = size
        heads.remember(None)
        heads.own()
        heads.outside(decided=bool(smaller or footers))
        self.covered = heads.covered


def _with_issue(version: VersionFound, issue: Placed) -> VersionFound:
    return replace(version, issues=(*version.issues, issue.n)) if version.entry == issue.entry["of"] else version


def _whole(entry: dict[str, Any], evidence: PackageEvidence) -> dict[str, Any]:
    """Return an entry with its long values where every one is needed. Raises Unreadable where one is not to be had."""
    return dict(inline_entry(entry, evidence.object)) if entry.get("do") in READ_WHOLE else entry


def _ill_formed(n: int, entry: Mapping[str, Any]) -> str | None:
    if entry.get("n") != n:
        return f"it says that it is entry {entry.get('n')}"
    problems = problems_of_whole if entry.get("do") in READ_WHOLE else problems_of
    return next(iter(problems(entry)), None)


def _unproved(source: Source, n: int, raw: bytes, own: Read) -> str | None:
    """Return why an entry is not proved to be under the package's head, or None."""
    package = own.checkpoint.size - WITH_SIGNATURE
    try:
        proof = parse_proof(read_whole(source, proof_path(n, package), MAX_PROOF) or b"")
    except (NotAProof, NotANote) as error:
        return f"its proof cannot be read: {error}"
    if proof.extra is not None:
        return "its proof has something besides the proof"
    if proof.index != n or proof.checkpoint.to_bytes() != own.note.to_bytes():
        return "its proof is of another entry, or under another head"
    if not verify_inclusion(leaf_hash(raw), n, own.checkpoint.size, proof.hashes, own.checkpoint.root):
        return "its proof does not hold: the entry is not the one under this head"
    return None
