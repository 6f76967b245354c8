"""What sort of thing each field of the protocol is: the explicit table behind proposed classes. First match wins.

A pattern is a path of the data form, "*" for any one segment; it matches that place and all below it. A condition looks
at the element that the place is of, in the old form and the new: one of them is enough. What no pattern matches is
unclassified, for a person to decide. `docs/amendment-classes.md` is made of this table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from regdocs.amendment.change import Json
from regdocs.amendment.places import below, segments_of


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on an element: its field has one of these values. A wrapped value counts by its `value`."""

    field: str
    values: tuple[Json, ...]

    def holds(self, element: Json) -> bool:
        """Tell whether it holds for an element; for a list, whether it does for one of its elements."""
        if isinstance(element, list):
            return any(self.holds(one) for one in element)
        found = below(element, self.field)
        return (found["value"] if isinstance(found, dict) and "value" in found else found) in self.values


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of paths and the field class of what it matches; `where` is asked of the element of the top list."""

    path: str
    field_class: str
    where: Where | None = None


UNCLASSIFIED = "unclassified"

_PRIMARY = Where("level", ("primary",))
_INVASIVE = Where("invasive", (True,))
_EMERGENCY = Where("purpose", ("injury-or-emergency",))
_SPONSOR = Where("role", ("sponsor", "co-sponsor"))

PATTERNS: tuple[Pattern, ...] = (
    # Who may take part.
    Pattern("/eligibility/*/short", "administrative-wording"),
    Pattern("/eligibility", "eligibility"),
    Pattern("/population/keywords", "registry"),
    Pattern("/population", "eligibility"),
    Pattern("/vulnerable_groups", "vulnerable-participants"),
    # What is given and done.
    Pattern("/products/*/dose", "dose"),
    Pattern("/products/*/administrations", "dose"),
    Pattern("/products/*/route", "route"),
    Pattern("/products/*/lay_name", "consent-text"),
    Pattern("/products/*/lay_description", "consent-text"),
    Pattern("/products/*/abbreviation", "administrative-wording"),
    Pattern("/products", "product"),
    Pattern("/interventions/*/other_names", "administrative-wording"),
    Pattern("/interventions", "product"),
    Pattern("/doses", "dose"),
    Pattern("/dose_escalation", "dose"),
    Pattern("/medication_rules", "medication-rule"),
    Pattern("/contraception", "contraception"),
    Pattern("/procedures/*/lay_name", "consent-text"),
    Pattern("/procedures/*/lay_description", "consent-text"),
    Pattern("/procedures", "invasive-procedure", _INVASIVE),
    Pattern("/procedures", "procedure"),
    Pattern("/sub_studies", "sub-study"),
    Pattern("/biosamples", "samples"),
    # Design and analysis.
    Pattern("/design/enrolment", "sample-size"),
    Pattern("/design/masking", "randomisation-or-masking"),
    Pattern("/design/allocation", "randomisation-or-masking"),
    Pattern("/design/participation", "schedule"),
    Pattern("/design/follow_up", "schedule"),
    Pattern("/design", "design"),
    Pattern("/randomisation", "randomisation-or-masking"),
    Pattern("/sample_size", "sample-size"),
    Pattern("/stopping_rules/*/lay_text", "consent-text"),
    Pattern("/stopping_rules", "stopping-rule"),
    Pattern("/arms/*/participants", "sample-size"),
    Pattern("/arms", "design"),
    Pattern("/epochs", "design"),
    Pattern("/cells", "design"),
    Pattern("/objectives", "primary-endpoint", _PRIMARY),
    Pattern("/objectives", "secondary-endpoint"),
    Pattern("/endpoints", "primary-endpoint", _PRIMARY),
    Pattern("/endpoints", "secondary-endpoint"),
    Pattern("/estimands", "statistics"),
    Pattern("/analysis_populations", "statistics"),
    # When.
    Pattern("/encounters/*/window", "visit-window"),
    Pattern("/encounters", "schedule"),
    Pattern("/activities/*/lay_name", "consent-text"),
    Pattern("/activities", "schedule"),
    Pattern("/schedule", "schedule"),
    Pattern("/long_term_follow_up", "schedule"),
    # What participants are told.
    Pattern("/consent/risks", "risk-text"),
    Pattern("/consent/reproductive", "risk-text"),
    Pattern("/consent/late_effects", "risk-text"),
    Pattern("/consent/card_notice", "risk-text"),
    Pattern("/consent/injury", "injury-cover"),
    Pattern("/consent/payment", "payment"),
    Pattern("/consent/payment_for_children", "payment"),
    Pattern("/consent/costs", "payment"),
    Pattern("/consent/privacy", "data-protection"),
    Pattern("/consent/authorisation", "data-protection"),
    Pattern("/consent/samples", "samples"),
    Pattern("/consent/signatures", "consent-process"),
    Pattern("/consent", "consent-text"),
    Pattern("/waivers", "consent-process"),
    Pattern("/oversight/*/paediatric", "vulnerable-participants"),
    # People and places.
    Pattern("/contacts", "contact-injury-or-emergency", _EMERGENCY),
    Pattern("/contacts", "other-contact"),
    Pattern("/sites/*/emergency_telephone", "contact-injury-or-emergency"),
    Pattern("/sites/*/investigator/address", "other-contact"),
    Pattern("/sites/*/investigator/telephone", "other-contact"),
    Pattern("/sites/*/wording", "consent-text"),
    Pattern("/sites/*/languages", "consent-process"),
    Pattern("/sites/*/short_form_languages", "consent-process"),
    Pattern("/sites/*/recruitment", "registry"),
    Pattern("/sites/*/time_zone", "administrative-wording"),
    Pattern("/sites", "site-or-investigator"),
    Pattern("/organisations/*/address", "other-contact"),
    Pattern("/organisations/*/organisation_class", "registry"),
    Pattern("/organisations", "sponsor", _SPONSOR),
    Pattern("/organisations", "funder"),
    Pattern("/oversight/*/contact", "other-contact"),
    Pattern("/oversight", "oversight-record"),
    # Records, registry, words about words.
    Pattern("/registry/central_contact", "other-contact"),
    Pattern("/registry/ipd_sharing", "data-protection"),
    Pattern("/registry", "registry"),
    Pattern("/identity/titles/lay", "consent-text"),
    Pattern("/identity/titles", "title"),
    Pattern("/identity", "registry"),
    Pattern("/regulation", "regulatory-answer"),
    Pattern("/answers", "regulatory-answer"),
    Pattern("/sign_offs", "regulatory-answer"),
    Pattern("/forms", "case-report-form"),
    Pattern("/narrative", "protocol-section"),
    Pattern("/abbreviations", "administrative-wording"),
    Pattern("/references", "administrative-wording"),
    Pattern("/sources", "administrative-wording"),
    Pattern("/source", "administrative-wording"),
    Pattern("/notes", "administrative-wording"),
    Pattern("/queries", "administrative-wording"),
    Pattern("/accepted", "administrative-wording"),
    Pattern("/version", "administrative-wording"),
    Pattern("/date", "administrative-wording"),
    Pattern("/language", "administrative-wording"),
    Pattern("/demonstration", "administrative-wording"),
    Pattern("/regdocs", "administrative-wording"),
)


_SEGMENTS = tuple((segments_of(pattern.path), pattern) for pattern in PATTERNS)


def field_class_of(path: str, *forms: Mapping[str, Json]) -> str:
    """Return the field class of a place; `forms` are the old data form and the new one, in which elements stand."""
    segments = segments_of(path)
    matching = (pattern for wanted, pattern in _SEGMENTS if _matches(wanted, segments))
    return next((one.field_class for one in matching if _holds(one, segments, forms)), UNCLASSIFIED)


def _matches(pattern: Sequence[str], segments: Sequence[str]) -> bool:
    """Tell whether a pattern names a place or one above it."""
    if len(segments) < len(pattern):
        return False
    return all(wanted in ("*", segment) for wanted, segment in zip(pattern, segments, strict=False))


def _holds(pattern: Pattern, segments: Sequence[str], forms: Sequence[Mapping[str, Json]]) -> bool:
    if pattern.where is None:
        return True
    return any(pattern.where.holds(_element(segments[:2], form)) for form in forms)


def _element(segments: Sequence[str], form: Mapping[str, Json]) -> Json:
    found: Json = dict(form)
    for segment in segments:
        found = below(found, segment)
    return found
