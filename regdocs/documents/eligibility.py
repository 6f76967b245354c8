"""The view of the eligibility checklist: what its head, its two tables and its outcome print.

Knows which protocol values stand in the checklist. Does not know the criteria's rows (`eligibility_criteria.py`), nor
any sentence: those stand in `templates/eligibility/`.
"""

from dataclasses import dataclass

from regdocs.documents.eligibility_criteria import CriteriaTable, criteria_table
from regdocs.documents.shown import Reader, Shown
from regdocs.documents.study import Study, study_of
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class EligibilityView:
    """The checklist, ready to print.

    Attributes:
        study: Titles, numbers and sponsor.
        only_site: Name of the site when the study has one; None leaves a line to write it.
        unsigned: Whether a board decided that participants do not sign.
        children: Whether a board decided about children, so that permission and assent stand in the head.
        indented: Whether a criterion has sub-criteria.
        for_some: Whether a criterion applies to some participants only.
        inclusion: Every criterion that must be met.
        exclusion: Every criterion that must not be present.
    """

    study: Study
    only_site: Shown | None
    unsigned: bool
    children: bool
    indented: bool
    for_some: bool
    inclusion: CriteriaTable
    exclusion: CriteriaTable


def eligibility_view(protocol: Protocol, reader: Reader, site: Site | None) -> EligibilityView:
    """Return what the checklist prints. One checklist serves all sites, so `site` is not looked at."""
    inclusion = criteria_table(protocol, reader, "inclusion")
    exclusion = criteria_table(protocol, reader, "exclusion")
    rows = (*inclusion.rows, *exclusion.rows)
    for path in ("/waivers", "/oversight"):
        reader.fact("", path)
    return EligibilityView(
        study=study_of(protocol, reader),
        only_site=_only_site(protocol, reader),
        unsigned=any(waiver.kind == "waiver-of-documentation" for waiver in protocol.waivers),
        children=any(body.paediatric is not None for body in protocol.oversight),
        indented=any(not row.decides for row in rows),
        for_some=any(row.applies_to is not None for row in rows),
        inclusion=inclusion,
        exclusion=exclusion,
    )


def _only_site(protocol: Protocol, reader: Reader) -> Shown | None:
    if len(protocol.sites) != 1:
        reader.fact(str(len(protocol.sites)), "/sites")  # the condition itself depends on how many sites there are
        return None
    name = protocol.sites[0].name
    return reader.derive(lambda: name.present, name, also=("/sites",))
