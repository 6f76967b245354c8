"""A log that has begun, records to append, and a reading of a log's folder that shares no code with the writer.

Knows the format page; the keys are those of demonstrations, so that the same bytes come each time.
"""

import base64
import hashlib
import json
from pathlib import Path

from regdocs.audit.append import LogFolder, append, create
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.line import Json
from regdocs.audit.note import parse_note, verified

ORIGIN = "regdocs.invalid/begun/00000000"
LOG = demonstration_signer(ORIGIN)
JANE = demonstration_signer("jane.doe@example.org/k1")
AT = "2026-03-01T14:00:00Z"

GENESIS: dict[str, Json] = {
    "do": "genesis",
    "by": "jane.doe@example.org",
    "format": "regdocs.audit/v1",
    "study": "BEGUN",
    "sponsor": "Example Hospital (fictional)",
    "nonce": "0" * 32,
    "origin": ORIGIN,
    "rules": {"four_eyes": False, "approval": ["principal-investigator"]},
    "people": [
        {
            "person": "jane.doe@example.org",
            "name": "Jane Q. Doe, MD",
            "roles": ["administrator"],
            "key": JANE.key.text,
            "verified": {"how": "passport seen", "by": "the administrator"},
        }
    ],
    "log_key": LOG.key.text,
    "keys": "demonstration",
    "purpose": "study",
    "tool": "regdocs",
}


def note(text: str) -> dict:
    return {"do": "note", "by": "jane.doe@example.org", "text": text}


def begin(path: Path, *texts: str) -> LogFolder:
    """A log with its genesis and a note for each text, each appended by itself."""
    folder = LogFolder(path / "audit")
    create(folder, [GENESIS], signer=LOG, at=AT)
    for text in texts:
        add(folder, text)
    return folder


def add(folder: LogFolder, *texts: str, at: str = AT) -> Checkpoint:
    return append(folder, [note(text) for text in texts], signer=LOG, at=at)


def entries_of(folder: LogFolder) -> list[dict]:
    """The entries up to the checkpoint; fails unless numbers, chain, times, root and signature all hold."""
    signed = parse_note((folder.path / "checkpoint").read_bytes())
    assert verified(signed, [LOG.key]) == (LOG.key,)
    origin, size, root, _ = signed.text.split("\n")
    lines = (folder.path / "log.jsonl").read_bytes().split(b"\n")[:-1][: int(size)]
    entries = [json.loads(line) for line in lines]
    leaves = [hashlib.sha256(b"\0" + line).digest() for line in lines]
    before = [hashlib.sha256(b"").digest(), *leaves[:-1]]
    assert origin == ORIGIN and len(lines) == int(size)
    assert [entry["n"] for entry in entries] == list(range(int(size)))
    assert [entry["prev"] for entry in entries] == [leaf.hex() for leaf in before]
    assert sorted(entry["at"] for entry in entries) == [entry["at"] for entry in entries]
    assert _root(leaves) == base64.b64decode(root)
    return entries


def kinds_of(folder: LogFolder) -> list[str]:
    """What each entry is: its text, or its kind when it has none."""
    return [str(entry.get("text", entry["do"])) for entry in entries_of(folder)]


def bytes_of(folder: LogFolder) -> dict[str, bytes]:
    """Every file of the log but for the lock and what the writer remembers."""
    files = (path for path in folder.path.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder.path).as_posix(): path.read_bytes() for path in files}


def _root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return hashlib.sha256(b"\1" + _root(leaves[:split]) + _root(leaves[split:])).digest()
