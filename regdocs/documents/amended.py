"""What is told of an amendment, as plain values that the caller hands in; the documents of an amendment print them.

Knows neither the log nor how two protocols are compared: who joins those with the documents fills this in. A `Text` may
be missing (None) or `TODO: what is missing`; then it is printed as an open item and keeps the document a draft. Days
are ISO dates. Sites and bodies are ids of the protocol.
"""

from dataclasses import dataclass

Text = str | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Where the amendment holds: "global", "country", "region" or "site", and which, in words; nothing for global."""

    level: Text
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why the protocol is amended, in M11's words; `other` says what "Other" is."""

    primary: Text
    secondary: tuple[str, ...] = ()
    other: Text = None


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How many were enrolled when the sponsor approved: "14" or "20 %"; `scope` is "globally" or "locally"."""

    number: Text
    scope: Text
    at: Text


@dataclass(frozen=True, slots=True)
class Impact:
    """The answer to one of M11's two questions; None while it is not answered."""

    substantial: bool | None
    explanation: Text = None


@dataclass(frozen=True, slots=True)
class Section:
    """A section as it is printed: its number, where it has one, and its name."""

    number: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A document that shows a change ("Consent form, north"), and pages of its new version's PDF, ascending.

    There are none where the document has no PDF, or the change took something out.
    """

    document: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """One changed place: its label ("Exclusion criterion E07: text"), element path, and words before and after.

    `old` is None for what was added, `new` for what was removed. The path is one of the data form, or "kind#block" for
    words that a template, a translation or this program changed.
    """

    label: str
    path: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class Classed:
    """The class of a change under one regime.

    Attributes:
        regime: As it is printed: "eu-ctr".
        name: The proposed class, or what a person put in its place.
        reason: Why this class.
        source: Where the regime says so; None where nothing says it.
        before_decision: Whether it may be used before the body decides.
    """

    regime: str
    name: Text
    reason: Text
    source: str | None = None
    before_decision: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One declared change: what changed, why, where it stands, its words before and after, and what follows from it.

    Attributes:
        id: Its id in the declaration; a letter, then letters, digits, ".", "_" or "-".
        affects_consent: Whether consent is affected; None while nobody has said.
        why_not: Why consent is not affected.
    """

    id: str
    description: Text
    rationale: Text
    sections: tuple[Section, ...]
    documents: tuple[Printed, ...]
    wordings: tuple[Wording, ...]
    classes: tuple[Classed, ...]
    affects_consent: bool | None
    why_not: Text = None


@dataclass(frozen=True, slots=True)
class Determination:
    """What a body determined for a group of participants at some sites; no sites means all sites of the body."""

    body: str
    sites: tuple[str, ...]
    what: str
    reference: Text
    on: Text


@dataclass(frozen=True, slots=True)
class Advice:
    """What is proposed for one group of participants: what ("addendum signed"), until when, and where it comes from.

    Attributes:
        group: Its id in the declaration: "on-product".
        label: The group in words.
        proposal: What is proposed, in words; a body determines.
    """

    group: str
    label: str
    proposal: Text
    due: Text
    source: str | None
    determined: tuple[Determination, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """An amendment before this one."""

    number: int
    version: str
    date: Text
    reason: Text
    summary: Text


@dataclass(frozen=True, slots=True)
class Base:
    """What a redline compares with: a version of a document, and the decision that makes it the base.

    Attributes:
        site: The site of the document; None where the document has none.
        document: The document in words: "Consent form, English".
        reference: Reference of the decision that approved the base.
        on: Day of that decision.
        reason: Why this base, where it is not what was last approved.
    """

    body: str
    site: str | None
    document: str
    version: str
    reference: Text
    on: Text
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as it stands with this amendment.

    Attributes:
        id: Name of the document, unique in the list; formed as `Row.id`.
        document: The document in words: "Consent form, English".
        site: The site it belongs to; None for all.
        new: Whether this amendment issues it anew; else it keeps version and date.
        replaces: The version whose blank copies are destroyed; None where there was none before.
        files: What is enclosed of it: "clean DOCX", "tracked DOCX".
        gone: Whether it is no longer a document of the study; version and date are those it had.
    """

    id: str
    document: str
    site: str | None
    version: Text
    date: Text
    new: bool
    replaces: str | None = None
    files: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class AtSite:
    """What holds at one site.

    Attributes:
        form_version: Version of the consent form that the addendum adds to: the one that participants signed.
        form_date: Its date.
        use_from: From when the new documents are used; a person says so, after the decision.
        papers: Kinds that its participants get ("consent-addendum"), as was proposed or as a body determined.
    """

    site: str
    form_version: Text
    form_date: Text
    use_from: Text = None
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover text needs beside the amendment; `body` is whom it is written to."""

    body: str | None = None
    reference: Text = None
    date: Text = None
    sender: Text = None


@dataclass(frozen=True, slots=True)
class AmendmentFacts:
    """All that the documents of one amendment print of it.

    Attributes:
        version: The protocol's version with this amendment.
        told: What participants are told, in the words that people wrote for them.
        follows: The urgent safety measure that this amendment follows, in words; None where there is none.
    """

    number: int
    version: Text
    date: Text
    scope: Scope
    reasons: Reasons
    summary: Text
    enrolment: Enrolment
    safety_or_rights: Impact
    data_reliability: Impact
    rows: tuple[Row, ...]
    advice: tuple[Advice, ...] = ()
    told: Text = None
    history: tuple[Earlier, ...] = ()
    bases: tuple[Base, ...] = ()
    documents: tuple[Listed, ...] = ()
    sites: tuple[AtSite, ...] = ()
    cover: Cover = Cover()
    follows: str | None = None
