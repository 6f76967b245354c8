"""Long values of an entry: put out as objects when it is written, put back when it is read.

Knows which values are put out, and what stands for them. Does not know where objects are kept, nor what a value means.
Source: docs/formats/audit-log.md, "A line".
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from regdocs.audit.line import Json, NotALine, encode_value, parse_value
from regdocs.errors import Refusal

LONGEST = 4_096
"""Bytes of the longest text that stays in its place."""

LARGEST_TOGETHER = 64 << 20
"""Bytes that are put back into one entry at most, so that a short line cannot fill the memory."""

Get: TypeAlias = Callable[[str], bytes | None]

_STEPS = "what"
_REFERENCE = frozenset(("bytes", "object"))
_DIGEST = re.compile(r"[0-9a-f]{64}")


class Unreadable(Refusal):
    """A value that was put out cannot be put back."""


class ObjectAbsent(Unreadable):
    """An object is missing, or has another digest; `digest` is the one looked for."""

    def __init__(self, digest: str) -> None:
        super().__init__(f"object {digest} is missing or has other content")
        self.digest = digest


class ReferenceFalse(Unreadable):
    """What stands for a value is not of the form, or its object has another length or is no text of the profile."""


# ----------------------------------------------------------------------------------------------------------- put out


def outline(entry: Mapping[str, Json]) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry as it is written, and the objects by digest that hold what was put out of it.

    Put out are values whose text is longer than 4,096 bytes; of `what`, first the values inside its steps and then,
    if it is still too long, the whole. Inside a step a value that itself looks like a reference is put out always,
    so that a reference is never anything else. The entry is one that was not outlined before.

    Raises:
        NotALine: A value that the profile does not allow.
    """
    objects: dict[str, bytes] = {}
    written: dict[str, Json] = {}
    for key, value in entry.items():
        whole = _outlined_steps(value, objects) if key == _STEPS else value
        written[key] = _put_out(whole, objects)
    return written, objects


def _outlined_steps(steps: Json, objects: dict[str, bytes]) -> Json:
    if not isinstance(steps, list):
        return steps
    return [_outlined_step(step, objects) for step in steps]


def _outlined_step(step: Json, objects: dict[str, bytes]) -> Json:
    if not isinstance(step, dict):
        return step
    return {key: _put_out(value, objects, looks_like_a_reference(value)) for key, value in step.items()}


def _put_out(value: Json, objects: dict[str, bytes], always: bool = False) -> Json:
    text = encode_value(value)
    if len(text) <= LONGEST and not always:
        return value
    digest = hashlib.sha256(text).hexdigest()
    objects[digest] = text
    return {"bytes": len(text), "object": digest}


def looks_like_a_reference(value: Json) -> bool:
    """Tell whether a value has just the two keys of a reference, of whatever form they are."""
    return isinstance(value, dict) and value.keys() == _REFERENCE


# ---------------------------------------------------------------------------------------------------------- put back


def inline_entry(entry: Mapping[str, Json], get: Get) -> dict[str, Json]:
    """Return the entry with every value in its place again; the opposite of `outline`.

    Raises:
        ObjectAbsent, ReferenceFalse: As `inline`.
    """
    back = _Back(get)
    return {key: back.steps(value) if key == _STEPS else back.value(value) for key, value in entry.items()}


def inline(value: Json, get: Get) -> Json:
    """Return the value of an entry's `what` with the whole, and the values of its steps, in their places again.

    `get` returns the bytes kept under a digest, or None. They are checked here.

    Raises:
        ObjectAbsent: An object is missing, or has another digest.
        ReferenceFalse: A reference of a wrong form, an object of another length than it says or whose text is not of
            the profile, or more than 64 MiB to put back.
    """
    return _Back(get).steps(value)


class _Back:
    """Puts back the values of one entry, within one bound."""

    def __init__(self, get: Get) -> None:
        self._get = get
        self._left = LARGEST_TOGETHER

    def steps(self, value: Json) -> Json:
        value = self.value(value)
        if not isinstance(value, list):
            return value
        return [self._step(step) for step in value]

    def _step(self, step: Json) -> Json:
        if not isinstance(step, dict):
            return step
        return {key: self.value(value) for key, value in step.items()}

    def value(self, value: Json) -> Json:
        if not isinstance(value, dict) or not looks_like_a_reference(value):
            return value
        length, digest = value["bytes"], value["object"]
        if type(length) is not int or length < 0 or not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise ReferenceFalse('what stands for a long value is not {"bytes":n,"object":"<sha256>"}')
        return self._read(digest, length)

    def _read(self, digest: str, length: int) -> Json:
        self._left -= length
        if self._left < 0:
            raise ReferenceFalse(f"an entry whose long values have together more than {LARGEST_TOGETHER} bytes")
        data = self._get(digest)
        if data is None or hashlib.sha256(data).hexdigest() != digest:
            raise ObjectAbsent(digest)
        if len(data) != length:
            raise ReferenceFalse(f"object {digest} has {len(data)} bytes, not {length}")
        try:
            return parse_value(data)
        except NotALine as error:
            raise ReferenceFalse(f"object {digest}: {error}") from error
