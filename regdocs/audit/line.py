"""One line of the audit log: an object in the narrow profile of RFC 8785, to bytes and back.

Knows which JSON the profile allows (docs/formats/audit-log.md, "A line"). Does not know what an entry means, nor how
lines are chained or kept.

Python has one JSON reader that is fast, and it is lenient. So the rule that carries the profile is
`encode(parse(line)) == line`, and what that rule alone lets pass is looked for in the text, where it is cheap: only a
text in which something was found is looked through value by value.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import NoReturn, TypeAlias, cast

from regdocs.canonical import LARGEST_INTEGER
from regdocs.errors import Refusal

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_LINE = 65_535
"""Bytes of the longest line, its LF counted: a line is under 65,536 bytes."""

MAX_DEPTH = 64
"""Levels of objects and lists; the line's own object is the first."""

_LONGEST_INTEGER = len(str(-LARGEST_INTEGER))

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")

# Escapes that RFC 8785 writes for control characters only. An escaped backslash before such a letter is found as well,
# which costs a closer look and nothing else.
_ODD_ESCAPE = re.compile(r'\\[^"\\nt]')
# A key that is not ASCII: from its last letter beyond ASCII to its quote and the colon, which no value has after it.
# `++` and `*+` never go back for another try, so the search takes time in proportion to the line.
_FOREIGN_KEY = re.compile(r'[^\x00-\x7f](?:[\x00-!#-\[\]-\x7f]++|\\.)*+":')


class NotALine(Refusal):
    """The bytes, or the value, are not a line of the profile; the message is the reason."""


def encode(value: Mapping[str, Json]) -> bytes:
    """Return the one text of the object, without the LF.

    `parse` gives the same object back.

    Raises:
        NotALine: A value that the profile does not allow (a float, a tuple, text that is not NFC …), more than
            64 levels, or a line that with its LF would be 65,536 bytes or more.

    Source: RFC 8785, 3.2; docs/formats/audit-log.md, "A line".
    """
    line = encode_value(dict(value))
    _demand_length(line)
    return line


def parse(line: bytes) -> dict[str, Json]:
    """Return the object of one line, given without its LF.

    There is one text for one object: doubled keys, white space, other escapes, keys in another order are refused.

    Raises:
        NotALine: Anything else than what `encode` writes; no other exception, whatever the bytes.

    Source: docs/formats/audit-log.md, "A line".
    """
    _demand_length(line)
    value = parse_value(line)
    if type(value) is not dict:
        raise NotALine("a line is an object")
    return value


def encode_value(value: Json) -> bytes:
    """Return the one text of any value of the profile, however long: of a data form, of a value put out as an object.

    Raises:
        NotALine: As `encode`, but for the length.
    """
    _demand(value, 1)
    return _text(value).encode("utf-8")


def parse_value(data: bytes) -> Json:
    """Return the value whose text this is, of any kind and length.

    Raises:
        NotALine: Anything else than what `encode_value` writes; no other exception, whatever the bytes.
    """
    try:
        text = data.decode("utf-8")
        value, _ = _READER.raw_decode(text)
    except UnicodeDecodeError as error:
        raise NotALine(f"not UTF-8 from byte {error.start}") from error
    except json.JSONDecodeError as error:
        raise NotALine(f"not JSON: {error.msg}, at character {error.pos}") from error
    except RecursionError as error:
        raise NotALine(f"more than {MAX_DEPTH} levels deep") from error
    if _is_odd(data, text):
        _demand(value, 1)
    if _text(value) != text:  # also what stands after the value
        raise NotALine(
            "not the canonical text of its value: keys in order, each once; no white space, no other escapes"
        )
    return cast(Json, value)


def _is_odd(data: bytes, text: str) -> bool:
    """Whether the text has to be looked through value by value. False is certain, True is not."""
    if text.count("{") + text.count("[") > MAX_DEPTH:
        return True
    if "\\" in text and _ODD_ESCAPE.search(text):
        return True
    if "\x7f" in text:
        return True
    if text.isascii():
        return False
    # When the whole text is NFC, so is each string: a quote composes with nothing. The other way round it is not so:
    # in the escape for LF and U+0301 the letter n composes.
    if not unicodedata.is_normalized("NFC", text):
        return True
    # U+0080 to U+009F begin with C2 in UTF-8.
    return (b"\xc2" in data and _CONTROL.search(text) is not None) or _FOREIGN_KEY.search(text) is not None


def _demand(value: object, level: int) -> None:
    """Raise `NotALine` unless the value, at this level, is one that the profile allows. This is the profile itself."""
    kind = type(value)  # no subclasses: they would not come back as what they were
    if kind is str:
        _demand_text(cast(str, value))
    elif kind is int:
        _demand_integer(cast(int, value))
    elif kind is dict or kind is list:
        _demand_inside(cast("dict[object, object] | list[object]", value), level)
    elif kind is not bool and value is not None:
        raise NotALine(f"{kind.__name__} is not a value of a line")


def _demand_inside(value: dict[object, object] | list[object], level: int) -> None:
    if level > MAX_DEPTH:
        raise NotALine(f"more than {MAX_DEPTH} levels deep")
    if isinstance(value, list):
        for item in value:
            _demand(item, level + 1)
        return
    for key, item in value.items():
        if type(key) is not str or not key.isascii():
            raise NotALine(f"a key has to be ASCII text, not {key!a}")
        if not key.isprintable():
            _demand_text(key)
        if type(item) is not str or not (item.isascii() and item.isprintable()):  # most values are: no call for them
            _demand(item, level + 1)


def _demand_text(text: str) -> None:
    if text.isascii() and text.isprintable():
        return
    if found := _CONTROL.search(text):
        raise NotALine(f"control character U+{ord(found[0]):04X} in a text")
    if text.isascii():
        return
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotALine("half a surrogate pair in a text") from error
    if not unicodedata.is_normalized("NFC", text):
        raise NotALine("a text that is not in NFC")


def _demand_integer(number: int) -> None:
    if abs(number) > LARGEST_INTEGER:
        raise NotALine("an integer beyond 2^53 - 1")


def _demand_length(line: bytes) -> None:
    if len(line) >= MAX_LINE:
        raise NotALine(f"a line of {len(line) + 1} bytes; it has to be under {MAX_LINE + 1}")


def _integer(digits: str) -> int:
    """Read an integer; never a long one, whose digits Python would take long over or refuse in its own way."""
    if len(digits) < _LONGEST_INTEGER - 1:
        return int(digits)
    if len(digits) > _LONGEST_INTEGER:
        raise NotALine("an integer beyond 2^53 - 1")
    number = int(digits)
    _demand_integer(number)
    return number


def _no_number(text: str) -> NoReturn:
    raise NotALine(f"{text[:40]} is not an integer; other numbers are kept as texts")


# Made once: `json.loads` and `json.dumps` with settings make a new one for each line.
_READER = json.JSONDecoder(parse_float=_no_number, parse_int=_integer, parse_constant=_no_number)
# What it is given came from `_READER` or passed `_demand`, so nothing in it holds itself.
_WRITER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, check_circular=False
)
_text = _WRITER.encode
