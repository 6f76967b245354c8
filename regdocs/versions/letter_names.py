"""Whether the words of a letter name a reference, a version or a day.

Knows words with single spaces between them; which letter has them is said by others.
"""

import re
from datetime import date

from regdocs.units import MONTHS

_APART = r"[ /.-]{1,2}"


def names_text(words: str, text: str) -> bool:
    """Tell whether a text stands in the words as words of its own; a line may have ended after a hyphen of it."""
    return re.search(rf"(?<!\w){_pattern(text)}(?!\w)", words, re.IGNORECASE) is not None


def names_version(words: str, version: str) -> bool:
    """Tell whether a version is named: "2.0" by "2.0" and "v2.0", but not by "2.0-north", "12.0" or "2.0.1"."""
    return re.search(rf"(?<![\w.-])v?{_pattern(version)}(?![\w-]|\.\w)", words, re.IGNORECASE) is not None


def names_day(words: str, day: str) -> bool:
    """Tell whether a day ("2026-06-12") is named in a form that can be no other day.

    These are the year first (2026-06-12, 2026/06/12), the month in English words or their first three letters
    (12 June 2026, June 12th, 2026, 12-Jun-2026), the Vietnamese one (12 tháng 6 năm 2026), and numbers with the year
    last where no other day has the same ones (12/12/2026, 25/12/2026).
    """
    try:
        told = date.fromisoformat(day)
    except ValueError:
        return names_text(words, day)
    forms = (*_in_words(told), *(_numbers(told) if _is_plain(told) else ()))
    return any(re.search(rf"(?<![\w./-]){form}(?!\w|[/-]\w)", words, re.IGNORECASE) for form in forms)


def _is_plain(day: date) -> bool:
    return day.day > 12 or day.day == day.month


def _in_words(day: date) -> tuple[str, ...]:
    name = MONTHS[day.month - 1]
    month = rf"(?:{name}|{name[:4]}\.?|{name[:3]}\.?)"
    number = rf"0?{day.day}(?:st|nd|rd|th)?"
    return (
        rf"{day.year}[-/.]0?{day.month}[-/.]0?{day.day}",
        rf"{number}(?: of)?[ .-]*{month}[ ,-]*{day.year}",
        rf"{month} ?{number},? ?{day.year}",
        rf"0?{day.day} tháng 0?{day.month} năm {day.year}",
    )


def _numbers(day: date) -> tuple[str, str]:
    one, other = rf"0?{day.day}", rf"0?{day.month}"
    return rf"{one}{_APART}{other}{_APART}{day.year}", rf"{other}{_APART}{one}{_APART}{day.year}"


def _pattern(text: str) -> str:
    return re.escape(text).replace(r"\-", r"\- ?")
