"""The forms of values in entries: moments, days, digests, texts, documents (docs/formats/audit-log.md, "Forms").

Knows one value by itself; which key of which entry has which form is said by `entry`.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias, TypeGuard

from regdocs.audit import names
from regdocs.audit.line import Json
from regdocs.audit.note import ED25519, NotAKey, parse_key

Form: TypeAlias = Callable[[Json], bool]

_HEX64 = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOCUMENT = re.compile(r"[^/\n\t]+/[^/\n\t]+/[^\n\t]+")


def is_time(value: Json) -> TypeGuard[str]:
    """Tell whether the value is a moment in UTC, such as "2026-03-01T14:02:11Z", that the calendar has."""
    return isinstance(value, str) and len(value) == 20 and _is_moment(value)


def is_day(value: Json) -> bool:
    """Tell whether the value is a day, such as "2026-03-01", that the calendar has."""
    return isinstance(value, str) and len(value) == 10 and _is_date(value)


def is_digest(value: Json) -> bool:
    """Tell whether the value is a SHA-256 in lower-case hex."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


def is_reference(value: Json) -> bool:
    """Tell whether the value stands for a longer one that is kept as an object."""
    return (
        isinstance(value, dict)
        and value.keys() == {"bytes", "object"}
        and is_digest(value["object"])
        and is_count(value["bytes"])
    )


def is_sealed(value: Json) -> bool:
    """Tell whether the value is a sealed text."""
    return isinstance(value, dict) and value.keys() == {"sealed"} and is_digest(value["sealed"])


def is_count(value: Json) -> bool:
    """Tell whether the value is a number from 0."""
    return type(value) is int and value >= 0


def is_number_from_1(value: Json) -> bool:
    """Tell whether the value is a number from 1."""
    return is_count(value) and value != 0


def is_flag(value: Json) -> bool:
    """Tell whether the value is true or false."""
    return type(value) is bool


def is_text(value: Json) -> bool:
    """Tell whether the value is a text that is not empty, or stands for one that is sealed."""
    return (isinstance(value, str) and value != "") or is_sealed(value)


def is_plain_text(value: Json) -> bool:
    """Tell whether the value is one line that may be signed."""
    return isinstance(value, str) and names.is_signed_text(value)


def is_version(value: Json) -> bool:
    """Tell whether the value is the name of a version, which is also the name of its folder."""
    return isinstance(value, str) and names.is_version_name(value)


def is_list(value: Json) -> bool:
    """Tell whether the value is a list, of whatever."""
    return isinstance(value, list)


def one_of(*words: str) -> Form:
    """Return the form of a value that is one of these words."""
    return lambda value: isinstance(value, str) and value in words


def is_name(value: Json) -> bool:
    """Tell whether the value is a name, of a person, a key or a log."""
    return isinstance(value, str) and names.is_name(value)


def is_person(value: Json) -> bool:
    """Tell whether the value is the name of a person."""
    return isinstance(value, str) and len(value) <= names.LONGEST_NAME and _is_person_name(value)


def is_key(value: Json) -> bool:
    """Tell whether the value is a verifier key for signatures; how it is named is said beside its entry."""
    try:
        return isinstance(value, str) and parse_key(value).kind == ED25519
    except NotAKey:
        return False


def is_string(value: Json) -> bool:
    """Tell whether the value is a text that is not empty."""
    return isinstance(value, str) and value != ""


def is_texts(value: Json) -> bool:
    """Tell whether the value is a list of texts, each of which may be sealed."""
    return isinstance(value, list) and all(is_text(one) for one in value)


def is_words(value: Json) -> bool:
    """Tell whether the value is a list of texts that are not empty: each once, at least one."""
    return isinstance(value, list) and bool(value) and all(is_string(one) for one in value) and each_once(value)


def each_once(values: Sequence[Json]) -> bool:
    """Tell whether no two of these texts are the same."""
    return len(set(map(str, values))) == len(values)


def is_documents(value: Json) -> bool:
    """Tell whether the value is a list of documents as "kind/language/version": each once, at least one."""
    return isinstance(value, list) and is_words(value) and all(_DOCUMENT.fullmatch(str(one)) for one in value)


def is_letter(value: Json) -> bool:
    """Tell whether the value names a kept file; by `kind` it is told from a value that was put out."""
    return isinstance(value, dict) and all(key in value and form(value[key]) for key, form in _LETTER.items())


def is_letters(value: Json) -> bool:
    """Tell whether the value is a list of kept files, at least one."""
    return isinstance(value, list) and bool(value) and all(is_letter(one) for one in value)


def is_moments(value: Json) -> bool:
    """Tell whether the value says when something was done at each site, and how participants were told there."""
    if not isinstance(value, list) or not all(isinstance(one, dict) and _is_moment_at(one) for one in value):
        return False
    return is_words([one["site"] for one in value if isinstance(one, dict)])


def _is_moment_at(one: Mapping[str, Json]) -> bool:
    return "site" in one and is_time(one.get("at")) and is_text(one.get("told"))


# The same times and days come again and again in a log.
@lru_cache(maxsize=256)
def _is_moment(text: str) -> bool:
    return _TIME.fullmatch(text) is not None and _in_calendar(datetime.fromisoformat, text[:-1])


@lru_cache(maxsize=256)
def _is_date(text: str) -> bool:
    return _DAY.fullmatch(text) is not None and _in_calendar(date.fromisoformat, text)


def _in_calendar(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_is_person_name = lru_cache(maxsize=1024)(names.is_person)
_LETTER: dict[str, Form] = {"object": is_digest, "bytes": is_count, "kind": is_string}
