"""The views of the short form and of its written summary: consent given by word of mouth before a witness.

45 CFR 46.117(b)(2), 21 CFR 50.27(b)(2). Both apply only where a recorded answer begins with "Yes": in `answers`, to the
question `short-form` for every site, or `short-form:SITE` for one. What is said of the study comes from the consent
form's view; the sentences stand in the templates.
"""

import re
from dataclasses import dataclass

from regdocs.documents.consent import ConsentView, consent_view
from regdocs.documents.consent_people import Contacts, Place, contacts_of, place_of
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.signature_lines import Signatory
from regdocs.documents.signatures import signatory_of
from regdocs.documents.study import Study, study_of
from regdocs.documents.waived_consent import consent_waivers
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol
from regdocs.spec.regulation import Answer

QUESTION = "short-form"
_YES = re.compile(r"\s*yes\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShortFormView:
    """All that the short form of one site prints."""

    study: Study
    place: Place
    contacts: Contacts
    participant: Signatory
    representative: Signatory
    witness: Signatory


@dataclass(frozen=True, slots=True)
class ShortFormSummaryView:
    """All that the written summary prints: what is said, why this way is allowed, and who signs the summary."""

    about: ConsentView
    reason: Shown
    answered_by: Shown
    witness: Signatory
    discussion: Signatory


def short_form_applies(protocol: Protocol, site: Site | None) -> bool:
    """Tell whether the short form may be used at this site: the recorded answer begins with "Yes"; an open one is no.

    An answer for the site alone counts before the one for every site. Where a body waived consent itself
    (45 CFR 46.116(f)) there is nothing that a short form could document (46.117), so there is none.
    """
    answer = _answer(protocol, site)
    if consent_waivers(protocol, site):
        return False
    return answer is not None and _YES.match(answer.answer.value or "") is not None


def short_form_view(protocol: Protocol, reader: Reader, site: Site | None) -> ShortFormView:
    """Return the view of one site's short form.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the form is made per site.
    """
    here = _site(site)

    def of(who: str) -> Signatory:
        return signatory_of("short-form", who, protocol, reader, here)

    return ShortFormView(
        study=study_of(protocol, reader),
        place=place_of(here, reader),
        contacts=contacts_of(protocol, reader, here),
        participant=of("participant"),
        representative=of("representative"),
        witness=of("witness"),
    )


def short_form_summary_view(protocol: Protocol, reader: Reader, site: Site | None) -> ShortFormSummaryView:
    """Return the view of one site's summary; raises as `short_form_view`."""
    here, answer = _site(site), _answer(protocol, site)
    lacking = reader.lacking("the recorded answer that allows the short form", "/answers")
    return ShortFormSummaryView(
        about=consent_view(protocol, reader, here),
        reason=lacking if answer is None else reader.show(answer.reason),
        answered_by=lacking if answer is None else reader.show(answer.by),
        witness=signatory_of("short-form-summary", "witness", protocol, reader, here),
        discussion=signatory_of("short-form-summary", "discussion", protocol, reader, here),
    )


def _answer(protocol: Protocol, site: Site | None) -> Answer | None:
    answers = {answer.question: answer for answer in protocol.answers}
    of_site = answers.get(f"{QUESTION}:{site.id}") if site else None
    return of_site or answers.get(QUESTION)


def _site(site: Site | None) -> Site:
    if site is None:
        raise RegdocsError("a short form is made for one site")
    return site
