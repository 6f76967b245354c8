"""Ages in the words of criteria, and in exclusion: whether they are those of the population.

ELG-005 compares inclusion criteria that give a range or have limits for a machine; this is the rest. An age at which
something happened, or of somebody else, is no age of a participant.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from regdocs.quantities.limits_in_text import TextLimit
from regdocs.rules.criteria import ages_asked
from regdocs.rules.rule import Hit
from regdocs.rules.said import Said, said_limits
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.units import Duration

_HINT = "registry and documents print both; correct one of them"
_DAYS = {"a": Decimal("365.25"), "mo": Decimal("30.4375"), "wk": Decimal(7), "d": Decimal(1)}
_YEAR = _DAYS["a"]
_AGED = re.compile(
    r"\b(?:age[ds]?|adults?)(?:\s+(?:at|of|is|must|be|on|the|screening|enrol\w+|consent|time|limit)\b)*\W*$",
    re.IGNORECASE,
)
# Another condition beside the age, so that the age does not decide alone.
_JOINED = re.compile(
    r"\bor\b(?!\s+(?:older|over|above|younger|more|less))|\band\b(?!\s+(?:older|over|above|\d))", re.IGNORECASE
)
_FAR = 120
_OLD = re.compile(r"\s*(?:old\b|of age\b|or older|or younger|or over|and older|and over|and above)", re.IGNORECASE)
_OLDER = re.compile(r"(?:older|younger) than|or (?:older|younger)|years? (?:of age|old)", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\b(?:diagnos\w+|onset|relatives?|history|mothers?|fathers?|parents?|siblings?|partners?|donors?|gestation\w*|"
    r"menopaus\w*|postmenopaus\w*|contracept\w*|before|since|until|first|prior|if|when|unless|except|who|whose|for|"
    r"stratum|cohort|arm|group|with|without)\b",
    re.IGNORECASE,
)


def ages_at_odds_with_the_population(protocol: Protocol) -> Iterator[Hit]:
    """ELG-012: an age in words, or in an exclusion criterion, that is not that of the population."""
    population = protocol.population
    for one in said_limits(protocol):
        if not _is_age(one) or (not one.excludes and ages_asked(one.criterion)):
            continue
        lower = one.statement.limit.comparator in (">", ">=")
        key = "minimum_age" if lower != one.excludes else "maximum_age"
        known: Known[str] | None = getattr(population, key)
        if known is not None and known.value is None:
            continue
        stated = known.value if known is not None else None
        if not _fits(one, stated):
            does = "excludes ages" if one.excludes else "asks for ages"
            told = f"is {stated}" if stated else "is not given"
            said = f'criterion "{one.criterion.id}" {does} {one.statement.words}'
            yield one.hit(f'{said}, but "{key}" of the population {told}', _HINT)


def _is_age(one: Said) -> bool:
    limit, statement = one.statement.limit, one.statement
    if not one.alone or limit.analyte is not None or limit.ucum not in _DAYS or one.criterion.applies_to is not None:
        return False
    if statement.whom not in (None, "adults") or _ANOTHER.search(one.text):
        return False
    if _JOINED.search(_sexless(one.text)):
        return False
    if not one.path.endswith("/text"):
        return re.fullmatch(r"age\b.*", limit.name, re.IGNORECASE) is not None
    before, after = one.text[max(0, statement.start - _FAR) : statement.start], one.text[statement.stop :]
    return bool(_AGED.search(before) or _OLD.match(after) or _OLDER.search(one.text[statement.start : statement.stop]))


def _sexless(text: str) -> str:
    return re.sub(r"\b(?:fe)?(?:male|men|women|man|woman)s?\s+(?:and|or)\s+", "", text, flags=re.IGNORECASE)


def _fits(one: Said, stated: str | None) -> bool:
    """Tell whether an age says what the population says; ages after the last birthday are whole years."""
    age = _days(one.statement.limit)
    if stated is None:
        return False
    edge, comparator = Duration.parse(stated).approx_days(), one.statement.limit.comparator
    if not one.excludes:
        # "Over 17 years" may be 17 years and a day, or 18 years.
        return edge == age or (comparator == ">" and edge == age + _YEAR) or (comparator == "<" and edge == age - _YEAR)
    if comparator in (">", ">="):
        return edge < age or (edge == age and comparator == ">")
    return edge > age or (edge == age and comparator == "<")


def _days(limit: TextLimit) -> Decimal:
    return limit.value * _DAYS[limit.ucum or "a"]
