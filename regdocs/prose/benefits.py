"""WRD-003 and WRD-004: a benefit promised as if it were certain, and payment told as a benefit."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit, is_verbatim
from regdocs.prose.phrases import pattern, patterns, says
from regdocs.prose.products import names_of
from regdocs.prose.topics import topics

_PROMISED = "promises a benefit that nobody can promise"
_PAID = "tells payment as a benefit; it makes up for time and trouble"
_BEFORE = 30  # letters before "benefit" in which a "no" or "not" is about it
_DOES = re.compile(r"\b(?:may|might|will|can|could|would|to|who|others|they|you)\s+\Z", re.IGNORECASE)  # "may benefit"
_OPEN = re.compile(
    r"\b(?:if|whether|how(?: (?:well|much|long|far|often|fast))?|why|unless|until|when|once|in case)"
    r"(?: the| this| our)?\s*\Z",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no|never|neither|nor|without)\b|n't\b", re.IGNORECASE)


def promised(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield each sentence that says flatly that a participant will get better, or that the product works."""
    of_product = _of_product(names_of(facts)) if facts.unproven or facts.products else _of_product(())
    for line in text.lines:
        if line.passage.role == "body" and not topics(line.section) & {"injury", "costs", "alternatives", "privacy"}:
            found = next(_promises(line, of_product), None)
            if found is not None:
                yield hit(line, found.span(), _PROMISED)


def _promises(line: Line, of_product: Iterable[re.Pattern[str]]) -> Iterator[re.Match[str]]:
    flat = (*patterns("promise_about_you"), *patterns("promise_about_yours"), *of_product)
    for one in flat:
        for found in one.finditer(line.text):
            if not _hedged(line.text, found) and not _neutral(line, found) and not is_verbatim(line, found.span()):
                yield found


def _hedged(text: str, found: re.Match[str]) -> bool:
    if _OPEN.search(text[: found.start()]):
        return True
    said = pattern("sure").sub("", text[: found.end()])
    return says("hedge", said) or says("hedge_after", text[found.end() :]) or text.endswith("?")


def _neutral(line: Line, found: re.Match[str]) -> bool:
    """Tell whether what "will" change is no matter of health, or the sentence is about a harm."""
    about = found.groupdict().get("what")
    if says("neutral_sentence", line.text):
        return True
    if about is None:
        return False
    return says("neutral_noun", about) or "risks" in topics(line.section)


@lru_cache(maxsize=64)
def _of_product(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Return what is said of a product: by its names whatever it does; by words for it what it will do."""
    words = pattern("the_product").pattern
    named = "|".join(re.escape(one) for one in names)
    said = ("product_does", "product_claims", "product_praised", "product_will")
    does, claims, praised, will = (pattern(name).pattern for name in said)
    either = [rf"(?:{words}|\b(?:it|this|they|these)\b)(?:{will})", rf"(?<!your )(?:{words})(?:{does}|{praised})"]
    if named:
        noun = rf"\b(?:{named})(?:\s+{pattern('form_of_product').pattern})?"
        either.append(rf"{noun}(?:{does}|{claims}|{praised}|{will})")
    return tuple(re.compile(one, re.IGNORECASE) for one in either)


# ---------------------------------------------------------------------------------------------------------- payment


def payment(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each sentence that calls payment a benefit, or tells of it where the benefits are told."""
    for line in text.lines:
        if "injury" in topics(line.section):
            continue
        found = _called_benefit(line.text) or _among_benefits(line)
        if found is not None:
            yield hit(line, found, _PAID)


def _called_benefit(text: str) -> tuple[int, int] | None:
    if says("benefit_of_state", text) or not any(_is_paid(text, one) for one in pattern("pays").finditer(text)):
        return None
    if says("benefits_from_pay", text):
        return (0, len(text))
    counted = (found for found in pattern("benefit_word").finditer(text) if _is_gain(text, found))
    return (0, len(text)) if next(counted, None) else None


def _is_paid(text: str, found: re.Match[str]) -> bool:
    return _NEGATED.search(text[max(0, found.start() - _BEFORE) : found.start()].rpartition(",")[2]) is None


def _is_gain(text: str, found: re.Match[str]) -> bool:
    before, after = text[: found.start()], text[found.end() : found.end() + 40]
    clause = re.split(r"[,;:]|\bbut\b", before)[-1][-_BEFORE:]
    if _NEGATED.search(clause) or _DOES.search(before):
        return False
    return not (says("benefit_of_right", before) or says("benefit_entitled", after))


def _among_benefits(line: Line) -> tuple[int, int] | None:
    about = topics(line.section)
    if "benefits" not in about or "costs" in about or not says("paid_to_you", line.text):
        return None
    return None if _NEGATED.search(line.text) else (0, len(line.text))
