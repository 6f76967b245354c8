"""The view of a site's addendum to the consent form: what is new, in the words that people wrote for participants.

Who signs is the table of signature rules. It stands where participants of the site get it (`AtSite.papers`) and no body
waived consent itself; what is new is never taken from the changes, only from words written for participants.
"""

from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.amended_words import at_site, told, told_day
from regdocs.documents.consent_decisions import decisions_of
from regdocs.documents.consent_people import Contacts, Place, Signatories, contacts_of, place_of, signatories_of
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.documents.waived_consent import consent_waivers
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

KIND = "consent-addendum"


@dataclass(frozen=True, slots=True)
class ConsentAddendumView:
    """All that the addendum of one site prints.

    Attributes:
        form_version: Version of the consent form that it adds to.
        form_date: Its date.
        told: What is new.
        majority: Age from which a person decides alone; None where nobody younger takes part.
    """

    study: Study
    place: Place
    contacts: Contacts
    form_version: Shown
    form_date: Shown
    told: Shown
    majority: Shown | None
    signatories: Signatories


def consent_addendum_applies(protocol: Protocol, facts: AmendmentFacts, site: Site | None) -> bool:
    """Tell whether participants of the site are asked to sign an addendum."""
    return site is not None and KIND in at_site(facts.sites, site).papers and not consent_waivers(protocol, site)


def consent_addendum_view(
    protocol: Protocol, facts: AmendmentFacts, reader: Reader, site: Site | None
) -> ConsentAddendumView:
    """Return the view of one site's addendum.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the addendum is made per site.
    """
    if site is None:
        raise RegdocsError("an addendum to the consent form is made for one site")
    here, path = at_site(facts.sites, site), f"/sites/{site.id}"
    return ConsentAddendumView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        contacts=contacts_of(protocol, reader, site),
        form_version=told(reader, here.form_version, f"{path}/form_version", "version of the consent form"),
        form_date=told_day(reader, here.form_date, f"{path}/form_date", "date of the consent form"),
        told=told(reader, facts.told, "/participants/told", "what participants are told, in their words"),
        majority=decisions_of(protocol, reader, site).majority,
        signatories=signatories_of(protocol, reader, site, KIND),
    )
