"""Objects that lie compressed: gzip (RFC 1952), so that `gunzip -c` and `sha256sum` read them years from now.

Knows bytes and bounds. The digest of an object is that of what it unpacks to, so nothing depends on how well it was
packed. What is unpacked may come from anyone: it is bounded while it is unpacked.
"""

import gzip
import io
import zlib

from regdocs.errors import Refusal

WORTH_PACKING = 4_096
"""Bytes from which on an object may be kept packed."""

_CHUNK = 1 << 20


class NotPacked(Refusal):
    """The bytes are no gzip file, or unpack to more than the bound."""


def pack(data: bytes) -> bytes | None:
    """Return the bytes packed, or None when that saves less than a quarter; the same bytes give the same, here."""
    if len(data) < WORTH_PACKING:
        return None
    packed = gzip.compress(data, compresslevel=9, mtime=0)
    return packed if len(packed) * 4 <= len(data) * 3 else None


def unpack(data: bytes, limit: int) -> bytes:
    """Return what the bytes unpack to, at most `limit` bytes.

    Raises:
        NotPacked: They are no gzip file, or are longer unpacked.
    """
    parts, size = [], 0
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            while part := file.read(_CHUNK):
                size += len(part)
                if size > limit:
                    raise NotPacked(f"an object that unpacks to more than {limit:,} bytes")
                parts.append(part)
    except (OSError, EOFError, zlib.error) as error:
        raise NotPacked(f"not a gzip file: {error}") from error
    return b"".join(parts)
