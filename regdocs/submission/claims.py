"""What a manifest claims of its package, held against the entry of the log that names it.

Knows what was read and verified already, of a whole log or of single entries; of files only lists below `log/`.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from regdocs.audit.tree import verify_consistency
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Verification
from regdocs.submission.history import LISTS
from regdocs.submission.manifest import LOG, contents_of_manifest
from regdocs.submission.manifest_reading import Manifest
from regdocs.submission.package_evidence import PackageEvidence
from regdocs.submission.sources import Source
from regdocs.submission.tying import Ties

CHANGED = "it was changed after the package was made"


def entry_faults(n: int, entry: Mapping[str, Any], manifest: Manifest, found: Verification) -> Iterator[Fault]:
    """Yield what the entry and the log say otherwise than the manifest, and whether its maker signed it."""
    said = manifest.said
    own = (entry.get("profile"), entry.get("kind"), entry.get("site"), entry.get("on"))
    if own != (said["profile"]["name"], said["kind"], said.get("site"), said["on"]):
        yield Fault(Verdict.ALTERED, "profile, kind, site or day are others than the manifest's", n)
    if (said["study"], said["origin"]) != (found.study, found.origin):
        yield Fault(Verdict.ALTERED, "the manifest names another study, or another log", n)
    if said["version"] not in [one.version for one in found.versions]:
        yield Fault(Verdict.ALTERED, "the manifest names a version that the log does not have", n)
    if entry.get("contents") != contents_of_manifest(said):
        yield Fault(Verdict.ALTERED, "its contents are others than the manifest's files", n)
    if entry.get("of") != said.get("before", {}).get("entry"):
        yield Fault(Verdict.ALTERED, "it goes on from another package than the manifest says", n)
    signed = [one for one in found.signatures if one.of == n and one.meaning == "authorship"]
    if entry.get("by") not in [one.person for one in signed]:
        yield Fault(Verdict.UNSIGNED, "the package is not signed by who made it", n)


def before_faults(n: int, manifest: Manifest) -> Iterator[Fault]:
    """Yield whether the proof from the package before to the manifest's head does not hold."""
    head, before = manifest.said["head"], manifest.said.get("before")
    if before is None:
        return
    proof = [bytes.fromhex(one) for one in before["proof"]]
    old, root = before["size"], bytes.fromhex(before["root"])
    if not 0 < old <= n or not verify_consistency(old, n, root, bytes.fromhex(head["root"]), proof):
        yield Fault(Verdict.ALTERED, "the proof that it extends the package before does not hold", n)


def other_head(n: int) -> Fault:
    """Return the fault of a manifest whose head is not the log's before the package's entry."""
    return Fault(Verdict.ALTERED, "the manifest extends another head than the log before it", n)


def file_faults(manifest: Manifest, ties: Ties) -> Iterator[Fault]:
    """Yield each file that is not what its row says."""
    for path, row in manifest.files.items():
        if problem := ties.problem_of(row):
            yield Fault(Verdict.FILE, f'"{path}": {problem}')


def log_faults(source: Source, evidence: PackageEvidence, known: Collection[str]) -> Iterator[Fault]:
    """Yield what lies below `log/` and is not needed, is not what its name says, or is missing.

    Args:
        known: The paths that this package has there.
    """
    for path in source.files:
        if path.startswith(LOG) and path not in known:
            yield Fault(Verdict.FILE, f'"{path}" does not belong to this package')
        elif path.startswith(LISTS) and evidence.object(path.removeprefix(LISTS)) is None:
            yield Fault(Verdict.FILE, f'"{path}" is not what its name says', None, CHANGED)
    for path in sorted(set(known) - source.files.keys()):
        yield Fault(Verdict.FILE, f'"{path}" is missing', None, CHANGED)
