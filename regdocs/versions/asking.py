"""The inspector's question: which form could be used at a site on a day, of a kind and in a language.

Answers with what is in use there; where nothing is, with what was issued last for the site, and why it is not valid.
"""

from regdocs.audit.forms import is_day
from regdocs.errors import UsageError
from regdocs.versions.logbook import Logbook
from regdocs.versions.validity import FormState, documents_named, form_at, forms_at


def answered(
    logbook: Logbook, site: str, day: str, kind: str | None = None, language: str | None = None
) -> tuple[FormState, ...]:
    """Return the state of each form asked for on that day.

    Raises:
        UsageError: The day is none, or nothing of the kind was ever issued.
        Refusal: No recorded version has the site.
        NotIssued, DoesNotFit: As `issued.documents_of`.
    """
    if not is_day(day):
        raise UsageError(f'"{day}" is not a day of the form 2026-05-03')
    used = tuple(
        one
        for one in forms_at(logbook, site, day)
        if kind in (None, one.document.kind) and language in (None, one.document.language)
    )
    issued = documents_named(logbook, site, kind, language)
    if not issued and kind is not None and not documents_named(logbook, site, kind, None):
        known = dict.fromkeys(one.kind for one in documents_named(logbook, site, None, None))
        raise UsageError(f'no "{kind}" was ever issued for {site}; there are: {", ".join(known) or "none"}')
    answered_for = {(one.document.kind, one.document.language) for one in used}
    others = [one for one in issued if (one.kind, one.language) not in answered_for]
    # The newest of that day; where all are of later days, the first.
    last = {(one.kind, one.language): one for one in (*reversed(others), *(o for o in others if o.date <= day))}
    return (*used, *(form_at(logbook, one, site, day) for one in last.values()))
