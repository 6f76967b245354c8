"""Names of what is measured that are nearly spelt like one that is known: "haemglobin", "creatnine".

Compares words by their letters only. Words that are names of their own, however near, are listed.
"""

import re
from difflib import get_close_matches
from functools import lru_cache

from regdocs.quantities.analytes import analytes

_SHORTEST = 6
_NEARNESS = 0.84  # one letter wrong of seven, two of twelve
_LONGEST = 8_000  # of a text that is looked at
_DERIVED = re.compile(
    r"(?:ics?|ed|al|ally|osis|uri[ac]|uric|a?emi[ac]|pathy|oma|ases?|ates|isms?|oids?|ous|ia|ian|ar|yl|ing|ive)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
# Words of names that are everyday English: a word near to one of these is more likely another word.
_EVERYDAY = frozenset({
    "absolute", "activated", "active", "antigen", "blood", "corrected", "count", "direct", "ejection", "estimated",
    "fasting", "fraction", "height", "hormone", "international", "interval", "normalised", "normalized", "partial",
    "performance", "pressure", "prostate", "protein", "reactive", "resting", "saturation", "specific", "status",
    "stimulating", "thyroid", "transferase", "urine", "ventricular", "vitamin", "volume", "weight",
})  # fmt: skip
# Right words that are near to a name.
_RIGHT = frozenset({
    "create", "created", "creates", "creating", "creation", "creative", "creatine", "creatin", "globulin",
    "globulins", "cortisone", "lactase", "lactate", "lactating", "thrombocyte", "lymphocyte", "leucocyte",
    "leukocyte", "granulocyte", "phosphatidyl", "phosphates", "albuminuria", "hemoglobinuria", "estriol",
    "oestriol", "progesterone", "calcitriol", "calcidiol", "calcitonin", "thyrotrophin", "thyroxin", "biliverdin",
    "cholesteryl", "amylose", "magnesia", "systole", "diastole", "temperate", "glomeruli", "glomerulus",
    "triacylglycerides", "podium", "systemic", "filtrate", "eosinophilia", "neutropenia", "ferritins", "ferric",
    "hematocrits",
})  # fmt: skip


def misspelt(words: str) -> tuple[tuple[str, str], ...]:
    """Return each word of a name that is nearly one that is known, with that one."""
    found = ((word, _near(word.casefold())) for word in dict.fromkeys(_WORD.findall(words[:_LONGEST])))
    return tuple((word, near) for word, near in found if near is not None)


def misspelt_in_a_text(words: str) -> tuple[tuple[str, str], ...]:
    """Return the same for words that stand anywhere, where a word made from a name is likelier: "lymphocytic"."""
    return tuple((word, near) for word, near in misspelt(words) if _DERIVED.search(word) is None)


def _is_right(word: str) -> bool:
    names = _vocabulary()
    return len(word) < _SHORTEST or word in _RIGHT or word in names or word.removesuffix("s") in names


@lru_cache(maxsize=4096)
def _near(word: str) -> str | None:
    if _is_right(word):
        return None
    alike = [one for one in _vocabulary() if one[0] == word[0]]
    return next(iter(get_close_matches(word, alike, 1, _NEARNESS)), None)


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    """Return the long words of all names, each once."""
    words = (word.casefold() for one in analytes() for name in one.names for word in _WORD.findall(name))
    return tuple(dict.fromkeys(word for word in words if len(word) >= _SHORTEST and word not in _EVERYDAY))
