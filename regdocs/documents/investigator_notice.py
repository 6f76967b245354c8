"""The view of the notice to a site's investigator: what to use from when, what to destroy, whom to tell.

The day from which new documents are used is said by a person, after the body decided; here it is never worked out.
"""

from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.amended_words import at_site, told_day_or_blank
from regdocs.documents.amendment_details import Details, details_of
from regdocs.documents.amendment_papers import Group, Papers, advice_of, holds_at, papers_of
from regdocs.documents.consent_people import Place, place_of
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.errors import RegdocsError
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class InvestigatorNoticeView:
    """All that the notice to one site prints."""

    study: Study
    place: Place
    details: Details
    use_from: Shown | None
    papers: Papers
    groups: tuple[Group, ...]


def investigator_notice_view(
    protocol: Protocol, facts: AmendmentFacts, reader: Reader, site: Site | None
) -> InvestigatorNoticeView:
    """Return the view of the notice to one site.

    Raises:
        RegdocsError: No site is given; this is a mistake of the program, since the notice is made per site.
    """
    if site is None:
        raise RegdocsError("a notice to investigators is made for one site")
    here = [one for one in facts.documents if one.site in (None, site.id)]
    return InvestigatorNoticeView(
        study=study_of(protocol, reader),
        place=place_of(site, reader),
        details=details_of(facts, reader),
        use_from=told_day_or_blank(reader, at_site(facts.sites, site).use_from, f"/sites/{site.id}/use_from"),
        papers=papers_of(here, protocol, reader),
        groups=advice_of(facts.advice, protocol, reader, lambda one: holds_at(one, protocol, site.id)),
    )
