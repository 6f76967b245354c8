"""The table of document kinds, in the order in which they are built and listed."""

from regdocs.documents.consent import consent_view
from regdocs.documents.crf import crf_view
from regdocs.documents.eligibility import eligibility_view
from regdocs.documents.kind import Kind
from regdocs.documents.registry import registry_view
from regdocs.documents.schedule import schedule_view

KINDS: tuple[Kind, ...] = (
    Kind("consent", "Participant Information and Consent Form", ("pdf", "docx", "html"), True, consent_view),
    Kind("eligibility", "Eligibility Checklist", ("pdf", "docx", "html"), False, eligibility_view, fillable=True),
    Kind("crf", "Case Report Forms", ("pdf", "docx", "html"), False, crf_view, fillable=True),
    Kind("schedule", "Schedule of Activities", ("pdf", "docx", "html"), False, schedule_view),
    Kind("registry", "Registry Text", ("pdf", "docx", "html", "txt"), False, registry_view),
)


def kind_named(name: str) -> Kind | None:
    """Return the kind of that name, or None."""
    return next((kind for kind in KINDS if kind.name == name), None)
