"""Everything that a criterion says of limits: what is measured, of whom, and how far.

Joins comparisons, ranges and limits before their words. A limit without a name of its own takes the one before it
("Haemoglobin: men >= 13 g/dL, women >= 12 g/dL"). What holds for some only has a word for them: "men".
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from regdocs.quantities.analytes import Analyte, named
from regdocs.quantities.limits_in_text import PlacedLimit, TextLimit, placed_limits
from regdocs.quantities.ranges_in_text import PlacedRange, limits_before_their_words, ranges_in

_GROUPS = {
    "men": r"men|man|males?|boys",
    "women": r"women|woman|females?|girls",
    "children": r"children|child|adolescents?|infants?|neonates?|newborns?|p(?:a)?ediatric",
    "adults": r"adults?",
}
_NAMED = "|".join(f"(?P<{name}>{words})" for name, words in _GROUPS.items())
_WHO = re.compile(rf"\b(?:{_NAMED})\b", re.IGNORECASE)
# From a limit to whom it is for, and from whom it is for to the limit.
_FOR = re.compile(
    r"\s*(?:,?\s*\(?\s*(?:for|in|if|among|when)\b|[([])?\s*(?:the|all|participant|is|are|a|\s)*", re.IGNORECASE
)
_BOTH = re.compile(r"\s*(?:and|or|/)\s*", re.IGNORECASE)
_HOLDS = re.compile(r"\s*[:,)]?\s*(?:must|have|has|be|is|are|with|level|value|of|\s)*", re.IGNORECASE)
# Words between a name and its number, or between one limit and the next, that are no name.
_FILL = re.compile(
    r"(?:[\s:;,([\])/•–-]|\b(?:for|in|of|and|or|if|is|are|be|but|must|should|the|a|an|either|also|by|at|both|not|"
    r"screening|either|level|levels|value|values|count|counts|concentration|concentrations|range|ranging|between|from|"
    r"defined|as|has|have|having|with|subjects?|participants?|patients?)\b)+$",
    re.IGNORECASE,
)
# In another sample, or given and not measured, it is another thing.
_OTHER = re.compile(
    r"urin|saliva|csf\b|cerebrospinal|stool|f(?:a)?ecal|pleural|ascit|dialys|cord\b|synovial|dietary|intake|\boral\b|"
    r"\bdos(?:e|es|age|ing)\b|supplement|ratio|/\s*creat|chang|increas|decreas|loss|gain|drop\b|fall\b|rise|reduction|"
    r"fluctuat|variation|differen|delta|orthostatic|z-score|percentile|birth|lesion|tumou?r|storage|spot",
    re.IGNORECASE,
)
_KIND = re.compile(
    r"\b(?:fasting|random|non-?fasting|post\w*|\d-?h(?:ou)?r?|direct|conjugated|indirect|ioni[sz]ed|corrected|free|"
    r"hdl|ldl|non-hdl|supine|standing|sitting|nocturnal|trough|peak|basal|stimulated|resting|morning|capillary|lean)\b",
    re.IGNORECASE,
)


_NORMAL = re.compile(
    r"\s*(?:x|×|\*|times|-?\s?fold)?\s*(?:of\s+)?(?:the\s+)?(?:institutional |local |laboratory )?"
    r"(?:uln|upper (?:normal )?limit)",
    re.IGNORECASE,
)


# A longer text, more limits, or a longer way from a name to its limit, no criterion has.
_LONGEST = 8_000
_MOST = 100
_FAR = 200
_NEAR = 6  # words before a limit that say what of something is measured


@dataclass(frozen=True, slots=True)
class Statement:
    """One limit of a criterion.

    Attributes:
        kind: Words that make it another measure of the same analyte: "fasting", "hdl".
        whom: "men", "women", "children", "adults"; None for all, or where nobody can tell.
        plain: Whether the analyte itself is measured: not its change, not in urine, not a dose.
        normal: Whether it counts in upper limits of normal, and not in a unit.
        range: The range that it is an end of.
    """

    start: int
    stop: int
    limit: TextLimit
    kind: frozenset[str] = frozenset()
    whom: str | None = None
    plain: bool = True
    normal: bool = False
    range: PlacedRange | None = None

    @property
    def analyte(self) -> Analyte | None:
        """What is measured, where it is known."""
        return self.limit.analyte

    @property
    def words(self) -> str:
        """The limit with its comparison, as written: ">= 13 g/dL"."""
        return f"{self.limit.comparator} {self.limit.words}"


@lru_cache(maxsize=512)
def statements_in(text: str) -> tuple[Statement, ...]:
    """Return every limit of a text in its order, as far as criteria go."""
    text = text[:_LONGEST]
    found: list[Statement] = []
    after_whom = 0
    for placed, span in _placed(text):
        since = found[-1].stop if found else 0
        before = text[max(since, placed.start - _FAR) : placed.start]
        whom, after_whom = _whom(text, max(after_whom, since), placed)
        one = _statement(placed, span, before, whom, found[-1] if found else None)
        found.append(replace(one, normal=_NORMAL.match(text, placed.stop) is not None))
    return tuple(found)


def _placed(text: str) -> list[tuple[PlacedLimit, PlacedRange | None]]:
    """Return each limit with its range; what two ways of reading find at one place counts once, the range first."""
    ranges = list(islice(ranges_in(text), _MOST))
    found: list[tuple[PlacedLimit, PlacedRange | None]] = [(end, one) for one in ranges for end in (one.low, one.high)]
    taken = [(one.low.start, one.low.stop) for one in ranges]
    for limit in (*islice(placed_limits(text), _MOST), *islice(limits_before_their_words(text), _MOST)):
        if not any(start < limit.stop and limit.start < stop for start, stop in taken):
            found.append((limit, None))
            taken.append((limit.start, limit.stop))
    return sorted(found, key=lambda pair: pair[0].start)


def _statement(
    placed: PlacedLimit, span: PlacedRange | None, before: str, whom: str | None, last: Statement | None
) -> Statement:
    said = _FILL.sub("", _WHO.sub("", before))
    own = placed.limit.analyte or named(said)
    inherits = own is None and last is not None and not _FILL.sub("", said)
    analyte = last.limit.analyte if inherits and last is not None else own
    limit = _of(placed.limit, analyte)
    if inherits and last is not None:
        return Statement(placed.start, placed.stop, limit, last.kind, whom, last.plain, range=span)
    words = " ".join(re.split(r"[;.]\s", before)[-1].split()[-_NEAR:])
    kind = frozenset(one.casefold() for one in _KIND.findall(words))
    return Statement(placed.start, placed.stop, limit, kind, whom, _OTHER.search(words) is None, range=span)


def _of(limit: TextLimit, analyte: Analyte | None) -> TextLimit:
    """Return a limit with what it measures; a "G/L" of cells is giga a litre, and no gram."""
    cells = analyte is not None and any(bound.ucum == "10*9/L" for bound in analyte.bounds)
    return replace(limit, analyte=analyte, ucum="10*9/L" if cells and limit.unit == "G/L" else limit.ucum)


def _whom(text: str, since: int, placed: PlacedLimit) -> tuple[str | None, int]:
    """Return for whom a limit holds, and up to where the words for them go.

    What stands directly before a limit comes first, then what stands behind it, then what stands further before.
    """
    before = list(_WHO.finditer(text, max(since, placed.start - 60), placed.start))
    if before and _HOLDS.fullmatch(text[before[-1].end() : placed.start]):
        both = len(before) > 1 and _BOTH.fullmatch(text[before[-2].end() : before[-1].start()])
        return (None if both else _group(before[-1])), since
    for found in _WHO.finditer(text, placed.stop, min(len(text), placed.stop + 40)):
        if _FOR.fullmatch(text[placed.stop : found.start()]):
            both = _BOTH.match(text, found.end())
            other = _WHO.match(text, both.end()) if both else None
            return (None, other.end()) if other else (_group(found), found.end())
    groups = {_group(found) for found in before}
    return (groups.pop() if len(groups) == 1 else None), since


def _group(found: re.Match[str]) -> str:
    return next(name for name in _GROUPS if found[name])
