"""Verifying a package: its form, its files against its manifest, and the manifest against the log that goes along.

Whose log it is, and whether it is whole, is said by what the reader holds from outside: keys and heads, which never
come from the package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from regdocs.audit.line import NotALine, parse
from regdocs.audit.note import NotANote, parse_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of, verify_consistency
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Listed, Verification
from regdocs.audit.verify import verify
from regdocs.canonical import sha256_hex
from regdocs.submission.history import CHECKPOINT, LINES, LISTS, PROOF, WITH_SIGNATURE
from regdocs.submission.manifest import LOG, PAPERS, contents_of_manifest
from regdocs.submission.manifest_reading import Manifest, NotAManifest, differences, manifest_in
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.sources import Source, read_whole
from regdocs.submission.tying import Ties

_CHANGED = "it was changed after the package was made"
_UNCHECKED = "titles, sections, bases and numbers in the manifest: they are the words of who made the package"


def verify_package(source: Source, asked: Asked) -> Verification:
    """Return what came of verifying a package: the log's verification, and whatever is wrong with the package.

    Everything is reported, whatever the bytes; nothing is raised for a bad package.
    """
    evidence = PackageEvidence(source)
    found = verify(evidence, asked)
    faults = [Fault(Verdict.ALTERED, problem, None, _CHANGED) for problem in source.problems]
    try:
        manifest, data = manifest_in(source)
    except NotAManifest as error:
        faults.append(Fault(Verdict.ALTERED, str(error), None, _CHANGED))
        return replace(found, faults=(*faults, *found.faults))
    faults += [Fault(Verdict.FILE, one, None, _CHANGED) for one in differences(source, manifest)]
    faults += _Reading(source, evidence, manifest, found, sha256_hex(data), Ties(evidence)).faults()
    checked = (
        f"{len(manifest.files)} files of the package: each by name, length and digest, and the entry it is tied to"
    )
    return replace(
        found,
        faults=(*faults, *found.faults),
        listed=(*_alone(manifest), *found.listed),
        checked=(*found.checked, checked),
        unchecked=(*found.unchecked, _UNCHECKED),
    )


def _alone(manifest: Manifest) -> Iterator[Listed]:
    """Yield the files that no entry before the package names: its maker alone vouches for them."""
    for path, row in manifest.files.items():
        if row["from"] == {"package": True} and row["document"] not in PAPERS:
            yield Listed(f'"{path}" is tied to this package alone: no entry before it names that file')


@dataclass(frozen=True, slots=True)
class _Reading:
    source: Source
    evidence: PackageEvidence
    manifest: Manifest
    found: Verification
    digest: str
    ties: Ties

    def faults(self) -> Iterator[Fault]:
        """Yield what does not hold between manifest and log."""
        n, leaves, read = self._entry()
        if self.evidence.length() != read:
            yield Fault(Verdict.FILE, f"{LINES} does not end with the entry that its head covers", None, _CHANGED)
        if n is None:
            yield Fault(Verdict.FILE, "no entry of the log names this manifest", None, _CHANGED)
        else:
            yield from self._of_entry(n, self.ties.bare(n))
            yield from self._of_head(n, leaves)
            yield from self._of_proof(n, leaves)
        for path, row in self.manifest.files.items():
            if problem := self.ties.problem_of(row):
                yield Fault(Verdict.FILE, f'"{path}": {problem}')
        yield from self._of_log()

    def _entry(self) -> tuple[int | None, list[bytes], int]:
        """Return the newest entry that names the manifest; of all that the head covers leaf hashes, and bytes."""
        size = self.found.checkpoint.size if self.found.checkpoint else 0
        wanted, n, read = self.digest.encode(), None, 0
        leaves: list[bytes] = []
        for line in islice(self.evidence.lines(), size):
            bare = line.removesuffix(b"\n")
            if wanted in bare and _names(bare, self.digest):
                n = len(leaves)
            leaves.append(leaf_hash(bare))
            read += len(line)
        return n, leaves, read

    def _of_entry(self, n: int, entry: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what the entry and the log say otherwise than the manifest, and whether its maker signed it."""
        said = self.manifest.said
        own = (entry.get("profile"), entry.get("kind"), entry.get("site"), entry.get("on"))
        if own != (said["profile"]["name"], said["kind"], said.get("site"), said["on"]):
            yield Fault(Verdict.ALTERED, "profile, kind, site or day are others than the manifest's", n)
        if (said["study"], said["origin"]) != (self.found.study, self.found.origin):
            yield Fault(Verdict.ALTERED, "the manifest names another study, or another log", n)
        if said["version"] not in [one.version for one in self.found.versions]:
            yield Fault(Verdict.ALTERED, "the manifest names a version that the log does not have", n)
        if entry.get("contents") != contents_of_manifest(said):
            yield Fault(Verdict.ALTERED, "its contents are others than the manifest's files", n)
        if entry.get("of") != said.get("before", {}).get("entry"):
            yield Fault(Verdict.ALTERED, "it goes on from another package than the manifest says", n)
        signed = [one for one in self.found.signatures if one.of == n and one.meaning == "authorship"]
        if entry.get("by") not in [one.person for one in signed]:
            yield Fault(Verdict.UNSIGNED, "the package is not signed by who made it", n)

    def _of_head(self, n: int, leaves: list[bytes]) -> Iterator[Fault]:
        head, before = self.manifest.said["head"], self.manifest.said.get("before")
        if head["size"] != n or root_of(leaves[:n]).hex() != head["root"]:
            yield Fault(Verdict.ALTERED, "the manifest extends another head than the log before it", n)
        elif before is not None:
            proof = [bytes.fromhex(one) for one in before["proof"]]
            old, root = before["size"], bytes.fromhex(before["root"])
            if not 0 < old <= n or not verify_consistency(old, n, root, bytes.fromhex(head["root"]), proof):
                yield Fault(Verdict.ALTERED, "the proof that it extends the package before does not hold", n)

    def _of_proof(self, n: int, leaves: list[bytes]) -> Iterator[Fault]:
        data, note = read_whole(self.source, PROOF, 1 << 20), self.evidence.checkpoint()
        size = n + WITH_SIGNATURE
        try:
            expected = TlogProof(n, tuple(inclusion_proof(leaves, n, size)), parse_note(note or b"")).to_bytes()
        except (NotANote, ValueError, IndexError):
            expected = b""
        if data != expected or len(leaves) != size:
            message = f"{PROOF} is not the proof of this entry, or the log does not end with its signature"
            yield Fault(Verdict.FILE, message, n, _CHANGED)

    def _of_log(self) -> Iterator[Fault]:
        """Yield what lies below `log/` and is not needed, or is not what its name says."""
        known = {LINES, CHECKPOINT, PROOF} | {LISTS + one for one in self.ties.needed(self.manifest.files.values())}
        for path in self.source.files:
            if path.startswith(LOG) and path not in known:
                yield Fault(Verdict.FILE, f'"{path}" does not belong to this package')
            elif path.startswith(LISTS) and self.evidence.object(path.removeprefix(LISTS)) is None:
                yield Fault(Verdict.FILE, f'"{path}" is not what its name says', None, _CHANGED)
        for path in sorted(known - self.source.files.keys()):
            yield Fault(Verdict.FILE, f'"{path}" is missing', None, _CHANGED)


def _names(line: bytes, digest: str) -> bool:
    try:
        entry = parse(line)
    except NotALine:
        return False
    return entry.get("do") == "package" and entry.get("manifest") == digest
