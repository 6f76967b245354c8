"""What entries name by digest, and the contents of sealed values: files whose name is the digest.

Knows bytes and digests; does not know what an object is for, nor which of them a log names. Whoever puts something in
holds the log's lock, because all writes of a log go by way of one file beside it (`.new`).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from regdocs.audit import disk
from regdocs.audit.line import Json, NotALine, parse_value
from regdocs.audit.packed import NotPacked, pack, unpack
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal

LARGEST_OBJECT = 64 << 20
SALT_BYTES = 16

_DIGEST = re.compile(r"[0-9a-f]{64}")
_LARGEST_SEALED = 1 << 20


class ObjectMissing(Refusal):
    """There is no object with this digest."""


class ObjectDiffers(Refusal):
    """The object's bytes have another digest than its name says."""


class ObjectStore:
    """The folder `audit/objects`; it need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new = folder.parent / ".new"

    def put(self, data: bytes) -> str:
        """Keep the bytes, safely on disk, and return their SHA-256.

        Raises:
            OddFile: Something else than a folder or a file stands there.
            DiskRefuses: The system refuses.
        """
        digest = sha256_hex(data)
        self.put_all({digest: data})
        return digest

    def put_all(self, objects: Mapping[str, bytes]) -> None:
        """Keep objects under the digests given, all safely on disk; what is there already is not written again.

        Raises:
            ValueError: A digest is not that of its bytes; nothing was written then.
            OddFile, DiskRefuses: As `put`.
        """
        for digest, data in objects.items():
            if sha256_hex(data) != digest:
                raise ValueError(f"an object was given the digest {digest}, which is not that of its bytes")
        if not objects:
            return
        disk.make_folder(self.folder)
        for digest, data in objects.items():
            if not self.holds(digest):
                packed = pack(data)
                disk.write_new(self._new, data if packed is None else packed)
                disk.replace(self._new, self.path_of(digest) if packed is None else self._packed_path_of(digest))
        disk.sync_folder(self.folder)

    def put_chunks(self, chunks: Iterable[bytes], digest: str) -> None:
        """Keep what comes in chunks, with as little memory as one chunk. Raises as `put_all`."""
        disk.make_folder(self.folder)
        disk.remove(self._new)
        found, end = hashlib.sha256(), 0
        with disk.opened(self._new, write=True, create=True) as file:
            for chunk in chunks:
                found.update(chunk)
                file.write_at(end, chunk)
                end += len(chunk)
            file.sync()
        if found.hexdigest() != digest:
            raise ObjectDiffers(f"bytes that were to be kept as {digest} changed meanwhile")
        disk.replace(self._new, self.path_of(digest))
        disk.sync_folder(self.folder)

    def get(self, digest: str, limit: int = LARGEST_OBJECT) -> bytes:
        """Return the object's bytes, which have this digest.

        Raises:
            ObjectMissing: There is none.
            ObjectDiffers: There is one with other bytes.
            OddFile: It has more than `limit` bytes, or is no plain file.
            DiskRefuses: The system refuses.
        """
        data = disk.read_file(self.path_of(digest), limit)
        if data is None:
            data = self._unpacked(digest, limit)
        if data is None:
            raise ObjectMissing(f'there is no object "{self.path_of(digest)}"')
        if sha256_hex(data) != digest:
            raise ObjectDiffers(f'"{self.path_of(digest)}" does not have the digest that its name says')
        return data

    def has(self, digest: str) -> bool:
        """Tell whether there is a file of this name; its bytes are not looked at (`holds`)."""
        return disk.is_there(self.path_of(digest)) or disk.is_there(self._packed_path_of(digest))

    def holds(self, digest: str) -> bool:
        """Tell whether there is an object whose bytes have this digest, however large; memory stays small.

        Raises:
            OddFile, DiskRefuses: As `get`.
        """
        found = hashlib.sha256()
        try:
            with disk.opened(self.path_of(digest)) as file:
                for chunk in file.chunks():
                    found.update(chunk)
        except disk.NotThere:
            unpacked = self._unpacked(digest, LARGEST_OBJECT)
            return unpacked is not None and sha256_hex(unpacked) == digest
        return found.hexdigest() == digest

    def _unpacked(self, digest: str, limit: int) -> bytes | None:
        """Return the bytes of an object that lies packed, unchecked, or None when none does."""
        data = disk.read_file(self._packed_path_of(digest), limit)
        try:
            return None if data is None else unpack(data, limit)
        except NotPacked:
            return b""  # there, and with another digest than its name says

    def names(self) -> list[str]:
        """Return the names of all files in the folder, sorted; one that is no digest is not ours."""
        return disk.names_in(self.folder)

    def path_of(self, digest: str) -> Path:
        """Return where the object is or would be, unless it lies packed; raises ValueError when that is no digest."""
        return _path_in(self.folder, digest)

    def _packed_path_of(self, digest: str) -> Path:
        return _path_in(self.folder, digest).with_suffix(".gz")


def sealed_digest(value: Json, salt: bytes) -> str:
    """Return the digest that stands in an entry for a sealed value: SHA-256(salt ‖ RFC 8785 text of the value)."""
    return sha256_hex(salt + canonical_json(value))


class SealedStore:
    """The folder `audit/sealed`: values that an entry names by a salted digest, and that may be removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._new = folder.parent / ".new"

    def put(self, value: Json, salt: bytes) -> str:
        """Keep a value with its salt, 16 bytes that nobody can guess, and return the digest for the entry.

        Raises:
            ValueError: The salt has another length.
            OddFile, DiskRefuses: As `ObjectStore.put`.
        """
        if len(salt) != SALT_BYTES:
            raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
        digest = sealed_digest(value, salt)
        disk.make_folder(self.folder)
        disk.write_new(self._new, canonical_json({"salt": salt.hex(), "value": value}))
        disk.replace(self._new, self.path_of(digest))
        disk.sync_folder(self.folder)
        return digest

    def get(self, digest: str) -> Json:
        """Return the value.

        Raises:
            ObjectMissing: It is not there; it may have been removed.
            ObjectDiffers: The file is not what the digest names.
            OddFile, DiskRefuses: As `ObjectStore.get`.
        """
        data = disk.read_file(self.path_of(digest), _LARGEST_SEALED)
        if data is None:
            raise ObjectMissing(f'there is no sealed value "{self.path_of(digest)}"')
        return unseal(data, digest)

    def names(self) -> list[str]:
        """Return the digests under which something is kept, sorted."""
        return [name for name in disk.names_in(self.folder) if _DIGEST.fullmatch(name)]

    def has(self, digest: str) -> bool:
        """Tell whether there is a file of this name; its bytes are not looked at."""
        return disk.is_there(self.path_of(digest))

    def remove(self, digest: str) -> None:
        """Delete the value; the log stays whole. Removing what is not there is fine."""
        disk.remove(self.path_of(digest))
        if disk.is_there(self.folder):
            disk.sync_folder(self.folder)

    def path_of(self, digest: str) -> Path:
        """Return where the value is or would be; raises ValueError when that is no digest."""
        return _path_in(self.folder, digest)


def _path_in(folder: Path, digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):  # so that no name in an entry leads out of the folder
        raise ValueError(f"not a SHA-256 in lower-case hex: {digest[:80]!a}")
    return folder / digest


def unseal(data: bytes, digest: str) -> Json:
    """Return the value of a sealed file's bytes.

    Raises:
        ObjectDiffers: They are not the one text that `SealedStore.put` writes, or not of what this digest seals.
    """
    try:
        found = parse_value(data)
        if not isinstance(found, dict) or found.keys() != {"salt", "value"}:
            raise ValueError("another text")
        salt = bytes.fromhex(str(found["salt"]))
        if salt.hex() != found["salt"] or len(salt) != SALT_BYTES:
            raise ValueError("another salt")
    except (NotALine, ValueError) as error:
        raise ObjectDiffers(f"sealed value {digest}: not a text as we write it") from error
    if sealed_digest(found["value"], salt) != digest:
        raise ObjectDiffers(f"sealed value {digest}: its content does not have this digest")
    return found["value"]
