"""Abbreviations: whether a reader meets one before its words. Looks only for those that the protocol lists.

Texts for participants are read as one text, in the order of the consent form's content; the narrative as another.
"""

import re
from collections.abc import Iterator, Sequence

from regdocs.rules.elements import fields, members
from regdocs.rules.rule import Hit
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol

_Text = tuple[str, str]  # path and words


def abbreviations_before_their_words(protocol: Protocol) -> Iterator[Hit]:
    """ABB-001: an abbreviation in a consent text or the narrative that is not explained there before."""
    consent, narrative = list(_consent(protocol)), list(_narrative(protocol))
    for abbreviation in protocol.abbreviations:
        words = abbreviation.long.value
        for texts in (consent, narrative) if words is not None else ():
            path = _first_unexplained(texts, abbreviation.short, words or "")
            if path is not None:
                message = f'"{abbreviation.short}" is used before it is explained'
                yield Hit(path, message, f'write "{words} ({abbreviation.short})" where it stands first')


def _first_unexplained(texts: Sequence[_Text], short: str, words: str) -> str | None:
    """Return the path of the text where a reader first meets the abbreviation alone; None when it is explained."""
    alone = re.compile(rf"(?<!\w){re.escape(short)}(?!\w)")
    explained = re.compile(rf"{re.escape(words)}|(?<!\w){re.escape(short)}\s*\({re.escape(words)}", re.IGNORECASE)
    for number, (path, text) in enumerate(texts):
        # A plain look first: there may be hundreds of abbreviations and tens of thousands of words.
        used = alone.search(text) if short in text else None
        if used is not None:
            told = explained.search(text)
            here = told is not None and told.start() <= used.start()
            return None if here or any(explained.search(earlier) for _, earlier in texts[:number]) else path
    return None


def _consent(protocol: Protocol) -> Iterator[_Text]:
    for field in fields(protocol.consent, "/consent"):
        for path, item in members(field.value, field.place):
            if isinstance(item, Known) and isinstance(item.value, str) and field.name not in ("line", "basis"):
                yield path, item.value


def _narrative(protocol: Protocol) -> Iterator[_Text]:
    for section in protocol.narrative:
        if section.text.value is not None:
            yield f"/narrative/{section.id}/text", section.text.value
