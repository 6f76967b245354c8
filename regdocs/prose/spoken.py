"""How a word on the page is read aloud: numbers, units, signs and abbreviations among words, in English.

Flesch and McLaughlin both count syllables as a text is read aloud: figures as they are pronounced, abbreviations as if
written out. "5" has one syllable, "%" two, "mg" three, "FDA" three, "21" three.
"""

import re
from functools import lru_cache

from regdocs.prose.syllables import syllables

_READ_AS = {
    "e.g": "for example", "eg": "for example", "i.e": "that is", "ie": "that is", "etc": "and so on", "vs": "versus",
    "dr": "doctor", "mr": "mister", "mrs": "missus", "ms": "miss", "prof": "professor", "no": "no", "approx": "about",
    "mg": "milligrams", "kg": "kilograms", "g": "grams", "µg": "micrograms", "μg": "micrograms", "mcg": "micrograms",
    "ml": "millilitres", "l": "litres", "dl": "decilitres", "mm": "millimetres", "cm": "centimetres", "m": "metres",
    "mmol": "millimoles", "iu": "units", "°c": "degrees", "a.m": "in morning", "p.m": "in evening", "am": "am",
    "%": "percent", "$": "dollars", "€": "euros", "£": "pounds", "¥": "yen", "°": "degrees",
}  # fmt: skip
_DIGITS = "0123456789"
_UNITS = frozenset(("g", "l", "m", "mm", "cm"))  # single letters and the like are units beside a number only
_PIECE = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[$€£¥%°µμ]?[^\W\d_]+(?:[.'’][^\W\d_]+)*|[$€£¥%°]")
_SUMS = ((1_000_000_000, 2), (1_000_000, 2), (1_000, 2), (100, 2))
_SMALL = (2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2)
_TENS = (0, 0, 2, 2, 2, 2, 2, 3, 2, 2)


@lru_cache(maxsize=8192)
def spoken_syllables(word: str) -> int:
    """Return the syllables of a word as it stands in a text and is read aloud, at least 1."""
    pieces = _PIECE.findall(word[:200])
    beside_a_number = any(piece[0] in _DIGITS for piece in pieces)
    return max(1, sum(_of(piece, beside_a_number) for piece in pieces))


def _of(piece: str, beside_a_number: bool) -> int:
    if piece[0] in _DIGITS:
        return _of_number(piece)
    plain = piece.lower()
    if plain in _READ_AS and (plain not in _UNITS or beside_a_number):
        return sum(syllables(word) for word in _READ_AS[plain].split())
    letters = piece.rstrip("s")
    if len(letters) > 1 and letters.isupper() and (len(letters) < 4 or not re.search("[AEIOUY]", letters)):
        return sum(3 if letter == "W" else 1 for letter in letters)  # spelt: "FDA", "ECGs"; "AIDS" is a word
    return syllables(re.sub(r"\.", "", piece))


def _of_number(number: str) -> int:
    """Return the syllables of a figure: "2.5" is "two point five", "1,500" "one thousand five hundred"."""
    whole, _, after = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", number).replace(",", ".").partition(".")
    digits = re.sub("[^0-9]", "", after)
    if len(whole) > 12 or (len(whole) > 1 and whole[0] == "0"):
        return sum(_SMALL[int(digit)] for digit in whole + digits)
    return _of_whole(int(whole)) + (1 + sum(_SMALL[int(digit)] for digit in digits) if digits else 0)


def _of_whole(number: int) -> int:
    if number < len(_SMALL):
        return _SMALL[number]
    if number < 100:
        return _TENS[number // 10] + (_SMALL[number % 10] if number % 10 else 0)
    scale, own = next((scale, own) for scale, own in _SUMS if number >= scale)
    return _of_whole(number // scale) + own + (_of_whole(number % scale) if number % scale else 0)
