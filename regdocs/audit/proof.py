"""A proof, in one file, that a line is in a log: its number, the hashes up to the root, and the signed head.

Knows the format C2SP tlog-proof. Does not know what the line says; who holds the line itself and the log's key needs
nothing else, no network and no log.

    c2sp.org/tlog-proof@v1
    extra <base64, when there is any>
    index <number>
    <base64 of a hash, the leaf's neighbour first>
    …
    <empty line>
    <checkpoint note>
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass

from regdocs.audit.checkpoint import MAX_SIZE, Checkpoint, parse_checkpoint
from regdocs.audit.note import ED25519, MAX_NOTE, Key, Note, parse_note, verified
from regdocs.audit.tree import HASH_BYTES, verify_inclusion
from regdocs.errors import Refusal

HEADER = "c2sp.org/tlog-proof@v1"

MAX_PROOF = 2 * MAX_NOTE
"""Bytes of the longest proof."""

MAX_HASHES = 64
"""A tree as large as a size can say is less high."""


class NotAProof(Refusal):
    """The bytes, or the parts, are no proof of the format; the message is the reason."""


class ProofFails(Refusal):
    """A proof in form, but not of this line in a log of these keys."""


@dataclass(frozen=True)
class TlogProof:
    """A proof, unchecked. `extra` is any bytes, signed by nobody; None when the line is not there."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Note
    extra: bytes | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.index < MAX_SIZE:
            raise NotAProof("the index of a proof is a number from 0")
        if len(self.hashes) > MAX_HASHES or any(len(one) != HASH_BYTES for one in self.hashes):
            raise NotAProof(f"a proof has at most {MAX_HASHES} hashes of {HASH_BYTES} bytes")
        if len(self.to_bytes()) > MAX_PROOF:
            raise NotAProof(f"a proof of more than {MAX_PROOF} bytes")

    def to_bytes(self) -> bytes:
        """Return the bytes that `parse_proof` reads."""
        extra = [] if self.extra is None else [f"extra {_to_base64(self.extra)}"]
        lines = [HEADER, *extra, f"index {self.index}", *map(_to_base64, self.hashes), "", ""]
        return "\n".join(lines).encode() + self.checkpoint.to_bytes()

    def verify(self, leaf: bytes, keys: Iterable[Key]) -> Checkpoint:
        """Return the checkpoint, signed by the log, whose tree has this leaf hash at `index`.

        Args:
            leaf: The leaf hash of the line that the reader holds.
            keys: The log's, named like its origin; keys of cosigners may be among them.

        Raises:
            NotACheckpoint: The note is signed over something else.
            BadSignature: A line of one of the keys does not hold.
            ProofFails: No key of the log signed, or the hashes do not lead from the leaf to the root.
        """
        checkpoint = parse_checkpoint(self.checkpoint.text)
        signed = verified(self.checkpoint, keys)
        if not any(key.kind == ED25519 and key.name == checkpoint.origin for key in signed):
            raise ProofFails(f'the head in the proof is not signed by a known key of "{checkpoint.origin}"')
        if not verify_inclusion(leaf, self.index, checkpoint.size, self.hashes, checkpoint.root):
            raise ProofFails(f"the hashes do not lead from this line, as entry {self.index}, to the signed root")
        return checkpoint


def parse_proof(data: bytes) -> TlogProof:
    """Return the proof; its `to_bytes` gives the same bytes again. Nothing is verified.

    Raises:
        NotAProof: Another form, base64 that is not canonical, or more than `MAX_PROOF` bytes.
        NotANote: What stands after the first empty line is no signed note.

    Source: C2SP tlog-proof, "Format".
    """
    if len(data) > MAX_PROOF:
        raise NotAProof(f"a proof of {len(data)} bytes; at most {MAX_PROOF} are read")
    head, gap, note = data.partition(b"\n\n")
    lines = head.decode("utf-8", "replace").split("\n")
    if not gap or lines.pop(0) != HEADER:
        raise NotAProof(f'a proof begins with "{HEADER}", and an empty line stands before its checkpoint')
    extra = _extra(lines.pop(0)) if lines and lines[0].startswith("extra ") else None
    index = _index(lines.pop(0) if lines else "")
    proof = TlogProof(index, tuple(_from_base64(line) for line in lines), parse_note(note), extra)
    if proof.to_bytes() != data:
        raise NotAProof("a proof with numbers or base64 that are not canonical")
    return proof


def _extra(line: str) -> bytes:
    return _from_base64(line.removeprefix("extra "))


def _index(line: str) -> int:
    word, _, number = line.partition(" ")
    if word != "index" or not (number.isascii() and number.isdigit() and len(number) <= 16):
        raise NotAProof("a proof says the index of its line")
    return int(number)


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotAProof("a line of the proof is not base64") from error
