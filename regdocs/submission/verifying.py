"""Verifying a package: its form, its files against its manifest, and the manifest against the log that goes along.

Whose log it is, and whether it is whole, is said by what the reader holds from outside: keys and heads, which never
come from the package.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from regdocs.audit.line import NotALine, parse
from regdocs.audit.note import NotANote, parse_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.references import ObjectAbsent, ReferenceFalse, inline_entry
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of, verify_consistency
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Verification
from regdocs.audit.verify import verify
from regdocs.canonical import sha256_hex
from regdocs.submission.history import CHECKPOINT, LINES, LISTS, PROOF, WITH_SIGNATURE
from regdocs.submission.manifest import LOG, contents_of_manifest
from regdocs.submission.manifest_reading import Manifest, NotAManifest, differences, manifest_in
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.sources import Source, read_whole

_CHANGED = "it was changed after the package was made"


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
    reading = _Reading(source, evidence, manifest, found, sha256_hex(data))
    faults += reading.faults()
    checked = (
        f"{len(manifest.files)} files of the package: each by name, length and digest, and the entry it is tied to"
    )
    return replace(found, faults=(*faults, *found.faults), checked=(*found.checked, checked))


@dataclass(frozen=True, slots=True)
class _Reading:
    source: Source
    evidence: PackageEvidence
    manifest: Manifest
    found: Verification
    digest: str

    def faults(self) -> Iterator[Fault]:
        """Yield what does not hold between manifest and log."""
        lines = [line.removesuffix(b"\n") for line in self.evidence.lines()]
        n = self._entry(lines)
        if n is None:
            yield Fault(Verdict.FILE, "no entry of the log names this manifest", None, _CHANGED)
            return
        leaves = [leaf_hash(line) for line in lines]
        entry = self._read(n) or {}
        yield from self._of_entry(n, entry)
        yield from self._of_head(n, leaves)
        yield from self._of_proof(n, leaves)
        yield from self._of_files()
        yield from self._of_log()

    def _entry(self, lines: list[bytes]) -> int | None:
        wanted = self.digest.encode()
        for n, line in enumerate(lines):
            if wanted in line and (self._read(n) or {}).get("manifest") == self.digest:
                return n
        return None

    def _read(self, n: int) -> dict[str, Any] | None:
        """Return an entry with its long values where they are at hand; None when it cannot be read."""
        line = self.evidence.line(n)
        try:
            entry = parse(line or b"")
        except NotALine:
            return None
        try:
            return dict(inline_entry(entry, self.evidence.object))
        except (ObjectAbsent, ReferenceFalse):
            return entry

    def _of_entry(self, n: int, entry: Mapping[str, Any]) -> Iterator[Fault]:
        """Yield what the entry says otherwise than the manifest, and whether its maker signed it."""
        said = self.manifest.said
        own = (entry.get("profile"), entry.get("kind"), entry.get("site"), entry.get("on"))
        if own != (said["profile"]["name"], said["kind"], said.get("site"), said["on"]):
            yield Fault(Verdict.ALTERED, "profile, kind, site or day are others than the manifest's", n)
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
            yield Fault(
                Verdict.FILE, f"{PROOF} is not the proof of this entry, or the log does not end with it", n, _CHANGED
            )

    def _of_files(self) -> Iterator[Fault]:
        for path, row in self.manifest.files.items():
            if problem := self._untied(row):
                yield Fault(Verdict.FILE, f'"{path}": {problem}')

    def _untied(self, row: Mapping[str, Any]) -> str | None:
        """Return why a file is not tied to the entry that the manifest names for it."""
        match row["from"]:
            case {"package": True}:
                return None
            case {"issue": int(n), "path": str(path)}:
                return None if row["sha256"] == self._issued(n).get(path) else f"entry {n} did not issue it"
            case {"entry": int(n)}:
                return None if row["sha256"] in _kept_in(self._read(n) or {}) else f"entry {n} does not name it"
            case {"submission": int(n)}:
                external = (self._read(n) or {}).get("external", [])
                named = (
                    [one.get("sha256") for one in external if isinstance(one, dict)]
                    if isinstance(external, list)
                    else []
                )
                return None if row["sha256"] in named else f"entry {n} does not name it"
        return "the manifest does not say which entry it is tied to"

    def _issued(self, n: int) -> dict[str, str]:
        entry = self._read(n) or {}
        data = self.evidence.object(str(entry.get("files"))) if entry.get("do") == "issue" else None
        lines = (data or b"").decode("utf-8", "replace").split("\n")
        return {path: digest for digest, _, path in (line.partition("  ") for line in lines) if path}

    def _of_log(self) -> Iterator[Fault]:
        """Yield what lies below `log/` and is not needed, or is not what its name says."""
        for path in self.source.files:
            if path.startswith(LISTS) and self.evidence.object(path.removeprefix(LISTS)) is None:
                yield Fault(Verdict.FILE, f'"{path}" is not what its name says', None, _CHANGED)
            elif path.startswith(LOG) and not path.startswith(LISTS) and path not in (LINES, CHECKPOINT, PROOF):
                yield Fault(Verdict.FILE, f'"{path}" does not belong to a package')


def _kept_in(entry: Mapping[str, Any]) -> list[Any]:
    response = entry.get("response")
    named = [entry.get("file"), *(response if isinstance(response, list) else [])]
    return [one.get("object") for one in named if isinstance(one, dict)]
