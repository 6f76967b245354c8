"""Durations, dates, volumes and counts in English words.

Knows ISO 8601 and the calendar's words; does not know the protocol. Nothing is converted unless a name says so: six
months stay six months, because "about 183 days" is another promise to a participant.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TEASPOON_ML = Decimal(5)
TABLESPOON_ML = Decimal(15)

_DURATION = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?(?:(?P<seconds>\d{1,6})S)?)?",
    re.ASCII,
)
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration in whole units, as written: `P12M` and `P1Y` are two durations."""

    years: int | None = None
    months: int | None = None
    weeks: int | None = None
    days: int | None = None
    hours: int | None = None
    minutes: int | None = None
    seconds: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """Return the duration that an ISO 8601 text says, such as `P6M`, `P2W`, `P1DT12H` or `PT30M`.

        Raises:
            ValueError: Not a duration; or with a sign or a fraction, which are not taken (write `PT90M`, not `PT1.5H`).
        """
        match = _DURATION.fullmatch(text)
        parts = {unit: int(number) for unit, number in match.groupdict().items() if number} if match else {}
        if not parts:
            raise ValueError(f'"{text}" is not an ISO 8601 duration such as P6M, P2W, P1D or PT30M')
        return cls(**parts)

    def to_text(self) -> str:
        """Return the ISO 8601 text; leading zeros are not kept."""
        day_part = "".join(f"{number}{unit[0].upper()}" for number, unit in self.parts() if unit in _UNITS[:4])
        time_part = "".join(f"{number}{unit[0].upper()}" for number, unit in self.parts() if unit in _UNITS[4:])
        return f"P{day_part}" + (f"T{time_part}" if time_part else "")

    def words(self) -> str:
        """Return the duration in words with its own units: "6 months", "1 day and 12 hours"."""
        return join_words([plural(number, unit.removesuffix("s"), unit) for number, unit in self.parts()])

    def exact_days(self) -> int | None:
        """Return the length in days; None when it has years or months, or is not a whole number of days."""
        if self.years or self.months:
            return None
        days, rest = divmod(self._seconds(), 86_400)
        return None if rest else days

    def approx_days(self) -> Decimal:
        """Return days, with a year of 365.25 and a month of 30.4375 of them: for ordering, never for print."""
        calendar = Decimal("365.25") * (self.years or 0) + Decimal("30.4375") * (self.months or 0)
        return calendar + Decimal(self._seconds()) / 86_400

    def parts(self) -> list[tuple[int, str]]:
        """Return the numbers with their units as written, the largest unit first: (1, "years"), (6, "months")."""
        numbers = (getattr(self, unit) for unit in _UNITS)
        return [(number, unit) for number, unit in zip(numbers, _UNITS, strict=True) if number is not None]

    def _seconds(self) -> int:
        """The part that has a fixed length; no leap seconds, no summer time."""
        days = 7 * (self.weeks or 0) + (self.days or 0)
        return ((days * 24 + (self.hours or 0)) * 60 + (self.minutes or 0)) * 60 + (self.seconds or 0)


def spoons(ml: Decimal) -> str:
    """Return a volume as a person sees it: "about 2 teaspoons", "about 3½ tablespoons".

    Metric spoons: a teaspoon holds 5 mL, a tablespoon 15 mL. Tablespoons of 20 mL exist too; these are not meant.
    To the nearest half, upwards from the middle; tablespoons from 30 mL on, and for exactly 15 mL.

    Raises:
        ValueError: The volume is zero or less.
    """
    if ml <= 0:
        raise ValueError(f"a volume has to be above zero, not {ml} mL")
    if ml < TEASPOON_ML / 2:
        return "less than half a teaspoon"
    if ml >= 2 * TABLESPOON_ML or ml == TABLESPOON_ML:
        return f"about {_halves(ml / TABLESPOON_ML, 'tablespoon')}"
    return f"about {_halves(ml / TEASPOON_ML, 'teaspoon')}"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """Return the count with its noun: "1 visit", "5 visits", "0 visits". Without a form of its own, "s" is added."""
    return f"{count} {singular if count == 1 else plural_form or singular + 's'}"


def join_words(words: Sequence[str], conjunction: str = "and") -> str:
    """Return the words as a list in a sentence: "a", "a and b", "a, b and c"; "" for none."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def date_words(text: str) -> str:
    """Return an ISO date in words: "1 April 2017"; "November 2018" for `2018-11`; "2018" for `2018`.

    Raises:
        ValueError: Not a date of the calendar in one of these three forms.
    """
    year, month, day = _date_parts(text)
    return " ".join(part for part in (str(day or ""), MONTHS[month - 1] if month else "", year) if part)


def date_form(text: str) -> str:
    """Return an ISO date as forms write it, dd-MMM-yyyy: "01-Apr-2017"; without a day "Nov-2018", or "2018".

    Raises:
        ValueError: Not a date of the calendar in one of these three forms.
    """
    year, month, day = _date_parts(text)
    parts = (f"{day:02}" if day else "", MONTHS[month - 1][:3] if month else "", year)
    return "-".join(part for part in parts if part)


def _date_parts(text: str) -> tuple[str, int | None, int | None]:
    match = _DATE.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is not a date such as 2017-04-01, 2017-04 or 2017')
    month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
    try:
        date(int(match["year"]), 1 if month is None else month, 1 if day is None else day)
    except ValueError as error:
        raise ValueError(f'"{text}" is not a date of the calendar') from error
    return match["year"], month, day


def _halves(count: Decimal, noun: str) -> str:
    doubled = int((count * 2).quantize(Decimal(1), ROUND_HALF_UP))
    whole, half = divmod(doubled, 2)
    if not whole:
        return f"half a {noun}"
    return f"{whole}{'½' if half else ''} {noun if doubled == 2 else noun + 's'}"
