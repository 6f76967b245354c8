"""A translation of one kind of document: `translations/<language>/<kind>.yaml`.

Knows its keys; does not know the documents it belongs to (`documents/translate.py` applies it).
"""

from typing import Literal

from pydantic import Field

from regdocs.spec.kinds import Flag, Language, PartialDate, Words
from regdocs.spec.known import Frozen, Stated, listed, optional, required


class TranslatedBlock(Frozen):
    """One run of words of the template, in the other language."""

    id: Words = required("Name of the run: a block's id, with a suffix where a block has several.")
    source: Words = required("Hash of the source text with slots; when it differs, the source has changed since.")
    text: Words = required("The text with the same slots, in the other language.")


class TranslatedValue(Frozen):
    """Words of protocol.yaml, in the other language."""

    source: Words = required("The words as protocol.yaml gives them.")
    text: Words | None = optional("The words in the other language.")
    same: Flag = Field(default=False, description="Whether they stay as they are: a name, a number, a symbol.")


class Translation(Frozen):
    """Words of one kind of document in another language."""

    translation: Literal[1] = required("Version of this format; the first key of the file.")
    language: Language = required("The language, as BCP 47 tag.")
    kind: Words = required("The kind of document, such as consent.")
    translator: Stated[Words] = required("Who translated it.")
    date: Stated[PartialDate] = required("When.")
    certified: Flag = required("Whether somebody certified it; every page of one that is not says so.")
    certificate: Stated[Words] | None = optional("Who certified it, and when.")
    blocks: tuple[TranslatedBlock, ...] = listed("Words of the templates.")
    values: tuple[TranslatedValue, ...] = listed("Words of protocol.yaml.")
