"""Limits that cannot be: far outside what is ever measured, in a unit nobody knows, or in a unit of another kind.

Bounds are wide and from memory (`quantities/analytes.yaml`). A finding asks; it never says what the limit should be.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from regdocs.quantities.amounts import OutOfBounds, is_measured_in, out_of_bounds, shown, units_that_fit
from regdocs.quantities.analytes import Analyte
from regdocs.quantities.limits_in_text import limits_in
from regdocs.quantities.written_units import is_ucum, known_spellings, ucum_of
from regdocs.rules.measured import at_odds
from regdocs.rules.rule import Hit
from regdocs.rules.said import ASK, Said, said_limits
from regdocs.spec.protocol import Protocol
from regdocs.units import join_words

# A unit of time behind a limit says how long something lasts; a percentage without bounds of its own, of what it is.
_NEVER_OTHER = ("a", "mo", "wk", "d", "h", "min", "%")
_TAKEN = ("mg", "g", "mg/d", "g/d", "mg/kg", "mL", "L", "ug", "[IU]", "kg")
_NEXT_WORD = re.compile(r"\s*(?P<word>[^\W\d_][\w/^.*²³µ%]*(?:\s*/\s*[\w^.*²³]+)*)")
_NOT_A_UNIT = re.compile(r"uln|lln|times|fold|points?|copies|cells?|mm|sd|log|x\w*", re.IGNORECASE)


def limits_that_cannot_be(protocol: Protocol) -> Iterator[Hit]:
    """UNT-004: a limit of something known, far outside what it can be in that unit."""
    for one in said_limits(protocol):
        analyte, limit = one.statement.analyte, one.statement.limit
        if analyte is None or limit.ucum is None or not one.statement.plain or _told_as_two_units(one):
            continue
        beyond = out_of_bounds(analyte, limit.value, limit.ucum)
        if beyond is not None:
            yield one.hit(_beyond_words(one, analyte, beyond), _other_unit(one, analyte))


def _beyond_words(one: Said, analyte: Analyte, beyond: OutOfBounds) -> str:
    bounds = beyond.bounds
    most = f"above {bounds.highest}" if beyond.above else f"below {bounds.lowest}"
    return f'"{_name(analyte)} {one.statement.words}": no limit is expected {most} {shown(bounds.ucum)}'


def _told_as_two_units(one: Said) -> bool:
    """Tell whether UNT-001 says already that this limit and the same limit in another unit differ."""
    value, unit = one.statement.limit.value, one.statement.limit.unit
    groups = ((limit, *limit.others) for limit in limits_in(one.text) if any(at_odds(limit, of) for of in limit.others))
    return any((of.value, of.unit) == (value, unit) for group in groups for of in group)


def _other_unit(one: Said, analyte: Analyte) -> str:
    limit = one.statement.limit
    fit = [f"{limit.value} {shown(unit)}" for unit in units_that_fit(analyte, limit.value, limit.ucum or "")]
    return f"possible would be {join_words(fit, 'or')}; {ASK}" if fit else ASK


def units_that_nobody_knows(protocol: Protocol) -> Iterator[Hit]:
    """UNT-005: a unit that is none, or one in which the analyte is not given."""
    for one in said_limits(protocol):
        analyte, limit = one.statement.analyte, one.statement.limit
        if analyte is None or not analyte.bounds or one.statement.normal:
            continue
        if limit.ucum is None:
            yield from _unknown(one)
        elif one.statement.plain and _of_another_kind(analyte, limit.ucum):
            units = join_words([shown(unit) for unit in analyte.written[:3]], "or")
            said = f'"{_name(analyte)} {one.statement.words}": {limit.unit} does not measure {_name(analyte)}'
            yield one.hit(said, f"usual would be {units}; {ASK}")


def _of_another_kind(analyte: Analyte, ucum: str) -> bool:
    if ucum in _NEVER_OTHER or (analyte.given and ucum in _TAKEN):
        return False
    return not is_measured_in(analyte, ucum)


def _unknown(one: Said) -> Iterator[Hit]:
    written = _unit_written(one)
    if written is None:
        return
    near = get_close_matches(written.casefold(), _possible(one), 1, 0.6)
    hint = f'likely meant: "{shown(ucum_of(near[0]) or near[0])}"; {ASK}' if near else ASK
    yield one.hit(f'"{written}" behind "{_last(one)} {one.statement.words}" is no unit that is known', hint)


def _possible(one: Said) -> tuple[str, ...]:
    """Return the spellings of units in which the number would be possible."""
    analyte, value = one.statement.analyte, one.statement.limit.value
    known = ((spelling, ucum_of(spelling)) for spelling in known_spellings())
    fit = (
        spelling
        for spelling, ucum in known
        if ucum and analyte and is_measured_in(analyte, ucum) and out_of_bounds(analyte, value, ucum) is None
    )
    return tuple(fit)


def _unit_written(one: Said) -> str | None:
    """Return what stands for a unit and is none: a word with a slash, or one that is nearly a unit."""
    found = _NEXT_WORD.match(one.text, one.statement.stop) if one.path.endswith("/text") else None
    word = "".join(found["word"].rstrip(".").split()) if found else ""
    if not word or _NOT_A_UNIT.fullmatch(word) or is_ucum(word):
        return None
    like = "/" in word or (len(word) > 3 and get_close_matches(word.casefold(), _LONG, 1, 0.85))
    return word if like else None


_LONG = tuple(one for one in known_spellings() if len(one) > 3)


def _last(one: Said) -> str:
    return _name(one.statement.analyte) if one.statement.analyte else one.statement.limit.name


def _name(analyte: Analyte) -> str:
    return analyte.names[0]
