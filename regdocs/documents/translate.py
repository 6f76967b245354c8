"""A document in another language: its words from a translation, its values from the protocol.

Nothing is filled with the source language silently: what is missing or stale is printed as such, is a finding, and
makes the document a draft. Knows trees and translations; reads no file.
"""

from collections import Counter
from dataclasses import dataclass, replace

from regdocs.content.model import Document, Inline, Inlines, Styled, Text, Value
from regdocs.content.runs import change_runs, runs
from regdocs.content.slots import SlotError, fill, has_words, slot_hash, slot_text
from regdocs.documents.certified import NOT_CERTIFIED, certificate_of, certification_words
from regdocs.documents.phrases import phrases
from regdocs.spec.known import TODO
from regdocs.spec.translation import Translation

MISSING, STALE, VALUE_MISSING, UNUSED, BROKEN = "TRN-001", "TRN-002", "TRN-003", "TRN-004", "TRN-005"
AS_SOURCE = "TRN-012"
_NOT_WHOLE = "texts are not translated, or changed since"
OPENING = (MISSING, STALE, VALUE_MISSING, BROKEN)  # what makes the document a draft


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing wrong with a translation: the rule, the name of the run or the words of the value, what is wrong."""

    rule: str
    name: str
    message: str
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Translated:
    """The document in the other language, what its translation lacks, and in words whether it is certified."""

    document: Document
    gaps: tuple[Gap, ...]
    certification: str


def translate(document: Document, translation: Translation | None, language: str) -> Translated:
    """Return the document in `language`; without a translation every word is missing."""
    work = _Work(translation, language)
    changed = change_runs(document, work.run)
    gaps = tuple(dict.fromkeys((*work.gaps, *_unused(document, translation))))
    whole = not any(gap.rule in OPENING for gap in gaps)
    certified = translation is not None and whole and certificate_of(translation).held == "these words"
    words = certification_words(translation) if certified or whole else f"{NOT_CERTIFIED}: {_NOT_WHOLE}"
    marked = replace(changed, language=language)
    return Translated(marked if certified else _marked(marked), gaps, words)


class _Work:
    """Goes through the runs of one document with the translation at hand, and notes what it lacks."""

    def __init__(self, translation: Translation | None, language: str) -> None:
        self._language = language
        self._words = phrases(language)
        self._blocks = {block.id: block for block in translation.blocks} if translation else {}
        self._values = {value.source: value for value in translation.values} if translation else {}
        self.gaps: list[Gap] = []

    def run(self, name: str, inlines: Inlines) -> Inlines:
        source = slot_text(inlines)
        if not has_words(source):
            return self._valued(inlines)
        block = self._blocks.get(name)
        if block is None or block.text.startswith(TODO):
            return self._open(MISSING, name, source, inlines, "is not translated")
        if block.source != slot_hash(source):
            return self._open(STALE, name, source, inlines, "has changed since it was translated")
        if not block.same and says_the_same(block.text, source):
            self._as_source(name)
        try:
            return self._valued(fill(block.text, inlines))
        except SlotError as error:
            return self._open(BROKEN, name, source, inlines, str(error))

    def _open(self, rule: str, name: str, source: str, inlines: Inlines, what: str) -> Inlines:
        hint = f"its text is now: {source} (source: {slot_hash(source)})"
        self.gaps.append(Gap(rule, name, f'"{name}" {what}', hint))
        told = Value(self._words.not_translated, (f"/translations/{self._language}/{name}",), "todo")
        return (told, Text(" "), *self._valued(inlines))

    def _valued(self, inlines: Inlines) -> Inlines:
        return tuple(self._inline(inline) for inline in inlines)

    def _inline(self, inline: Inline) -> Inline:
        if isinstance(inline, Styled):
            return replace(inline, inlines=self._valued(inline.inlines))
        return self._value(inline) if isinstance(inline, Value) and inline.state == "known" else inline

    def _value(self, value: Value) -> Value:
        if not any(letter.isalpha() for letter in value.text):
            return value
        found = self._values.get(value.text)
        told = found.text if found else None
        if found is None or (told is None and not found.same) or (told is not None and told.startswith(TODO)):
            self.gaps.append(Gap(VALUE_MISSING, value.text, f'the words "{value.text}" are not translated'))
            return replace(value, text=f"{self._words.not_translated} {value.text}", state="todo")
        if not found.same and says_the_same(told or "", value.text):
            self._as_source(value.text)
        return replace(value, text=told or value.text)

    def _as_source(self, name: str) -> None:
        hint = "translate it, or write 'same: true' below it when it reads the same in both languages"
        self.gaps.append(Gap(AS_SOURCE, name, f'the translation of "{name}" is the source itself', hint))


def says_the_same(text: str, source: str) -> bool:
    """Tell whether a translation is word for word its source, however it is spaced and capitalised."""
    return text.casefold().split() == source.casefold().split()


def _unused(document: Document, translation: Translation | None) -> tuple[Gap, ...]:
    """Return a gap for each block of the translation that the document does not have, or that stands twice."""
    names = Counter(block.id for block in translation.blocks) if translation else Counter[str]()
    there = runs(document)
    strange = [Gap(UNUSED, name, f'the document has no "{name}"') for name in names if name not in there]
    twice = [Gap(UNUSED, name, f'"{name}" is translated {count} times') for name, count in names.items() if count > 1]
    return (*strange, *twice)


def _marked(document: Document) -> Document:
    """Say on every page that a translation is not certified."""
    mark = (Text(phrases(document.language).not_certified),)
    return replace(document, furniture=replace(document.furniture, marks=(*document.furniture.marks, mark)))
