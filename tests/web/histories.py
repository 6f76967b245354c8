"""Logs to report on: the example's, the same cut short, the same with a signature by a key that was revoked."""

import shutil
from pathlib import Path
from typing import Any

from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.line import encode
from regdocs.audit.note import sign_note
from regdocs.audit.statement import OwnWords, statement_about, text_to_sign
from regdocs.audit.tree import leaf_hash, root_of
from regdocs.cli.say import harmless
from regdocs.versions.logbook import Logbook, open_logbook
from regdocs.web.page import Asked, report

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE, OUTSIDE = ROOT / "examples" / "demo-101", ROOT / "examples" / "outside" / "demo-101"
DAY = "2026-11-01"
MAI = "mai.vidu@example.org"


def logbook_at(study: Path) -> Logbook:
    found = open_logbook(study)
    assert found is not None
    return found


def page_of(logbook: Logbook, day: str = DAY) -> str:
    return report(logbook, Asked(lambda site: day, (), harmless)).decode("utf-8")


def outside(name: str) -> str:
    return (OUTSIDE / name).read_text(encoding="utf-8")


def copied(folder: Path) -> Path:
    """The example's log in a folder of its own."""
    shutil.copytree(EXAMPLE / "audit", folder / "audit")
    return folder / "audit"


def size_in(head: str) -> int:
    """The number of entries that a head from outside covers."""
    return int(outside(head).split("\n")[1])


def cut_at(head: str, folder: Path) -> Logbook:
    """The example's log as long as a head from outside says, with that head: nothing in it tells that more came."""
    audit, size = copied(folder), size_in(head)
    lines = (audit / "log.jsonl").read_bytes().split(b"\n")
    (audit / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in lines[:size]))
    (audit / "checkpoint").write_text(outside(head), encoding="utf-8")
    for kept in (audit / "heads").iterdir():
        if int(kept.stem) > size:
            kept.unlink()
    return logbook_at(folder)


def signed_with_revoked_key(folder: Path) -> Logbook:
    """The example's log and one entry more: a signature by the key that entry 36 revoked. Our writer refuses that."""
    audit = copied(folder)
    logbook = logbook_at(folder)
    line = encode(_late_signature(logbook))
    with (audit / "log.jsonl").open("ab") as log:
        log.write(line + b"\n")
    size = logbook.head.size
    head = Checkpoint(logbook.origin, size + 1, root_of([*logbook.leaves[:size], leaf_hash(line)]))
    (audit / "checkpoint").write_bytes(sign_note(head.text, demonstration_signer(logbook.origin)).to_bytes())
    return logbook_at(folder)


def _late_signature(logbook: Logbook) -> dict[str, Any]:
    at, of, size = "2027-01-04T08:00:00Z", logbook.versions[-1].n, logbook.head.size
    name = logbook.people.people[MAI].name
    own = OwnWords(logbook.origin, name, "principal-investigator", "approval", None, None, at)
    statement = statement_about(of, logbook.leaves[of], logbook.entry(of), None, own)
    note = sign_note(text_to_sign(statement), demonstration_signer(f"{MAI}/k1"))
    entry = {"do": "sign", "n": size, "of": of, "by": MAI, "at": at, "note": note.to_bytes().decode("utf-8")}
    return {**entry, "prev": logbook.leaves[size - 1].hex()}
