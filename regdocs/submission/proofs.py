"""What goes along with a package in place of the log: the entries that it rests on, each with its proof.

Makes and names these files; what they prove is judged in `verifying_proofs`.
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from regdocs.audit.forms import is_reference
from regdocs.audit.note import Note, parse_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.tree import consistency_proof, inclusion_proof
from regdocs.errors import Refusal
from regdocs.submission.archive import Part
from regdocs.submission.history import CHECKPOINT, LISTS, PROOF, WITH_SIGNATURE, kept_note, needed_objects
from regdocs.submission.manifest import LOG
from regdocs.submission.sources import Source
from regdocs.versions.logbook import Logbook

ENTRIES, HEAD = f"{LOG}entries/", f"{LOG}head.consistency"
_LINE, _PROOF = ".json", ".tlog-proof"
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})\.json")
_OF_PERSONS = ("enrol", "key-add", "role", "key-revoke")
READ_WHOLE = ("genesis", "sign", "log-key", *_OF_PERSONS)  # kinds of which a reader needs every value
MAX_ENTRIES = 10_000


def entry_path(n: int) -> str:
    """Return the path of an entry's line."""
    return f"{ENTRIES}{n}{_LINE}"


def proof_path(n: int, package: int) -> str:
    """Return the path of an entry's proof; that of the package's own entry is where it is in every package."""
    return PROOF if n == package else f"{ENTRIES}{n}{_PROOF}"


def entries_in(paths: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of the entries whose lines are there, in order."""
    names = (path.removeprefix(ENTRIES) for path in paths if path.startswith(ENTRIES))
    return tuple(sorted(int(found[1]) for name in names if (found := _NUMBER.fullmatch(name))))


def is_without_log(source: Source) -> bool:
    """Tell whether a package has proofs in place of the log."""
    return any(path.startswith(ENTRIES) for path in source.files)


def proof_parts(logbook: Logbook, n: int, named: Iterable[int], version: str) -> Iterator[Part]:
    """Yield the files below `log/` of a package without the log.

    Args:
        n: Number of the package's entry.
        named: Entries that the manifest names for its files.
        version: Name of the recorded version that the package is of.

    Raises:
        Refusal: The head behind the package was not kept.
    """
    size, named = n + WITH_SIGNATURE, tuple(named)
    note = kept_note(logbook, size)
    yield Part(CHECKPOINT, note)
    entries = sorted(_needed_entries(logbook, n, {*named, logbook.version(version).n}))
    for one in entries:
        yield Part(entry_path(one), next(iter(logbook.folder.lines(one, one + 1))) + b"\n")
        yield Part(proof_path(one, n), _proof(logbook, one, size, parse_note(note)))
    yield Part(HEAD, consistency_bytes(consistency_proof(logbook.leaves, n, size)))
    digests = {digest for one in named for digest in needed_objects(logbook.entry(one))}
    digests |= {digest for one in entries for digest in long_values(logbook.entry(one))}
    yield from (Part(f"{LISTS}{digest}", logbook.object(digest)) for digest in sorted(digests))


def _proof(logbook: Logbook, n: int, size: int, note: Note) -> bytes:
    return TlogProof(n, tuple(inclusion_proof(logbook.leaves, n, size)), note).to_bytes()


def _needed_entries(logbook: Logbook, n: int, named: set[int]) -> set[int]:
    """Return which entries a reader needs: those named, their signatures, genesis, and what brought the signers' keys.

    All keys of the log are among them: which of them signed the head is for the reader to see.
    """
    before = [logbook.entry(one) for one in range(n + WITH_SIGNATURE)]
    named = named | {before[one]["of"] for one in named if before[one]["do"] == "issue"}  # its signed text has both
    signs = [one for one in before if one["do"] == "sign" and one["of"] in {*named, n}]
    signers = {one["by"] for one in signs}
    keys = [one for one in before if one["do"] == "log-key" or _is_of(one, signers)]
    return {0, n, *named, *(one["n"] for one in (*signs, *keys))}


def _is_of(entry: Mapping[str, Any], persons: set[str]) -> bool:
    person = str(entry.get("key")).rpartition("/")[0] if entry["do"] == "key-revoke" else entry.get("person")
    return entry["do"] in _OF_PERSONS and person in persons


def long_values(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the objects with the long values of an entry of which a reader needs every value."""
    if entry.get("do") in READ_WHOLE:
        yield from (value["object"] for value in entry.values() if is_reference(value))


def consistency_bytes(hashes: Iterable[bytes]) -> bytes:
    """Return a consistency proof (RFC 9162, 2.1.4) as lines of base64."""
    return b"".join(base64.b64encode(one) + b"\n" for one in hashes)


def consistency_in(data: bytes) -> list[bytes]:
    """Return the hashes of such lines.

    Raises:
        Refusal: They are written otherwise.
    """
    try:
        found = [base64.b64decode(line, validate=True) for line in data.splitlines()]
    except binascii.Error as error:
        raise Refusal(f"{HEAD} is not of the form it should have") from error
    if consistency_bytes(found) != data:
        raise Refusal(f"{HEAD} is not of the form it should have")
    return found
