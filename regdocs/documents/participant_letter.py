"""The view of a site's letter to participants: what is new, in the words that people wrote for them, and whom to ask.

Nobody signs it. It stands where participants of the site get it (`AtSite.papers`).
"""

from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.amended_words import at_site, told
from regdocs.documents.consent_people import Contacts, Place, contacts_of, place_of
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

KIND = "participant-letter"


@dataclass(frozen=True, slots=True)
class ParticipantLetterView:
    """All that the letter of one site prints."""

    study: Study
    place: Place
    contacts: Contacts
    told: Shown


def participant_letter_applies(_protocol: Protocol, facts: AmendmentFacts, site: Site | None) -> bool:
    """Tell whether participants of the site get a letter."""
    return site is not None and KIND in at_site(facts.sites, site).papers


def participant_letter_view(
    protocol: Protocol, facts: AmendmentFacts, reader: Reader, site: Site | None
) -> ParticipantLetterView:
    """Return the view of one site's letter.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the letter is made per site.
    """
    if site is None:
        raise RegdocsError("a letter to participants is made for one site")
    return ParticipantLetterView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        contacts=contacts_of(protocol, reader, site),
        told=told(reader, facts.told, "/participants/told", "what participants are told, in their words"),
    )
