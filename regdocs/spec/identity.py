"""Who and what the study is: titles, numbers, sponsor, sources, sites, contacts. M11 title page; USDM `Study`."""

from typing import Literal

from regdocs.spec.kinds import Country, Id, Language, PartialDate, SiteRef, Words, Zone
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required


class Source(Frozen):
    """Where facts of this file come from; a value names it by `source:`."""

    id: Id = required("Name of the source in this file.")
    title: Words = required("What it is, as a reader would look it up.")
    read_on: PartialDate | None = optional("The day on which it was read.")
    covers: Words | None = optional("Which facts were taken from it.")


class Titles(Frozen):
    """The study's titles."""

    official: Known[Words] = required("Full (official) title. M11 'Full Title'.")
    brief: Known[Words] = required("Brief public title, as registered.")
    lay: Known[Words] = required("Title in plain words, for the consent form.")
    short: Known[Words] = required("A few words for running titles. M11 'Short Title'.")
    acronym: Known[Words] | None = optional("Acronym, where the study has one.")


class RegistryNumber(Frozen):
    """A number given by a trial registry."""

    id: Id = required("Name of this number in this file.")
    registry: Words = required("The registry, such as ClinicalTrials.gov.")
    number: Known[Words] = required("The number.")


class SecondaryNumber(Frozen):
    """Another number of the study: a grant, another registry, a sponsor's programme."""

    id: Id = required("Name of this number in this file.")
    number: Known[Words] = required("The number.")
    type: Known[Words] = required("Its type, in the registry's words, such as 'Other Identifier'.")
    domain: Known[Words] | None = optional("Who issued it.")


class StudyIdentity(Frozen):
    """Titles and numbers. M11 title page."""

    titles: Titles = required("The study's titles.")
    protocol_number: Stated[Words] = required("The sponsor's protocol number. M11 'Sponsor Protocol Identifier'.")
    registry_numbers: tuple[RegistryNumber, ...] = listed("Numbers given by registries.")
    secondary_numbers: tuple[SecondaryNumber, ...] = listed("Other numbers of the study.")


OrganisationClass = Literal["industry", "nih", "federal", "network", "other"]


class Organisation(Frozen):
    """A sponsor, collaborator or funder."""

    id: Id = required("Name of the organisation in this file.")
    name: Stated[Words] = required("Its name.")
    role: Literal["sponsor", "co-sponsor", "collaborator", "funder"] = required("What it does for the study.")
    organisation_class: Known[OrganisationClass] | None = optional("Kind of funder, in the registry's classes.")
    address: Stated[Words] | None = optional("Legal address. M11 'Sponsor Name and Address'.")


ContactPurpose = Literal["research-questions", "injury-or-emergency", "participant-rights", "safety-reports"]


class Contact(Frozen):
    """Whom a participant reaches for one purpose, or a site for reports. Contacts are known or TODO, never assumed."""

    id: Id = required("Name of the contact in this file.")
    purpose: ContactPurpose = required(
        "What a participant would call about; safety-reports: whom a site tells of a serious event, at the sponsor."
    )
    name: Stated[Words] = required("Person or office.")
    telephone: Stated[Words] = required("Telephone number, with the hours at which it is answered.")
    email: Stated[Words] | None = optional("E-mail address.")
    site: SiteRef | None = optional("The site it serves; left out when it serves all.")


class Investigator(Frozen):
    """The investigator responsible at a site."""

    name: Stated[Words] = required("Name and degrees.")
    address: Stated[Words] | None = optional("Address at the site.")
    telephone: Stated[Words] | None = optional("Telephone number.")


class SiteWording(Frozen):
    """What one site says in place of the study's words, in a field that a site may set."""

    id: Id = required("Name of the wording in this file.")
    field: Literal[
        "/consent/ordinary_care",
        "/consent/costs",
        "/consent/payment",
        "/consent/payment_for_children",
        "/consent/injury/treatment",
        "/consent/injury/who_pays",
        "/consent/injury/compensation",
        "/consent/injury/insurance",
        "/consent/privacy/storage",
        "/consent/privacy/retention",
    ] = required("Protocol path of the field.")
    text: Stated[Words] = required("The site's words.")
    text_for_parents: Stated[Words] | None = optional("The same in words for a parent, for the permission form.")


class Site(Frozen):
    """A place where participants are seen."""

    id: Id = required("Name of the site in this file; it is also the folder of its documents.")
    name: Known[Words] = required("Name of the facility.")
    city: Known[Words] = required("City.")
    country: Country = required("ISO 3166 code of the country, such as VN.")
    time_zone: Stated[Zone] | None = optional("IANA time zone of the site, by whose clock its days are counted.")
    investigator: Investigator = required("The investigator at this site.")
    emergency_telephone: Stated[Words] = required("24-hour telephone number.")
    recruitment: Known[Words] | None = optional("Recruitment status at this site, in the registry's words.")
    languages: tuple[Language, ...] = listed("Languages in which this site needs the consent form, as BCP 47 tags.")
    short_form_languages: tuple[Language, ...] = listed(
        "Languages of the people who are asked with the short form at this site, as BCP 47 tags."
    )
    wording: tuple[SiteWording, ...] = listed("Words of this site in fields that a site may set.")
