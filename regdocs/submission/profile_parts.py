"""The parts of a profile: names, formats, what is delivered, footer, stamp, layout, limits, the cover letter.

Knows what may stand in them; whether they make sense is looked at in `profile_checks`.
"""

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, Strict

from regdocs.amendment.given import Date
from regdocs.documents.amendment_kinds import AMENDMENT_KINDS
from regdocs.documents.kinds import KINDS
from regdocs.spec.kinds import Count, Id, Several, Words
from regdocs.spec.known import Frozen, listed, optional, required
from regdocs.versions.external_files import TITLES

State: TypeAlias = Literal["clean", "tracked", "stamped"]
Delivered: TypeAlias = Literal["clean", "tracked", "both"]
FileFormat: TypeAlias = Literal["pdf", "docx", "html", "txt", "xlsx"]
Whole: TypeAlias = Annotated[int, Strict()]

OF_A_PACKAGE = ("protocol", "cover-letter", "contents-list", "deviation-list")
"""Documents that a package has and no build makes."""

_MADE = (*(kind.name for kind in KINDS), *(kind.name for kind in AMENDMENT_KINDS))
DOCUMENTS = tuple(dict.fromkeys((*_MADE, *TITLES, "other", *OF_A_PACKAGE)))
"""Every kind of document that a profile may say something about."""

STAMPED = (
    "consent",
    "assent",
    "parental-permission",
    "short-form",
    "short-form-summary",
    "consent-addendum",
    "privacy-authorisation",
)
"""What boards stamp that say nothing else: the consent form and its companions."""


class Source(Frozen):
    """Where a profile has its rules from."""

    title: Words = required("What the page or document is called.")
    address: Words = required("Its address, or 'none found'.")
    read: Date = required("The day on which it was read, or looked for.")
    what: Words = required("What it says, in our words.")
    checked: Literal["read", "unverified"] = required("Whether the page itself was read.")


class States(Frozen):
    """The word in a name for each state of a document; one that is left out has none."""

    clean: Words | None = optional("Without marks of changes, as Clean.")
    tracked: Words | None = optional("With marks of changes, as Tracked.")
    stamped: Words | None = optional("As it came back from the board, as Stamped.")


class Names(Frozen):
    """How files are called."""

    pattern: Words = required("The pattern of a name, without its ending.")
    patterns: Mapping[Id, Words] = Field(default={}, description="Patterns of single kinds of document.")
    case: Literal["as-is", "lower", "upper"] = Field(default="as-is", description="Capital or small letters.")
    space: Literal["keep", "_", "-"] = Field(default="keep", description="What stands for a space inside a field.")
    max_length: Whole = Field(default=100, description="Most characters of a name, its ending included.")
    allowed: Literal["windows", "ascii", "ectd"] = Field(
        default="windows",
        description="Letters that may stand: all that Windows takes; ASCII only; or a-z, 0-9 and - only.",
    )
    states: States = Field(
        default=States(clean="Clean", tracked="Tracked", stamped="Stamped"), description="Words of the states."
    )
    documents: Mapping[Id, Words] = Field(default={}, description="Names of kinds of document, as consent: ICF.")


class StateFormats(Frozen):
    """The formats of one kind of document; a state that is left out has those of every document."""

    clean: tuple[FileFormat, ...] = listed("Formats of the clean one.")
    tracked: tuple[FileFormat, ...] = listed("Formats of the one with marks.")


class Formats(Frozen):
    """In which formats documents are delivered."""

    default: Several[FileFormat] = Field(default=("pdf", "docx"), description="Formats of every document.")
    documents: Mapping[Id, StateFormats] = Field(default={}, description="Formats of single kinds of document.")


class Deliver(Frozen):
    """Whether a package has clean documents, tracked ones, or both."""

    initial: Delivered = Field(default="clean", description="In a first submission.")
    amendment: Delivered = Field(default="both", description="In an amendment.")
    response: Delivered = Field(default="both", description="In an answer to stipulations.")
    continuing: Delivered = Field(default="clean", description="In a continuing review.")
    closure: Delivered = Field(default="clean", description="In a closure.")
    reportable: Delivered = Field(default="clean", description="In a report of an event.")


class Footer(Frozen):
    """To whom the footer of a page belongs."""

    whose: Literal["sponsor", "board", "unknown"] = required("Who writes in the footer.")
    note: Words | None = optional("What to know about it.")


class Stamp(Frozen):
    """Where the board stamps; that area stays blank on every page of what it stamps, PDF and Word file."""

    area: Literal["upper-right", "header", "bottom", "none", "unknown"] = required("The part of the page.")
    height_mm: Count | None = optional("Its height in millimetres; 25 if it is not told.")
    documents: tuple[Id, ...] = Field(
        default=STAMPED, description="Kinds of document that it stamps, and in whose footer a board writes."
    )
    when: Literal["each-approval", "modification", "never", "unknown"] = required("When the board stamps anew.")
    note: Words | None = optional("What to know about it.")


class Section(Frozen):
    """A folder of the package."""

    id: Id = required("Its name in this file.")
    folder: Words = required("The folder's name.")
    title: Words = required("What it is called in the list of contents.")


class Layout(Frozen):
    """The folders of a package, in their order, and what lies where."""

    sections: Several[Section] = required("The folders.")
    documents: Mapping[Id, Id] = Field(default={}, description="Kind of document to the id of a section.")
    default: Id = required("The section of every other document.")


class Limits(Frozen):
    """What the board's system takes; what is left out is not known, or has no limit."""

    file_bytes: Whole | None = optional("Most bytes of one file.")
    package_bytes: Whole | None = optional("Most bytes of all files together.")
    files: Whole | None = optional("Most files.")


class CoverLetter(Frozen):
    """What the cover letter has to carry."""

    phrases: tuple[Words, ...] = listed("Sentences, word for word.")
