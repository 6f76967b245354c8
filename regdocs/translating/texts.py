"""What there is to translate of one kind of document into one language, and how each text stands.

Knows composed documents and the translation as its file has it; reads and writes no file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from regdocs.build.examine import Draftable, Examined
from regdocs.build.study import TRANSLATIONS, Inputs
from regdocs.content.model import Document, Inlines, Styled, Value
from regdocs.content.query import headings, plain_text
from regdocs.content.runs import runs
from regdocs.content.slots import SlotError, fill, has_words, slot_hash, slot_text
from regdocs.documents.kind import Kind
from regdocs.documents.kinds import KINDS
from regdocs.documents.translate import says_the_same
from regdocs.errors import Refusal, UsageError
from regdocs.finding import has_errors
from regdocs.spec.known import TODO
from regdocs.spec.load import load_translation
from regdocs.spec.translation import TranslatedBlock, TranslatedValue, Translation

Part = Literal["text", "value"]
State = Literal["current", "stale", "missing", "broken", "as its source"]
EVERY_PAGE = "on every page"


@dataclass(frozen=True, slots=True)
class SourceText:
    """One text to translate: a run of the template with slots, or words of protocol.yaml.

    Attributes:
        part: Which of the two.
        name: Of a run its name; of a value the protocol paths it was first printed from.
        where: The heading it stands under; of a value the run that prints it first.
        source: The text with slots, or the words.
        inlines: The run as composed.
        text: Its translation as the file has it, whatever its state; None where it has none.
        same: Whether somebody decided that it reads the same in both languages.
        state: How the translation stands to the source as it is now.
    """

    part: Part
    name: str
    where: str
    source: str
    inlines: Inlines
    text: str | None
    same: bool
    state: State

    @property
    def digest(self) -> str:
        """The first digits of the digest of the source."""
        return slot_hash(self.source)

    @property
    def key(self) -> tuple[Part, str]:
        """What names it for good: a run its name, a value its words."""
        return self.part, self.name if self.part == "text" else self.digest


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of document in one language: its texts, its file as it lies there, and what that says."""

    kind: Kind
    language: str
    source_language: str
    data: bytes | None
    translation: Translation | None
    texts: tuple[SourceText, ...]

    @property
    def file(self) -> str:
        """The file of the translation, from the study's folder."""
        return f"{TRANSLATIONS}/{self.language}/{self.kind.name}.yaml"


def works_of(inputs: Inputs, examined: Examined, language: str, kinds: tuple[str, ...]) -> tuple[Work, ...]:
    """Return what there is to translate, kind by kind; all kinds that a site needs in the language if none is named.

    Raises:
        UsageError: No site needs the language, or not for a kind that was named.
        Refusal: A translation has mistakes, so that nothing can be said of it.
    """
    assert examined.loaded.protocol is not None
    source = examined.loaded.protocol.language
    needed = {kind: _needing(examined.documents, kind, language, source) for kind in KINDS}
    found = {kind: documents for kind, documents in needed.items() if documents}
    _known(found, language, source, kinds)
    wanted = ((kind, of) for kind, of in found.items() if not kinds or kind.name in kinds)
    return tuple(_work(kind, language, source, documents, inputs) for kind, documents in wanted)


def _needing(documents: Iterable[Draftable], kind: Kind, language: str, source: str) -> list[Document]:
    own = (one for one in documents if one.kind is kind and one.language == source and language != source)
    return [one.composed.document for one in own if one.site and language in kind.languages(one.site)]


def _known(found: Iterable[Kind], language: str, source: str, kinds: tuple[str, ...]) -> None:
    names = [kind.name for kind in found]
    if not names:
        why = "the protocol is written in it" if language == source else "no site lists it under languages:"
        raise UsageError(f'nothing is translated into "{language}": {why}')
    for name in kinds:
        if name not in names:
            raise UsageError(f'"{name}" is not needed in "{language}"; these kinds are: {", ".join(names)}')


def _work(kind: Kind, language: str, source: str, documents: list[Document], inputs: Inputs) -> Work:
    name = f"{language}/{kind.name}.yaml"
    data = inputs.translations.get(name)
    translation, findings, _ = load_translation(data, name) if data is not None else (None, (), None)
    if has_errors(findings):
        raise Refusal(f'{TRANSLATIONS}/{name} has mistakes; "regdocs check" lists them')
    if translation is not None and (translation.language, translation.kind) != (language, kind.name):
        raise Refusal(f"{TRANSLATIONS}/{name} says that it is of another language or kind")
    texts = (*_blocks(documents, translation), *_values(documents, translation))
    return Work(kind, language, source, data, translation, texts)


# --------------------------------------------------------------------------------------------------------------- runs


def _blocks(documents: Iterable[Document], translation: Translation | None) -> Iterator[SourceText]:
    known = {block.id: block for block in translation.blocks} if translation else {}
    seen: set[str] = set()
    for name, where, inlines in _runs_of(documents):
        source = slot_text(inlines)
        if name not in seen and has_words(source):
            block = known.get(name)
            text = block.text if block and not block.text.startswith(TODO) else None
            same = block.same if block else False
            yield SourceText("text", name, where, source, inlines, text, same, _state(block, source, inlines))
        seen.add(name)


def _runs_of(documents: Iterable[Document]) -> Iterator[tuple[str, str, Inlines]]:
    """Yield each run of each document with its name and the heading it stands under."""
    for document in documents:
        titles = {heading.id: plain_text(heading.inlines) for heading in headings(document)}
        where = ""
        for name, inlines in runs(document).items():
            where = titles.get(name, where)
            yield name, EVERY_PAGE if name.startswith(("furniture.", "document.")) else where, inlines


def _state(block: TranslatedBlock | None, source: str, inlines: Inlines) -> State:
    if block is None or block.text.startswith(TODO):
        return "missing"
    if block.source != slot_hash(source):
        return "stale"
    if slips_of(block.text, inlines) is not None:
        return "broken"
    return "as its source" if says_the_same(block.text, source) and not block.same else "current"


def slips_of(text: str, inlines: Inlines) -> str | None:
    """Return what is wrong with the slots of a translated text; None when nothing is."""
    try:
        fill(text, inlines)
    except SlotError as error:
        return str(error)
    return None


# ------------------------------------------------------------------------------------------------------------- values


def _values(documents: Iterable[Document], translation: Translation | None) -> Iterator[SourceText]:
    known = {value.source: value for value in translation.values} if translation else {}
    seen: set[str] = set()
    for name, _, inlines in _runs_of(documents):
        for value in _values_in(inlines):
            if value.text not in seen and value.state == "known" and any(map(str.isalpha, value.text)):
                yield _value(value, name, known.get(value.text))
            seen.add(value.text)


def _values_in(inlines: Inlines) -> Iterator[Value]:
    for inline in inlines:
        if isinstance(inline, Value):
            yield inline
        elif isinstance(inline, Styled):
            yield from _values_in(inline.inlines)


def _value(value: Value, where: str, known: TranslatedValue | None) -> SourceText:
    written = known.text if known and known.text and not known.text.startswith(TODO) else None
    same = known.same if known else False
    text = written or (value.text if same and not (known and known.text) else None)
    if text is None:
        state: State = "missing"
    else:
        state = "as its source" if says_the_same(text, value.text) and not same else "current"
    return SourceText("value", " ".join(value.paths), where, value.text, (value,), text, same, state)
