"""Verifying a package: its form, its files against its manifest, and the manifest against the log that goes along.

Whose log it is, and whether it is whole, is said by what the reader holds from outside: keys and heads, which never
come from the package.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from regdocs.audit.line import NotALine, parse
from regdocs.audit.note import NotANote, parse_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Listed, Verification
from regdocs.audit.verify import verify
from regdocs.canonical import sha256_hex
from regdocs.submission.claims import CHANGED, before_faults, entry_faults, file_faults, log_faults, other_head
from regdocs.submission.history import CHECKPOINT, LINES, LISTS, PROOF, WITH_SIGNATURE
from regdocs.submission.manifest import PAPERS
from regdocs.submission.manifest_reading import Manifest, NotAManifest, differences, manifest_in
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.proofs import is_without_log
from regdocs.submission.sources import Source, read_whole
from regdocs.submission.tying import Ties
from regdocs.submission.verifying_proofs import proof_faults, verify_proofs

MAX_LINES = 1_000_000  # of a log in a package, of which each leaf hash is kept
_UNCHECKED = (
    "names of files, titles, sections, bases and numbers in the manifest: they are the words of who made the package"
)


def verify_package(source: Source, asked: Asked) -> Verification:
    """Return what came of verifying a package: the log's verification, and whatever is wrong with the package.

    Everything is reported, whatever the bytes; nothing is raised for a bad package.
    """
    evidence, without_log = PackageEvidence(source), is_without_log(source)
    found = verify_proofs(source, asked) if without_log else verify(evidence, asked)
    faults = [Fault(Verdict.ALTERED, problem, None, CHANGED) for problem in source.problems]
    try:
        manifest, data = manifest_in(source)
    except NotAManifest as error:
        faults.append(Fault(Verdict.ALTERED, str(error), None, CHANGED))
        return replace(found, faults=(*faults, *found.faults))
    faults += [Fault(Verdict.FILE, one, None, CHANGED) for one in differences(source, manifest)]
    digest, ties = sha256_hex(data), Ties(evidence)
    if without_log:
        faults += proof_faults(source, manifest, digest, found, ties)
    else:
        faults += _Reading(source, evidence, manifest, found, digest, ties).faults()
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
    """Yield the files whose bytes no entry before the package names: its maker alone vouches for them."""
    printed = [path for path, row in manifest.files.items() if "printed" in row["from"]]
    if printed:
        named = ", ".join(f'"{path}"' for path in printed)
        yield Listed(
            "printed for this package alone, with the board's pages; that they have the words of the documents that "
            f"were issued is what its maker says: {named}"
        )
    papers = ", ".join(f'"{path}"' for path, row in manifest.files.items() if row["document"] in PAPERS)
    if papers:
        yield Listed(f"papers that were made for this package, for which its maker alone vouches: {papers}")
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
            yield Fault(Verdict.FILE, f"{LINES} does not end with the entry that its head covers", None, CHANGED)
        if n is None:
            yield Fault(Verdict.FILE, "no entry of the log names this manifest", None, CHANGED)
        else:
            yield from entry_faults(n, self.ties.bare(n), self.manifest, self.found)
            yield from self._of_head(n, leaves)
            yield from self._of_proof(n, leaves)
        yield from file_faults(self.manifest, self.ties)
        known = {LINES, CHECKPOINT, PROOF} | {LISTS + one for one in self.ties.needed(self.manifest.files.values())}
        yield from log_faults(self.source, self.evidence, known)

    def _entry(self) -> tuple[int | None, list[bytes], int]:
        """Return the newest entry that names the manifest; of all that the head covers leaf hashes, and bytes."""
        size = self.found.checkpoint.size if self.found.checkpoint else 0
        wanted, n, read = self.digest.encode(), None, 0
        leaves: list[bytes] = []
        for line in islice(self.evidence.lines(), min(size, MAX_LINES)):
            bare = line.removesuffix(b"\n")
            if wanted in bare and _names(bare, self.digest):
                n = len(leaves)
            leaves.append(leaf_hash(bare))
            read += len(line)
        return n, leaves, read

    def _of_head(self, n: int, leaves: list[bytes]) -> Iterator[Fault]:
        head = self.manifest.said["head"]
        if head["size"] != n or root_of(leaves[:n]).hex() != head["root"]:
            yield other_head(n)
        else:
            yield from before_faults(n, self.manifest)
            yield from self._of_before(n)

    def _of_before(self, n: int) -> Iterator[Fault]:
        before = self.manifest.said.get("before")
        entry = {} if before is None else self.ties.bare(before["entry"])
        own = (entry.get("do"), entry.get("on"), entry.get("n", 0) + WITH_SIGNATURE) if entry else None
        if before is not None and own != ("package", before["on"], before["size"]):
            yield Fault(Verdict.ALTERED, f"entry {before['entry']}, from which it goes on, is no such package", n)

    def _of_proof(self, n: int, leaves: list[bytes]) -> Iterator[Fault]:
        data, note = read_whole(self.source, PROOF, 1 << 20), self.evidence.checkpoint()
        size = n + WITH_SIGNATURE
        try:
            expected = TlogProof(n, tuple(inclusion_proof(leaves, n, size)), parse_note(note or b"")).to_bytes()
        except (NotANote, ValueError, IndexError):
            expected = b""
        if data != expected or len(leaves) != size:
            message = f"{PROOF} is not the proof of this entry, or the log does not end with its signature"
            yield Fault(Verdict.FILE, message, n, CHANGED)


def _names(line: bytes, digest: str) -> bool:
    try:
        entry = parse(line)
    except NotALine:
        return False
    return entry.get("do") == "package" and entry.get("manifest") == digest
