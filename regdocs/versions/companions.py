"""The documents that go with an amendment: summary of changes, notices, letters, addenda and texts to bodies.

Composed from the protocol and from what is told of the amendment, and issued beside the documents of the study. Unlike
those they belong to one amendment: the next one has its own.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from regdocs.content.query import values
from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.amendment_kind import AmendmentKind
from regdocs.documents.amendment_kinds import AMENDMENT_KINDS
from regdocs.documents.compose import Composed, compose_amendment
from regdocs.documents.template import Template
from regdocs.spec.protocol import Protocol

TO_A_BODY = "cover-text"


@dataclass(frozen=True, slots=True)
class Companion:
    """One document of an amendment.

    Attributes:
        kind: Its kind.
        part: Id of the site it is for, or of the body it is written to; None where there is one for all.
        language: BCP 47 tag.
        composed: Its tree.
    """

    kind: AmendmentKind
    part: str | None
    language: str
    composed: Composed

    @property
    def stem(self) -> str:
        """Its path without ending ("consent-addendum/north/en")."""
        return "/".join(one for one in (self.kind.name, self.part, self.language) if one is not None)

    @property
    def is_open(self) -> bool:
        """Whether something in it is still to be completed."""
        return any(value.state != "known" for value in values(self.composed.document))


def companions_of(
    protocol: Protocol, facts: AmendmentFacts, bodies: tuple[str, ...], templates: Mapping[str, Template]
) -> tuple[Companion, ...]:
    """Return the documents of an amendment, in the order of their kinds.

    Args:
        protocol: The protocol with the amendment.
        facts: What is told of it.
        bodies: Ids of the bodies that are written to where something is issued anew for their sites.
        templates: Each template by name.

    Raises:
        TemplateProblem: A template cannot be used.
    """
    return tuple(one for kind in AMENDMENT_KINDS for one in _of_kind(kind, protocol, facts, bodies, templates))


def _of_kind(
    kind: AmendmentKind,
    protocol: Protocol,
    facts: AmendmentFacts,
    bodies: tuple[str, ...],
    templates: Mapping[str, Template],
) -> Iterator[Companion]:
    language = protocol.language
    if kind.name == TO_A_BODY:
        for body in (one for one in bodies if _concerns(facts, _sites_of(protocol, one))):
            told = replace(facts, cover=replace(facts.cover, body=body))
            yield Companion(kind, body, language, compose_amendment(kind, protocol, told, None, language, templates))
        return
    for site in protocol.sites if kind.per_site else (None,):
        if kind.applies(protocol, facts, site) and (site is None or _concerns(facts, (site.id,))):
            composed = compose_amendment(kind, protocol, facts, site, language, templates)
            yield Companion(kind, site.id if site else None, language, composed)


def _concerns(facts: AmendmentFacts, sites: tuple[str, ...]) -> bool:
    """Tell whether the amendment issues anything anew for one of these sites, or takes it away."""
    return any((one.new or one.gone) and (one.site is None or one.site in sites) for one in facts.documents)


def _sites_of(protocol: Protocol, body: str) -> tuple[str, ...]:
    return next((one.sites for one in protocol.oversight if one.id == body), ())
