"""The leaf hashes of a log in one piece of memory, for proofs and for roots at earlier sizes."""

from collections.abc import Sequence
from typing import overload

from regdocs.audit.tree import HASH_BYTES


class Leaves(Sequence[bytes]):
    """The leaf hashes of a log, 32 bytes each, in one piece of memory."""

    def __init__(self, data: bytearray) -> None:
        self._data = data

    def __len__(self) -> int:
        return len(self._data) // HASH_BYTES

    @overload
    def __getitem__(self, index: int) -> bytes: ...
    @overload
    def __getitem__(self, index: slice) -> list[bytes]: ...
    def __getitem__(self, index: int | slice) -> bytes | list[bytes]:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        start = index % len(self) * HASH_BYTES
        return bytes(self._data[start : start + HASH_BYTES])
