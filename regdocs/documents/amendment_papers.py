"""What an amendment means for papers and people: documents as they stand now, bases of redlines, advice on re-consent.

Shared by the notice to investigators and the text to a body; each takes what belongs to its site or body.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regdocs.documents.amended import Advice, Base, Determination, Listed
from regdocs.documents.amended_words import AT, body_name, site_name, told, told_day
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it stands with the amendment; `replaces` is the version whose blanks are destroyed."""

    id: Name
    document: Shown
    site: Shown | None
    version: Shown
    date: Shown
    replaces: Shown | None
    files: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents that the amendment issues anew, those that stay, those that replace one, and those that go."""

    new: tuple[Paper, ...]
    unchanged: tuple[Paper, ...]
    replacing: tuple[Paper, ...]
    gone: tuple[Paper, ...]


@dataclass(frozen=True, slots=True)
class BaseShown:
    """What a redline compares with, and the decision that makes it the base, or why a person chose another one."""

    id: Name
    document: Shown
    site: Shown | None
    version: Shown
    reference: Shown | None
    on: Shown | None
    reason: Shown | None


@dataclass(frozen=True, slots=True)
class Determined:
    """What a body determined for one group."""

    id: Name
    body: Shown
    what: Shown
    reference: Shown
    on: Shown


@dataclass(frozen=True, slots=True)
class Group:
    """A group of participants: what is proposed for it, and what bodies determined."""

    id: Name
    label: Shown
    proposal: Shown
    due: Shown
    source: Shown | None
    determined: tuple[Determined, ...]


def papers_of(listed: Iterable[Listed], protocol: Protocol, reader: Reader) -> Papers:
    """Return documents as they stand, in the order handed in."""
    reader.note(f"{AT}/documents")
    papers = [(one, _paper(one, protocol, reader)) for one in listed]
    new = tuple(paper for one, paper in papers if one.new)
    return Papers(
        new=new,
        unchanged=tuple(paper for one, paper in papers if not one.new and not one.gone),
        replacing=tuple(paper for paper in new if paper.replaces is not None),
        gone=tuple(paper for one, paper in papers if one.gone),
    )


def bases_of(bases: Iterable[Base], protocol: Protocol, reader: Reader) -> tuple[BaseShown, ...]:
    """Return the base of each redline."""
    reader.note(f"{AT}/bases")
    return tuple(_base(number, base, protocol, reader) for number, base in enumerate(bases, start=1))


def advice_of(
    advice: Iterable[Advice], protocol: Protocol, reader: Reader, counts: Callable[[Determination], bool]
) -> tuple[Group, ...]:
    """Return the advice for each group, with what was determined for it as far as that `counts` for the reader."""
    reader.note(f"{AT}/reconsent")
    return tuple(_group(one, protocol, reader, counts) for one in advice)


def holds_at(determination: Determination, protocol: Protocol, site: str) -> bool:
    """Tell whether a determination holds at a site: one of those it names, else of those its body decides for."""
    of_body = next((one.sites for one in protocol.oversight if one.id == determination.body), ())
    return site in (determination.sites or of_body)


def _paper(listed: Listed, protocol: Protocol, reader: Reader) -> Paper:
    path = f"/documents/{listed.id}"
    return Paper(
        id=Name(listed.id),
        document=reader.fact(listed.document, f"{AT}{path}"),
        site=None if listed.site is None else site_name(protocol, reader, listed.site),
        version=told(reader, listed.version, f"{path}/version", "its version"),
        date=told_day(reader, listed.date, f"{path}/date", "its date"),
        replaces=None if listed.replaces is None else reader.fact(listed.replaces, f"{AT}{path}/replaces"),
        files=tuple(reader.fact(one, f"{AT}{path}/files") for one in listed.files),
    )


def _base(number: int, base: Base, protocol: Protocol, reader: Reader) -> BaseShown:
    path, chosen = f"/bases/{number}", base.reason is not None  # then there need be no decision
    reference = told(reader, base.reference, f"{path}/reference", "reference of the decision")
    on = told_day(reader, base.on, f"{path}/on", "day of the decision")
    return BaseShown(
        id=Name(str(number)),
        document=reader.fact(base.document, f"{AT}{path}"),
        site=None if base.site is None else site_name(protocol, reader, base.site),
        version=reader.fact(base.version, f"{AT}{path}/version"),
        reference=None if chosen and base.reference is None else reference,
        on=None if chosen and base.on is None else on,
        reason=None if base.reason is None else told(reader, base.reason, f"{path}/reason", "why this base"),
    )


def _group(advice: Advice, protocol: Protocol, reader: Reader, counts: Callable[[Determination], bool]) -> Group:
    path, determined = f"/reconsent/{advice.group}", filter(counts, advice.determined)
    return Group(
        id=Name(advice.group),
        label=reader.fact(advice.label, f"{AT}{path}"),
        proposal=told(reader, advice.proposal, f"{path}/proposal", "what is proposed for this group"),
        due=told(reader, advice.due, f"{path}/due", "until when"),
        source=None if advice.source is None else reader.fact(advice.source, f"{AT}{path}/source"),
        determined=tuple(
            _determined(number, one, path, protocol, reader) for number, one in enumerate(determined, start=1)
        ),
    )


def _determined(number: int, one: Determination, path: str, protocol: Protocol, reader: Reader) -> Determined:
    at = f"{path}/determined/{number}"
    return Determined(
        id=Name(str(number)),
        body=body_name(protocol, reader, one.body),
        what=told(reader, one.what, at, "what the body determined"),
        reference=told(reader, one.reference, f"{at}/reference", "reference of the decision"),
        on=told_day(reader, one.on, f"{at}/on", "day of the decision"),
    )
