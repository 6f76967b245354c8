"""The table of document kinds, in the order in which they are built and listed.

Consent and its companions, one of each for a site, come first; a companion applies only where the protocol records it.
"""

from regdocs.documents.assent import assent_applies, assent_view
from regdocs.documents.consent import consent_view
from regdocs.documents.crf import crf_view
from regdocs.documents.eligibility import eligibility_view
from regdocs.documents.kind import Applies, Format, Kind, View
from regdocs.documents.parental_permission import parental_permission_applies, parental_permission_view
from regdocs.documents.participant_card import participant_card_applies, participant_card_view
from regdocs.documents.privacy_authorisation import privacy_authorisation_applies, privacy_authorisation_view
from regdocs.documents.registry import registry_view
from regdocs.documents.schedule import schedule_view
from regdocs.documents.short_form import short_form_applies, short_form_summary_view, short_form_view
from regdocs.documents.synopsis import synopsis_applies, synopsis_view

_PRINTED: tuple[Format, ...] = ("pdf", "docx", "html")


def _companion(
    name: str, title: str, view: View, applies: Applies, alterable: bool = False, to_parents: bool = False
) -> Kind:
    """Return a kind that stands beside the consent form of each site to which it applies."""
    return Kind(
        name, title, _PRINTED, True, view, applies, alterable=alterable, participant_facing=True, to_parents=to_parents
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "consent",
        "Participant Information and Consent Form",
        _PRINTED,
        True,
        consent_view,
        alterable=True,
        participant_facing=True,
    ),
    _companion("assent", "Assent Form", assent_view, assent_applies),
    _companion(
        "parental-permission",
        "Parental Permission Form",
        parental_permission_view,
        parental_permission_applies,
        alterable=True,
        to_parents=True,
    ),
    Kind(
        "short-form",
        "Short Form of Consent",
        _PRINTED,
        True,
        short_form_view,
        short_form_applies,
        alterable=True,
        participant_facing=True,
        oral=True,
    ),
    _companion(
        "short-form-summary",
        "Summary for the Short Form",
        short_form_summary_view,
        short_form_applies,
        alterable=True,
    ),
    _companion(
        "privacy-authorisation",
        "Permission to Use and Share Health Information",
        privacy_authorisation_view,
        privacy_authorisation_applies,
    ),
    _companion("participant-card", "Participant Card", participant_card_view, participant_card_applies),
    Kind("eligibility", "Eligibility Checklist", _PRINTED, False, eligibility_view, fillable=True),
    Kind("crf", "Case Report Forms", _PRINTED, False, crf_view, fillable=True),
    Kind("schedule", "Schedule of Activities", _PRINTED, False, schedule_view),
    Kind("synopsis", "Protocol Synopsis", _PRINTED, False, synopsis_view, synopsis_applies),
    Kind("registry", "Registry Text", ("pdf", "docx", "html", "txt"), False, registry_view),
)


def kind_named(name: str) -> Kind | None:
    """Return the kind of that name, or None."""
    return next((kind for kind in KINDS if kind.name == name), None)
