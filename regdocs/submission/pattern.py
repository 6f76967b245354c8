"""The pattern of a file name, `{irb}_{document}_{state}_{date:%d%b%Y}`: which fields it has, and how a date is written.

A pattern is taken apart, never formatted: a profile may come from anywhere. Months are English whatever the machine
speaks.
"""

import re
from dataclasses import dataclass
from datetime import date
from string import Formatter

from regdocs.spec.complaints import nearest

FIELDS = (
    "irb",
    "document",
    "title",
    "language",
    "site",
    "version",
    "date",
    "state",
    "study",
    "number",
)
"""What a pattern may name. The ending of the file is not among them: it is always added."""

MAX_PATTERN = 200  # characters
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DIRECTIVE = re.compile(r"%(\^?[bB]|[dmYyj])")
_DATE = re.compile(rf"(?:{_DIRECTIVE.pattern}|[-._ ])+")
LONGEST_DAY = "2026-09-30"  # no month has a longer name


class BadPattern(ValueError):
    """A pattern that cannot be filled; `hint` says what may stand there."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a pattern: words as they are, then a field or the end; of a date also how it is written."""

    words: str
    field: str | None
    spec: str | None


def parse_pattern(pattern: str) -> tuple[Part, ...]:
    """Take a pattern apart.

    Raises:
        BadPattern: It is too long, its braces do not match, or it has a field or a form that is not allowed.
    """
    if len(pattern) > MAX_PATTERN:
        raise BadPattern(f"the pattern has more than {MAX_PATTERN} characters", "shorten it")
    try:
        pieces = list(Formatter().parse(pattern))
    except ValueError as error:
        raise BadPattern(f"the braces do not match: {error}", "write each field as {document}") from error
    return tuple(_part(*piece) for piece in pieces)


def _part(words: str, field: str | None, spec: str | None, conversion: str | None) -> Part:
    if field is None:
        return Part(words, None, None)
    if field not in FIELDS:
        guess = nearest(field, FIELDS)
        hint = f"did you mean {{{guess}}}?" if guess else f"fields that may stand here: {', '.join(FIELDS)}"
        raise BadPattern(f'there is no field "{field}"', hint)
    if conversion is not None:
        raise BadPattern(f'"{field}" is followed by "!{conversion}"', f"write {{{field}}}")
    if spec and field != "date":
        raise BadPattern(f'only a date has a form, and "{field}" has "{spec}"', f"write {{{field}}}")
    if spec:
        check_date_form(spec)
    return Part(words, field, spec or None)


def check_date_form(spec: str) -> None:
    """Look whether a date can be written so.

    Raises:
        BadPattern: It holds anything but %d %m %Y %y %b %B %^b %^B %j and the signs - . _ and space, or no directive.
    """
    if not _DATE.fullmatch(spec) or not _DIRECTIVE.search(spec) or len(spec) > 40:
        hint = "write it of %d %m %Y %y %b %B %^b %^B %j, with - . _ or a space between, as %d%b%Y"
        raise BadPattern(f'a date cannot be written as "{spec}"', hint)


def date_text(day: str, spec: str) -> str:
    """Return a day (ISO 8601) in a form: %^b is the month in capital letters, the rest is as in strftime.

    Raises:
        ValueError: It is no day, or the form is not allowed (`BadPattern`).
    """
    check_date_form(spec)
    given = date.fromisoformat(day)
    month = _MONTHS[given.month - 1]
    words = {"b": month[:3], "B": month, "^b": month[:3].upper(), "^B": month.upper()}
    words |= {"d": f"{given.day:02}", "m": f"{given.month:02}", "Y": f"{given.year:04}"}
    words |= {"y": f"{given.year % 100:02}", "j": f"{given.timetuple().tm_yday:03}"}
    return _DIRECTIVE.sub(lambda found: words[found[1]], spec)
