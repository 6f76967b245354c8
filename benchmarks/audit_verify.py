"""Measures verifying the audit log: all of a long one, only what is new, proofs, memory; beside git and plain JSON.

Peers run in the same run. `git fsck --full` checks the digests and the links of a history with as many commits, each
with the same text as its message; it knows no times, no people, no signatures of entries. Reading each line with
`json.loads` and nothing more is the floor under anything that reads JSON in Python. All times are of the processor.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from regdocs.audit.append import append
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.heads import read_head
from regdocs.audit.line import Json
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.note import Signer
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of, verify_inclusion
from regdocs.audit.trust import parse_trust
from regdocs.audit.verification import Asked, Head, Verification
from regdocs.audit.verify import verify

ROUNDS, NEW = 3, 100
Row = Callable[[str, float, str, str], None]


def measure(folder: LogFolder, top: Path, row: Row, log: Signer, records: list[dict[str, Json]], at: str) -> None:
    """Print a row for each: `folder` is a log of `records` whose folder is `audit` in a study's folder."""
    study, entries = folder.path.parent, len(list(folder.lines()))
    found = verify(FolderEvidence(study), asked_of(folder, log))
    if found.faults:
        raise SystemExit(f"the log of this benchmark does not hold: {found.faults[0]}")
    whole = spent(lambda: verify(FolderEvidence(study), asked_of(folder, log)))
    texts = [str(record["text"]) for record in records]
    row(f"verify {entries:,} entries, strictly", whole, f"{entries / whole:,.0f}/s", "≥ 100,000/s")
    for name, commits in (("without files", _messages(texts)), ("each of one changed file", _files(texts))):
        git = git_fsck(top / f"git {name}", commits)
        row(f"– git fsck --full, {len(texts):,} commits {name}", git, f"ours {whole / git:.2f}×", "≤ 0.5×")
    floor = spent(lambda: [json.loads(line) for line in folder.lines()])
    row("– json.loads of each line, and nothing else", floor, f"ours {whole / floor:.1f}×", "")
    memory(study)
    from_a_state(folder, found, row, log, records[:NEW], at)
    proofs(folder, row)


def asked_of(folder: LogFolder, log: Signer) -> Asked:
    """What an outsider holds: the log's key and its newest head."""
    head = read_head(folder.head_note() or b"")
    trust = parse_trust(log.key.text, head.checkpoint.origin)
    return Asked(trust, (Head("the newest head", head.note, head.checkpoint),))


def spent(work: Callable[[], object]) -> float:
    """Seconds of the processor, the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def git_fsck(place: Path, commits: Iterator[str]) -> float:
    """What git takes to check this history, in one pack; the best of some rounds."""
    run = ["git", "-C", str(place)]
    subprocess.run(["git", "init", "--quiet", "--bare", str(place)], check=True)
    subprocess.run([*run, "fast-import", "--quiet"], input="".join(commits).encode(), check=True)
    times = []
    for _ in range(ROUNDS):
        before = _of_children()
        subprocess.run([*run, "fsck", "--full", "--no-progress"], check=True, capture_output=True)
        times.append(_of_children() - before)
    return min(times)


def _messages(texts: list[str]) -> Iterator[str]:
    """A commit for each text, which is its message: one object."""
    return (f"{_commit(number)}{_data(text)}" for number, text in enumerate(texts, 1))


def _files(texts: list[str]) -> Iterator[str]:
    """A commit for each text, which is its only file: three objects."""
    for number, text in enumerate(texts, 1):
        yield f"{_commit(number)}{_data('recorded')}M 100644 inline record.txt\n{_data(text)}"


def _commit(number: int) -> str:
    return f"commit refs/heads/main\ncommitter A <a@example.org> {number} +0000\n"


def _data(text: str) -> str:
    return f"data {len(text.encode())}\n{text}\n"


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


MEMORY = """
import sys
from pathlib import Path
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.verification import Asked
from regdocs.audit.verify import verify
verify(FolderEvidence(Path(sys.argv[1])), Asked()) if len(sys.argv) > 1 else None
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def memory(study: Path) -> None:
    """Most memory of a process that verifies, and of one that only loads what it needs for that. Linux only.

    What `getrusage` says of a new process may be what its parent used, so the system's own file is read.
    """
    bare, used = (
        int(subprocess.run([sys.executable, "-c", MEMORY, *more], check=True, capture_output=True, text=True).stdout)
        for more in ([], [str(study)])
    )
    print(f"| – most memory, above that of the program itself |  | {(used - bare) / 1024:,.1f} MB | flat |", flush=True)


def from_a_state(
    folder: LogFolder, found: Verification, row: Row, log: Signer, records: list[dict[str, Json]], at: str
) -> None:
    """Only what is new, from what an earlier verification remembered."""
    append(folder, records, signer=log, at=at)
    if found.state is None:
        raise SystemExit("the log of this benchmark gives no state")
    state, study = found.state, folder.path.parent
    seconds = spent(lambda: verify(FolderEvidence(study), asked_of(folder, log), state))
    row(f"verify {len(records)} new entries from a state", seconds, "", "")


def proofs(folder: LogFolder, row: Row) -> None:
    """That one entry is in the tree: made from the lines, from the leaf hashes, and checked."""
    leaves = [leaf_hash(line) for line in folder.lines()]
    size, index, root = len(leaves), len(leaves) // 3, root_of(leaves)
    proof = inclusion_proof(leaves, index, size)
    lines = spent(lambda: inclusion_proof([leaf_hash(line) for line in folder.lines()], index, size))
    row(f"proof that an entry is among {size:,}, from the lines", lines, f"{len(proof)} hashes", "")
    row("– from the leaf hashes", spent(lambda: inclusion_proof(leaves, index, size)), "", "")
    if not verify_inclusion(leaves[index], index, size, proof, root):
        raise SystemExit("a proof of this benchmark does not hold")
    checks = spent(lambda: [verify_inclusion(leaves[index], index, size, proof, root) for _ in range(1000)]) / 1000
    row("– checking it", checks, f"{1 / checks:,.0f}/s", "")
