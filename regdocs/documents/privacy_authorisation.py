"""The view of the permission to use health information, apart from consent. 45 CFR 164.508(c).

Knows when it applies: at sites in the United States, and where a permission is recorded and no site is there; never
where a recorded answer begins with "No", to the question `privacy-authorisation` for every site, or
`privacy-authorisation:SITE` for one. The sentences stand in `templates/privacy-authorisation/`.
"""

import re
from dataclasses import dataclass

from regdocs.documents.consent_conduct import Kept, Part, kept_if_you_agree, parts_of
from regdocs.documents.consent_people import Place, place_of
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.signature_lines import Signatory
from regdocs.documents.signatures import signatory_of
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.consent import Authorisation
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

QUESTION = "privacy-authorisation"
_COUNTRY = "US"
_NO = re.compile(r"\s*no\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Elements:
    """The recorded core elements of 45 CFR 164.508(c)(1)."""

    information: Shown
    discloses: Shown
    receives: Shown
    purpose: Shown
    expires: Shown


@dataclass(frozen=True, slots=True)
class PrivacyAuthorisationView:
    """All that the permission of one site prints.

    Attributes:
        us_site: Whether the site is in the United States, so that its law is named.
        parts: Sub-studies, and `kept`: material for later research, each only where the participant agrees to it
            (45 CFR 164.508(b)(3)(i) asks that they are told apart).
    """

    study: Study
    place: Place
    elements: Elements
    us_site: bool
    parts: tuple[Part, ...]
    kept: tuple[Kept, ...]
    participant: Signatory
    representative: Signatory


def privacy_authorisation_applies(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether this site has the permission: a site in the US; any site where it is recorded and none is there.

    A board may have waived it (45 CFR 164.512(i)): a recorded answer that begins with "No" leaves it out.
    """
    if _left_out(protocol, site):
        return False
    if site is not None and site.country == _COUNTRY:
        return True
    elsewhere = any(one.country == _COUNTRY for one in protocol.sites)
    return protocol.consent.authorisation is not None and not elsewhere


def _left_out(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether the recorded answer is no; one for the site alone counts before the one for every site."""
    answers = {answer.question: answer for answer in protocol.answers}
    answer = (answers.get(f"{QUESTION}:{site.id}") if site else None) or answers.get(QUESTION)
    return answer is not None and _NO.match(answer.answer.value or "") is not None


def privacy_authorisation_view(protocol: Protocol, reader: Reader, site: Site | None) -> PrivacyAuthorisationView:
    """Return the view of one site's permission.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the form is made per site.
    """
    if site is None:
        raise RegdocsError("a permission to use health information is made for one site")
    recorded = protocol.consent.authorisation
    return PrivacyAuthorisationView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        elements=_lacking(reader) if recorded is None else _elements(recorded, reader),
        us_site=site.country == _COUNTRY,
        parts=parts_of(protocol, reader),
        kept=kept_if_you_agree(protocol, reader),
        participant=signatory_of("privacy-authorisation", "participant", protocol, reader, site),
        representative=signatory_of("privacy-authorisation", "representative", protocol, reader, site),
    )


def _elements(recorded: Authorisation, reader: Reader) -> Elements:
    return Elements(
        information=reader.show(recorded.information),
        discloses=reader.show(recorded.discloses),
        receives=reader.show(recorded.receives),
        purpose=reader.show(recorded.purpose),
        expires=reader.show(recorded.expires),
    )


def _lacking(reader: Reader) -> Elements:
    def lacking(what: str) -> Shown:
        return reader.lacking(what, "/consent/authorisation")

    return Elements(
        information=lacking("which health information is used or given on"),
        discloses=lacking("who may give health information on"),
        receives=lacking("who may receive health information"),
        purpose=lacking("what health information is used for"),
        expires=lacking("when the permission to use health information ends"),
    )
