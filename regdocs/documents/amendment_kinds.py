"""The table of the kinds that are made with an amendment only, beside those of every build (`kinds.py`)."""

from regdocs.documents.amendment_kind import AmendmentKind
from regdocs.documents.consent_addendum import consent_addendum_applies, consent_addendum_view
from regdocs.documents.cover_text import cover_text_view
from regdocs.documents.investigator_notice import investigator_notice_view
from regdocs.documents.participant_letter import participant_letter_applies, participant_letter_view
from regdocs.documents.summary_of_changes import summary_of_changes_view

AMENDMENT_KINDS: tuple[AmendmentKind, ...] = (
    AmendmentKind("summary-of-changes", "Summary of Changes", False, summary_of_changes_view),
    AmendmentKind(
        "consent-addendum",
        "Addendum to the Consent Form",
        True,
        consent_addendum_view,
        consent_addendum_applies,
        participant_facing=True,
    ),
    AmendmentKind(
        "participant-letter",
        "Letter to Participants",
        True,
        participant_letter_view,
        participant_letter_applies,
        participant_facing=True,
    ),
    AmendmentKind("investigator-notice", "Notice to Investigators", True, investigator_notice_view),
    AmendmentKind("cover-text", "Cover Letter Text", False, cover_text_view),
)


def amendment_kind_named(name: str) -> AmendmentKind | None:
    """Return the kind of that name, or None."""
    return next((kind for kind in AMENDMENT_KINDS if kind.name == name), None)
