"""What every document says about the study: titles, numbers, sponsor, and the marks of a demonstration.

Gives `Shown` values; how and where they stand is the template's (`templates/shared/furniture.xml`).
"""

import re
from dataclasses import dataclass

from regdocs.documents.phrases import phrases
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.spec.identity import Organisation
from regdocs.spec.protocol import Protocol

# The registry of Regulation (EU) 536/2014, as people write its name.
_EUROPEAN = re.compile(r"\b(?:CTIS|EU[ -]?CT|EU Clinical Trials)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the study and who gave it."""

    id: Name
    issuer: Shown
    number: Shown
    european: bool = False


@dataclass(frozen=True, slots=True)
class Study:
    """Titles, numbers and organisations, ready to print."""

    official_title: Shown
    brief_title: Shown
    lay_title: Shown
    short_title: Shown
    acronym: Shown | None
    protocol_number: Shown
    registry_numbers: tuple[Number, ...]
    secondary_numbers: tuple[Number, ...]
    sponsors: tuple[Shown, ...]
    collaborators: tuple[Shown, ...]
    funders: tuple[Shown, ...]
    demonstration: Shown | None


def study_of(protocol: Protocol, reader: Reader) -> Study:
    """Return what every document says about the study."""
    titles, identity = protocol.identity.titles, protocol.identity
    reader.note("/organisations", "/identity/registry_numbers", "/identity/secondary_numbers")
    return Study(
        official_title=reader.show(titles.official),
        brief_title=reader.show(titles.brief),
        lay_title=reader.show(titles.lay),
        short_title=reader.show(titles.short),
        acronym=reader.maybe(titles.acronym),
        protocol_number=reader.show(identity.protocol_number),
        registry_numbers=_registry_numbers(protocol, reader),
        secondary_numbers=_secondary_numbers(protocol, reader),
        sponsors=_named(protocol, reader, "sponsor", "co-sponsor"),
        collaborators=_named(protocol, reader, "collaborator"),
        funders=_named(protocol, reader, "funder"),
        demonstration=_demonstration(protocol, reader),
    )


def _registry_numbers(protocol: Protocol, reader: Reader) -> tuple[Number, ...]:
    return tuple(
        Number(
            Name(number.id),
            reader.fact(number.registry, f"/identity/registry_numbers/{number.id}/registry"),
            reader.show(number.number),
            european=bool(_EUROPEAN.search(number.registry)),
        )
        for number in protocol.identity.registry_numbers
    )


def _secondary_numbers(protocol: Protocol, reader: Reader) -> tuple[Number, ...]:
    return tuple(
        Number(Name(number.id), reader.show(number.type), reader.show(number.number))
        for number in protocol.identity.secondary_numbers
    )


def _named(protocol: Protocol, reader: Reader, *roles: str) -> tuple[Shown, ...]:
    def of_role(organisation: Organisation) -> bool:
        return organisation.role in roles

    return tuple(reader.show(organisation.name) for organisation in filter(of_role, protocol.organisations))


def _demonstration(protocol: Protocol, reader: Reader) -> Shown | None:
    if not protocol.demonstration:
        return None
    return reader.fact(phrases(protocol.language).demonstration, "/demonstration")
