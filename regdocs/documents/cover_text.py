"""The view of the text that goes to a body with the documents of an amendment: its words for a cover letter.

It names the base of each redline and the decision behind it. Classes are proposals; the body decides. What is known
only when it is sent, such as who sends it and when, is a line to write on until it is said.
"""

from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts, Classed
from regdocs.documents.amended_words import AT, body_name, told, told_day_or_blank, told_or_blank
from regdocs.documents.amendment_details import Details, details_of
from regdocs.documents.amendment_papers import BaseShown, Group, Papers, advice_of, bases_of, papers_of
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.oversight import OversightBody
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class Proposed:
    """The classes that the changes have under one regime."""

    id: Name
    regime: Shown
    names: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class CoverTextView:
    """All that the text to one body prints."""

    study: Study
    body: Shown
    approval: Shown
    sites: tuple[Shown, ...]
    reference: Shown | None
    date: Shown | None
    sender: Shown | None
    details: Details
    papers: Papers
    bases: tuple[BaseShown, ...]
    classes: tuple[Proposed, ...]
    groups: tuple[Group, ...]


def cover_text_view(protocol: Protocol, facts: AmendmentFacts, reader: Reader, _site: Site | None) -> CoverTextView:
    """Return the view of the text to the body that `facts.cover` names; to nobody yet, it tells of all sites."""
    cover = facts.cover
    body = next((one for one in protocol.oversight if one.id == cover.body), None)
    sites = tuple(one.id for one in protocol.sites) if body is None else body.sites
    known = {one.id for one in protocol.sites}  # a site that is gone belongs to no body any more, so all are told
    here = [one for one in facts.documents if one.site is None or one.site in sites or one.site not in known]
    return CoverTextView(
        study=study_of(protocol, reader),
        body=_addressee(protocol, reader, cover.body),
        approval=_approval(reader, body),
        sites=_sites(protocol, reader, sites),
        reference=told_or_blank(reader, cover.reference, "/cover/reference"),
        date=told_day_or_blank(reader, cover.date, "/cover/date"),
        sender=told_or_blank(reader, cover.sender, "/cover/sender"),
        details=details_of(facts, reader),
        papers=papers_of(here, protocol, reader),
        bases=bases_of([one for one in facts.bases if cover.body in (None, one.body)], protocol, reader),
        classes=_classes(facts, reader),
        groups=advice_of(facts.advice, protocol, reader, lambda one: cover.body in (None, one.body)),
    )


def _addressee(protocol: Protocol, reader: Reader, body: str | None) -> Shown:
    if body is None:
        return told(reader, None, "/cover/body", "the body to which this goes")
    return body_name(protocol, reader, body)


def _approval(reader: Reader, body: OversightBody | None) -> Shown:
    if body is None:
        return reader.lacking("the body’s approval of the study", "/oversight")
    return reader.show(body.approval)


def _sites(protocol: Protocol, reader: Reader, sites: tuple[str, ...]) -> tuple[Shown, ...]:
    return tuple(reader.show(one.name) for one in protocol.sites if one.id in sites)


def _classes(facts: AmendmentFacts, reader: Reader) -> tuple[Proposed, ...]:
    """Return every class that stands in the summary of changes, regime by regime, each once."""
    reader.note(f"{AT}/changes")
    held: dict[str, dict[str | None, Classed]] = {}
    for row in facts.rows:
        for classed in row.classes:
            held.setdefault(classed.regime, {}).setdefault(classed.name, classed)
    return tuple(_proposed(number, names, reader) for number, names in enumerate(held.values(), start=1))


def _proposed(number: int, names: dict[str | None, Classed], reader: Reader) -> Proposed:
    regime = next(iter(names.values())).regime
    return Proposed(
        id=Name(str(number)),
        regime=reader.fact(regime, f"{AT}/classes"),
        names=tuple(told(reader, name, "/classes", f"class under {regime}") for name in names),
    )
