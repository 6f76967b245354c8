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
    same: Flag = Field(default=False, description="Whether it reads the same in both languages; somebody decided it.")


class TranslatedValue(Frozen):
    """Words of protocol.yaml, in the other language."""

    source: Words = required("The words as protocol.yaml gives them.")
    text: Words | None = optional("The words in the other language.")
    same: Flag = Field(default=False, description="Whether they stay as they are: a name, a number, a symbol.")


class Review(Frozen):
    """Who read the translation beside its source. What is not known yet is TODO."""

    reviewer: Stated[Words] = required("Who read it.")
    role: Stated[Words] = required("As what: investigator, second translator, reader of the community.")
    date: Stated[PartialDate] = required("When.")
    of: Stated[Words] = required("Digest of the words that were read, as `regdocs translate LANGUAGE` prints it.")


class Certificate(Frozen):
    """Who certified the translation. What is not known yet is TODO; the certificate counts when all of it is known."""

    by: Stated[Words] = required("The translator or agency that certified it.")
    reference: Stated[Words] = required("Number or name of the certificate.")
    date: Stated[PartialDate] = required("Its date.")
    version: Stated[Words] = required("The version of the source that was translated, as the certificate names it.")
    of: Stated[Words] = required("Digest of the words that are certified, as `regdocs translate LANGUAGE` prints it.")


class Translation(Frozen):
    """Words of one kind of document in another language."""

    translation: Literal[1] = required("Version of this format; the first key of the file.")
    language: Language = required("The language, as BCP 47 tag.")
    kind: Words = required("The kind of document, such as consent.")
    translator: Stated[Words] = required("Who translated it.")
    date: Stated[PartialDate] = required("When.")
    certified: Flag = required("Whether somebody certified it; every page of one that is not says so.")
    review: Review | None = optional("Who read it beside its source.")
    certificate: Certificate | None = optional("Who certified it, when, and which words.")
    blocks: tuple[TranslatedBlock, ...] = listed("Words of the templates.")
    values: tuple[TranslatedValue, ...] = listed("Words of protocol.yaml.")
