"""Measures the audit log: appending many entries in one write, one durable entry at a time, and verifying.

Times are those of this machine while it ran: processor time for the bulk, which computes, and time by the clock for
single entries, which wait for the disk; what one such wait costs is measured in the same run. Each number is the best
of its rounds: what else the machine does can only add to it.
"""

import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from audit_verify import measure

from regdocs.audit.append import LogFolder, append, create
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.line import Json
from regdocs.audit.note import sign_note
from regdocs.audit.placing import Placed
from regdocs.audit.statement import Statement

ENTRIES, SINGLES, ROUNDS = 100_000, 100, 3
AT = "2026-03-01T14:00:00Z"
ORIGIN = "regdocs.invalid/benchmark/00000000"
PERSON = "jane.doe@example.org"
LOG, JANE = demonstration_signer(ORIGIN), demonstration_signer(f"{PERSON}/k1")
GENESIS: dict[str, Json] = {
    "do": "genesis",
    "by": PERSON,
    "format": "regdocs.audit/v1",
    "study": "BENCHMARK",
    "sponsor": "Example Hospital (fictional)",
    "nonce": "0" * 32,
    "origin": ORIGIN,
    "rules": {"four_eyes": False, "approval": []},
    "people": [
        {
            "person": PERSON,
            "name": "Jane Q. Doe, MD",
            "roles": ["administrator"],
            "key": JANE.key.text,
            "verified": {"how": "not at all", "by": "nobody"},
        }
    ],
    "log_key": LOG.key.text,
    "keys": "demonstration",
    "purpose": "study",
    "tool": "regdocs",
}


def main() -> None:
    print("| work | time | rate | aim |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="regdocs-benchmark-", dir=".") as top:
        waits = syncs(Path(top))
        folder = bulk(Path(top))
        measure(folder, Path(top), row, LOG, [record(number) for number in range(ENTRIES)], AT)
        singles(folder, waits)


def row(work: str, seconds: float, rate: str, aim: str = "") -> None:
    print(f"| {work} | {seconds * 1000:,.2f} ms | {rate} | {aim} |", flush=True)


def best(work: Callable[[], object]) -> float:
    return min(timed(work, time.perf_counter) for _ in range(ROUNDS))


def timed(work: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began


def syncs(top: Path) -> float:
    """What one wait for the disk costs: 500 bytes written and brought there, many times over."""
    descriptor = os.open(top / "waits", os.O_RDWR | os.O_CREAT)

    def wait() -> None:
        for _ in range(SINGLES):
            os.write(descriptor, b"x" * 500)
            os.fsync(descriptor)

    seconds = best(wait) / SINGLES
    os.close(descriptor)
    row("500 bytes written and brought to disk (fsync)", seconds, f"{1 / seconds:,.0f}/s")
    return seconds


def bulk(top: Path) -> LogFolder:
    """Entries of about 500 bytes: from records to the acknowledged head."""
    records = [record(number) for number in range(ENTRIES)]
    spent = []
    for number in range(ROUNDS):
        (top / str(number)).mkdir()
        folder = LogFolder(top / str(number) / "audit")
        create(folder, [GENESIS, authorised], signer=LOG, at=AT)
        spent.append(timed(partial(append, folder, records, signer=LOG, at=AT), time.process_time))
    size = sum(map(len, folder.lines(1))) / ENTRIES
    row(f"{ENTRIES:,} entries of {size:.0f} bytes in one append", min(spent), f"{ENTRIES / min(spent):,.0f}/s",
        "≥ 100,000/s")  # fmt: skip
    return folder


def singles(folder: LogFolder, wait: float) -> None:
    """One entry at a time on top of them, each acknowledged when it is on disk."""

    def write() -> None:
        for number in range(SINGLES):
            append(folder, [record(number)], signer=LOG, at=AT)

    seconds = best(write) / SINGLES
    row(f"one durable entry on a log of {ENTRIES:,}", seconds, f"{1 / seconds:,.0f}/s, {seconds / wait:.1f} waits")
    forgetful = best(lambda: (folder.frontier.unlink(), append(folder, [record(0)], signer=LOG, at=AT)))
    row("the same when the tree is not remembered", forgetful, f"{ENTRIES / forgetful:,.0f} entries read/s")


def authorised(placed: Placed) -> dict[str, Json]:
    """The signature of the administrator whom genesis names."""
    genesis = placed.entries[-1]
    said = Statement(
        ORIGIN, genesis.n, genesis.leaf.hex(), "Jane Q. Doe, MD", "administrator", "authorisation", placed.at
    )
    return {"do": "sign", "by": PERSON, "of": genesis.n, "note": sign_note(said.text, JANE).to_bytes().decode()}


def record(number: int) -> dict[str, Json]:
    text = f"Monitoring visit {number}: source documents of the participants seen were compared with the record. "
    return {
        "do": "note",
        "by": PERSON,
        "on": "2026-03-01",
        "why": "monitoring plan, section 4",
        "text": (text * 4)[:270],
    }


if __name__ == "__main__":
    main()
