"""One byte text for one value: JSON as RFC 8785 says, in the narrow profile of the audit format.

Knows strings, integers, booleans, null, lists and objects; does not know decimals (they travel as strings), Unicode
normalization or what a value means. Other people's tools must be able to make the same bytes from the same value.
"""

import hashlib
import json

LARGEST_INTEGER = 2**53 - 1


def canonical_json(value: object) -> bytes:
    """Return the RFC 8785 bytes of a value made of str, int, bool, None, list, tuple and dict.

    Keys are ordered by their UTF-16 code units (RFC 8785, 3.2.3). A tuple is written as a list.

    Raises:
        TypeError: A float, a key that is not a string, or anything else JSON has no plain word for.
        ValueError: An integer beyond 2^53 - 1 on either side, or half a surrogate pair in a string.
    """
    text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")  # half a surrogate pair has no bytes: UnicodeEncodeError is a ValueError


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of the bytes as 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of(value: object) -> str:
    """Return the SHA-256 of the value's canonical bytes, in hex. Raises what `canonical_json` raises."""
    return sha256_hex(canonical_json(value))


def _ordered(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int():
            return _bounded(value)
        case list() | tuple():
            return [_ordered(item) for item in value]
        case dict():
            return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    raise TypeError(f"{type(value).__name__} has no canonical form; decimals are kept as strings")


def _bounded(number: int) -> int:
    if abs(number) > LARGEST_INTEGER:
        raise ValueError(f"{number} is beyond 2^53 - 1, where other readers round")
    return number


def _utf16(key: object) -> bytes:
    if not isinstance(key, str):
        raise TypeError(f"a key has to be a string, not {type(key).__name__}")
    return key.encode("utf-16-be")
