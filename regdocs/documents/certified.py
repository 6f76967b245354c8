"""Whether a translation is certified and reviewed, and whether that was about the words it has now.

A certificate names the words it is about by their digest, so it does not pass on to words that came later. Knows
translations; not the documents made with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from regdocs.canonical import digest_of
from regdocs.spec.known import Known
from regdocs.spec.translation import Certificate, Review, Translation

NOT_CERTIFIED = "not certified"
_DIGITS = 16

Held = Literal["none", "open", "other words", "these words"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a certificate or a review stands to a translation, and what it says of itself in words; "" where it is none.

    held: none – there is none; open – something of it is to be completed; other words – the translation, or the hash
    of a source, has changed since; these words – it is about what stands there.
    """

    held: Held
    words: str = ""


def words_digest(translation: Translation) -> str:
    """Return the first 16 hex digits of the SHA-256 of all words of a translation with the hashes of their sources.

    The order of blocks does not count, nor does what the file says of translator, review and certificate.
    """
    blocks = sorted([block.id, block.source, block.text] for block in translation.blocks)
    values = sorted([value.source, value.text or value.source] for value in translation.values)
    return digest_of({"blocks": blocks, "values": values})[:_DIGITS]


def certificate_of(translation: Translation) -> Standing:
    """Return how the certificate stands; without `certified: true` there is none."""
    one = translation.certificate
    if one is None or not translation.certified:
        return Standing("none")
    return _standing(translation, one, one.of, (one.by, one.reference, one.date))


def review_of(translation: Translation) -> Standing:
    """Return how the review stands."""
    one = translation.review
    return Standing("none") if one is None else _standing(translation, one, one.of, (one.reviewer, one.role, one.date))


def certification_words(translation: Translation | None) -> str:
    """Return in words whether a translation is certified, as people and the manifest are told."""
    standing = Standing("none") if translation is None else certificate_of(translation)
    if standing.held == "these words":
        return f"certified: {standing.words}"
    why = {"open": ": the certificate is not complete", "other words": ": the certificate is of other words"}
    return NOT_CERTIFIED + why.get(standing.held, "")


def open_facts(translation: Translation) -> Iterator[tuple[str, ...]]:
    """Yield the keys that lead to each fact about a translation that is still to be completed."""
    for key in ("translator", "date"):
        if getattr(translation, key).state != "known":
            yield (key,)
    for part in ("review", "certificate"):
        whole = getattr(translation, part)
        yield from ((part, key) for key in _keys(whole) if getattr(whole, key).state != "known")


def _keys(whole: Review | Certificate | None) -> tuple[str, ...]:
    return () if whole is None else tuple(type(whole).model_fields)


def _standing(
    translation: Translation, whole: Review | Certificate, of: Known[str], named: tuple[Known[str], ...]
) -> Standing:
    told = ", ".join(one.value if one.value is not None else f"TODO: {one.todo}" for one in named)
    if any(getattr(whole, key).state != "known" for key in _keys(whole)):
        return Standing("open", told)
    return Standing("these words" if of.value == words_digest(translation) else "other words", told)
