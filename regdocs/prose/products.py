"""WRD-005: "treatment" or "therapy" for a product that is not proven to be one."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from regdocs.prose.passages import Facts, Hit, Line, Prose, Span, hit, is_verbatim
from regdocs.prose.phrases import pattern, says, words
from regdocs.prose.topics import topics

_TOLD = "calls what is tested a treatment; it is not known to be one"
_TREATMENT = r"(?:treatments?|therap(?:y|ies)(?: sessions?)?)\b"
_WORD = re.compile(r"[\w][\w'-]*")
_OF_OTHERS = frozenset(("injury", "alternatives"))  # sections that tell of treatments that are known
_COMMON = words("no_names")


def treatment_for_unproven(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield each place where an unproven product is called treatment or therapy; titles and ids are left alone."""
    if not facts.unproven:
        return
    expressions, before = _expressions(names_of(facts)), None
    for line in text.lines:
        if line.passage.role in ("body", "signature"):
            spans = chain(_spans(line, expressions), _bare(line, before))
            found = next((span for span in spans if not is_verbatim(line, span)), None)
            if found is not None:
                yield hit(line, found, _TOLD)
        before = line


def names_of(facts: Facts) -> tuple[str, ...]:
    """Return the words by which a product is known in running text, and what it is called as a whole."""
    found = {word for name in facts.products for word in _WORD.findall(name) if len(word) > 2}
    named = {word for word in found if word.lower() not in _COMMON}
    single = {word[:-1] for word in named if word.endswith("s") and len(word) > 4}  # "cells", "cell"
    return tuple(sorted(named | single, key=lambda one: (-len(one), one)))


def _spans(line: Line, expressions: tuple[re.Pattern[str], ...]) -> Iterator[Span]:
    if not topics(line.section) & _OF_OTHERS:
        yield from (found.span() for found in pattern("called_treatment").finditer(line.text) if _new(line.text, found))
    for one in expressions:
        yield from (found.span() for found in one.finditer(line.text) if _claimed(line.text, found))


def _bare(line: Line, before: Line | None) -> Iterator[Span]:
    """Yield where "this treatment" is told of, unless that sentence or the one before tells of another treatment."""
    near = before.text if before is not None and before.section is line.section else ""
    if topics(line.section) & _OF_OTHERS or says("another_treatment", f"{near} {line.text}"):
        return
    for found in pattern("bare_treatment").finditer(line.text):
        denied = re.search(rf"(?:{pattern('bare_denied').pattern})\Z", line.text[: found.start()], re.IGNORECASE)
        if not denied and not says("of_another", line.text[found.start() :]):
            yield found.span()


def _new(text: str, found: re.Match[str]) -> bool:
    """Tell whether "treatment" here is not one that is known: a standard one, or one that is looked for."""
    return not says("no_product_treatment", text[max(0, found.start() - 25) : found.end()]) and not _denied(text, found)


def _claimed(text: str, found: re.Match[str]) -> bool:
    return not _denied(text, found) and not says("no_product_treatment", found[0])


def _denied(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - 25) : found.end()]
    return re.search(r"\b(?:not|no|never|whether|if|neither)\b|n't\b", before, re.IGNORECASE) is not None


@lru_cache(maxsize=64)
def _expressions(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    if not names:
        return ()
    name = rf"\b(?:{'|'.join(map(re.escape, names))})\b"
    between = rf"(?:[ -]+(?:{name}|{pattern('form_of_product').pattern})){{0,3}}"
    product = rf"(?:the |this |our |your |these )?(?:(?:new|study|own) )?{name}{between}"
    return tuple(
        re.compile(one, re.IGNORECASE)
        for one in (
            rf"{name}{between}[ -]+{_TREATMENT}",
            rf"\b{_TREATMENT}(?: sessions?| courses?| cycles?)? (?:with|by|using|of|by means of) {product}",
            rf"\b(?:be|is|are|being|get|were|was) treated with {product}",
            rf"{name}{between} (?:is|are|as) (?:an? |the |our )?(?:\w+ ){{0,2}}?{_TREATMENT}",
            rf"{name}{between} (?:treats|treat|will treat) ",
            rf"{name}{between} to treat your?\b",
        )
    )
