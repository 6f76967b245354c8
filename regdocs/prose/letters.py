"""WRD-006: an abbreviation whose words stand nowhere before it.

An abbreviation is two to seven capital letters that stand by themselves. Words in capitals for weight, names of studies
and firms, codes with digits and what everybody knows ("US", "DNA") are none.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit, is_verbatim
from regdocs.prose.phrases import words

_LETTERS = re.compile(r"(?<![\w./@&-])(?P<short>[A-Z]{2,7})(?P<many>s)?(?![\w@]|-(?![a-z])|\.\w)")
_KNOWN = words("known_letters")
_NAMED = re.compile(
    r"\A\s*(?:study|trial|project|programme|program|research|collection|registry|score)\b", re.IGNORECASE
)
_WORDS_FIRST = re.compile(r"\w[^()\[\]]{2,}?[ ][(\[][^()\[\]]{0,80}\Z")  # "magnetic resonance imaging (MRI"
_WORDS_AFTER = re.compile(
    r"\A\w*[ ]?[(](?:[a-z][^()]{3,}|[A-Z][^()]*[ ][^()]{3,})[)]|"
    r"\A,? (?:which|that) (?:is|means|stands for)\b|"
    r"\A (?:means|stands for|is short for)\b|"
    r"\A, (?:short for|that is)\b"
)
_LISTED = re.compile(r"[(](?:[A-Z]{2,7}(?:, | and | or )+)+\Z")  # "authorities (FDA, EMA" explains neither
_OR = re.compile(
    r"\b[a-z-]{4,}(?: [a-z-]{2,}){0,6},? (?:or|(?:also )?called|known as|abbreviated)(?: as| an?| the)? [\"]?\Z"
)


def unexpanded(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield the first place of each abbreviation, unless it is explained there or its words stood before."""
    ordinary, met, so_far = _ordinary_words(text), _in_titles(text), ""
    for line in text.lines:
        so_far += line.text.lower() + " "
        for found in _LETTERS.finditer(line.text):
            short, stands_for = found["short"], facts.abbreviations.get(found["short"])
            if (
                short in met
                or short in _KNOWN
                or (not stands_for and _emphasis(line, found, ordinary))
                or _name(line.text, found)
            ):
                continue
            met.add(short)
            explained = _explained(line.text, found) or (stands_for or "\0").lower() in so_far
            if not explained and not is_verbatim(line, found.span()):
                yield hit(line, found.span(), f"is not explained where it stands first{_as(stands_for)}")


def _as(stands_for: str | None) -> str:
    return f"; it stands for {stands_for}" if stands_for else ""


def _explained(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() :]
    in_brackets = _WORDS_FIRST.search(before) is not None and re.match(r"[^()]{0,40}[)\]]", after) is not None
    listed = _LISTED.search(before) is not None or re.match(r"(?:, | and | or )[A-Z]{2,7}\b", after) is not None
    return (in_brackets and not listed) or _WORDS_AFTER.match(after) is not None or _called(before, found["short"])


def _called(before: str, short: str) -> bool:
    """Tell whether words before "or MRI" mean it: after a comma any may, else one begins with its first letter."""
    found = _OR.search(before)
    if found is None or "," in found[0] or not found[0].rstrip(' "').endswith(" or"):
        return found is not None
    return re.search(rf"\b{short[0]}", found[0], re.IGNORECASE) is not None


def _emphasis(line: Line, found: re.Match[str], ordinary: frozenset[str]) -> bool:
    """Tell whether capitals are for weight: the word is used in small letters too, or words beside it are capitals."""
    if found["short"].lower() in ordinary:
        return True
    label = found.start() == 0 and line.text[found.end() : found.end() + 1] in (":", ".")
    return label or any(found.span() in pair for pair in _runs(line.text))


def _runs(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Return pairs of words in capitals that stand side by side: a heading or a shout."""
    capitals = [one.span() for one in re.finditer(r"\b[A-Z]{2,}\b", text)]
    return [(one, other) for one, other in pairwise(capitals) if text[one[1] : other[0]] in (" ", ", ", "-")]


def _name(text: str, found: re.Match[str]) -> bool:
    """Tell whether the letters are the name of a study, a code or part of an address."""
    after = text[found.end() :]
    return _NAMED.match(after) is not None or re.match(r"[ -]\d| (?:letters|capitals)\b", after) is not None


def _ordinary_words(text: Prose) -> frozenset[str]:
    return frozenset(word for line in text.lines for word in re.findall(r"\b[a-z]{2,}\b", line.text))


def _in_titles(text: Prose) -> set[str]:
    """Return the letters that titles have: names of studies."""
    titles = (line.text for line in text.lines if line.passage.role == "title")
    return {found["short"] for title in titles for found in _LETTERS.finditer(title)}
