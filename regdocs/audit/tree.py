"""The Merkle tree over the lines of a log: roots, and proofs that a line is in it or that one tree goes on another.

Knows hashing as in RFC 6962, section 2.1. Does not know what a line says, nor who signed a root. `leaves` are always
leaf hashes, 32 bytes each.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from regdocs.audit.line import Json
from regdocs.errors import Refusal

HASH_BYTES = 32

EMPTY_ROOT = hashlib.sha256(b"").digest()
"""Root of no leaves, and what `prev` of line 0 says."""

_HEX = re.compile(r"[0-9a-f]{64}")


class NotAFrontier(Refusal):
    """The JSON is not one that `Frontier.to_json` writes."""


def leaf_hash(line: bytes) -> bytes:
    """Return the hash of a line as a leaf; the line comes without its LF. Source: RFC 6962, 2.1."""
    return hashlib.sha256(b"\x00" + line).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node over its two children. Source: RFC 6962, 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """A tree that grows leaf by leaf and keeps only the roots of its complete subtrees, the largest first.

    That is one hash for each 1 in the size's binary digits: all that is needed to go on, and for the root.
    """

    __slots__ = ("_hashes", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._hashes: list[bytes] = []

    @property
    def size(self) -> int:
        """How many leaves were appended."""
        return self._size

    def append(self, leaf: bytes) -> None:
        """Append a leaf hash. A frontier takes any bytes; that they are a leaf hash is the caller's word."""
        merges, hashes = self._size, self._hashes
        while merges & 1:
            leaf = node_hash(hashes.pop(), leaf)
            merges >>= 1
        hashes.append(leaf)
        self._size += 1

    def root(self) -> bytes:
        """Return the root of the tree so far; of no leaves, the SHA-256 of nothing."""
        if not self._hashes:
            return EMPTY_ROOT
        return _joined_from_the_right(self._hashes)

    def to_json(self) -> dict[str, Json]:
        """Return what `from_json` reads: the size, and the hashes in hex."""
        return {"hashes": [found.hex() for found in self._hashes], "size": self._size}

    @classmethod
    def from_json(cls, value: Mapping[str, Json]) -> Self:
        """Return the frontier that wrote this.

        Raises:
            NotAFrontier: Other keys, a size that is no number from 0, or hashes that do not suit it.
        """
        size, hashes = value.get("size"), value.get("hashes")
        if set(value) != {"hashes", "size"} or type(size) is not int or size < 0 or not isinstance(hashes, list):
            raise NotAFrontier('a frontier has "size", a number from 0, and "hashes", a list')
        if len(hashes) != size.bit_count():
            raise NotAFrontier(f"a tree of size {size} has {size.bit_count()} complete subtrees, not {len(hashes)}")
        frontier = cls()
        frontier._size = size
        frontier._hashes = [_from_hex(text) for text in hashes]
        return frontier


def _from_hex(text: Json) -> bytes:
    if not isinstance(text, str) or not _HEX.fullmatch(text):
        raise NotAFrontier("a hash is 64 lower-case hex digits")
    return bytes.fromhex(text)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root over the leaf hashes; of none, the SHA-256 of nothing. Source: RFC 6962, 2.1."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    return frontier.root()


# ---------------------------------------------------------------------------------------------------- making proofs


def inclusion_proof(leaves: Sequence[bytes], index: int, size: int) -> list[bytes]:
    """Return the hashes that lead from leaf `index` to the root of the first `size` leaves, lowest first.

    Hashes every leaf once. Of a tree of one leaf the proof is empty.

    Raises:
        ValueError: No such leaf in a tree of that size, or fewer leaves than `size`.

    Source: RFC 6962, 2.1.1.
    """
    if not 0 <= index < size <= len(leaves):
        raise ValueError(f"no leaf {index} in a tree of size {size} made from {len(leaves)} leaves")
    proof: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            proof.append(root_of(leaves[middle:end]))
            end = middle
        else:
            proof.append(root_of(leaves[start:middle]))
            start = middle
    return proof[::-1]


def consistency_proof(leaves: Sequence[bytes], old: int, new: int) -> list[bytes]:
    """Return the hashes that show the tree of size `old` to be the beginning of the one of size `new`.

    Between equal sizes the proof is empty.

    Raises:
        ValueError: Sizes that are not 1 <= old <= new <= number of leaves.

    Source: RFC 6962, 2.1.2.
    """
    if not 1 <= old <= new <= len(leaves):
        raise ValueError(f"no proof from size {old} to size {new} with {len(leaves)} leaves")
    proof: list[bytes] = []
    start, end = 0, new
    while end != old:  # the part [start, end) holds the old tree's right edge, and more
        middle = start + _split(end - start)
        if old <= middle:
            proof.append(root_of(leaves[middle:end]))
            end = middle
        else:
            proof.append(root_of(leaves[start:middle]))
            start = middle
    if start > 0:  # from 0 it is the old tree itself, whose root the reader has
        proof.append(root_of(leaves[start:end]))
    return proof[::-1]


def _split(width: int) -> int:
    """Return the largest power of two below the width, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


# -------------------------------------------------------------------------------------------------- checking proofs


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the proof leads from the leaf hash at `index` to the root of a tree of that size.

    False for anything that is not exactly such a proof: a wrong length, a hash that has not 32 bytes.

    Source: RFC 9162, 2.1.3.2 (the trees of RFC 6962).
    """
    if not 0 <= index < size or not _are_hashes(leaf, root, *proof):
        return False
    inner, border = _parts(index, size)
    if len(proof) != inner + border:
        return False
    found = _up_inside(leaf, proof[:inner], index)
    return _up_the_border(found, proof[inner:]) == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Return whether the proof shows the tree of size `old` to be the beginning of the tree of size `new`.

    Between equal sizes the proof has to be empty and the roots equal. From the empty tree nothing is shown: False.

    Source: RFC 9162, 2.1.4.2 (the trees of RFC 6962).
    """
    if not 1 <= old <= new:
        return False
    if old == new:  # nothing is hashed, so that what is equal may be of any length but none
        return not proof and old_root == new_root != b""
    if not _are_hashes(old_root, new_root, *proof):
        return False
    level = (old & -old).bit_length() - 1  # the last complete subtree of the old tree is a node at this level
    seed, path = (old_root, proof) if old == 1 << level else (proof[0] if proof else b"", proof[1:])
    inner, border = _parts(old - 1, new)
    inner -= level
    if not seed or len(path) != inner + border:
        return False
    edge = (old - 1) >> level
    if _up_the_border(_up_inside_on_the_right(seed, path[:inner], edge), path[inner:]) != old_root:
        return False
    return _up_the_border(_up_inside(seed, path[:inner], edge), path[inner:]) == new_root


def _are_hashes(*found: bytes) -> bool:
    return all(len(one) == HASH_BYTES for one in found)


def _parts(index: int, size: int) -> tuple[int, int]:
    """Return how many hashes of the path lie below the tree's right edge, and how many along it."""
    inner = (index ^ (size - 1)).bit_length()
    return inner, (index >> inner).bit_count()


def _up_inside(seed: bytes, path: Sequence[bytes], index: int) -> bytes:
    for level, other in enumerate(path):
        seed = node_hash(other, seed) if index >> level & 1 else node_hash(seed, other)
    return seed


def _up_inside_on_the_right(seed: bytes, path: Sequence[bytes], index: int) -> bytes:
    """As `_up_inside`, with left neighbours only: those that the older tree had already."""
    for level, other in enumerate(path):
        if index >> level & 1:
            seed = node_hash(other, seed)
    return seed


def _up_the_border(seed: bytes, path: Sequence[bytes]) -> bytes:
    for other in path:
        seed = node_hash(other, seed)
    return seed


def _joined_from_the_right(hashes: Sequence[bytes]) -> bytes:
    """Return the root over complete subtrees, of which there is at least one."""
    return _up_the_border(hashes[-1], hashes[-2::-1])
