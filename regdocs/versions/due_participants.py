"""What is due to participants: forms in their language that lag behind, and consent that bodies want anew by a day.

Whether somebody signed anew stands in a site's own list and not here (`reconsenting`).
"""

from collections.abc import Iterator, Mapping

from regdocs.amendment.citation import E6_282
from regdocs.documents.kinds import KINDS
from regdocs.versions.determinations import Determination, determinations_of, words_of
from regdocs.versions.due_line import Due, View
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.overseen import name_of
from regdocs.versions.validity import InUse, form_at, used_at, why_not
from regdocs.versions.version_form import language_of

CLOSED_BY = ("re-consent", "reconsent")
"""A note "Done: entry N …" that says one of these closes what is due by a determination of the decision N."""

_NAMES = {"en": "English", "vi": "Vietnamese"}
_GIVEN = frozenset(one.name for one in KINDS if one.participant_facing)


def translations(view: View) -> Iterator[Due]:
    """Yield languages in which a site may not use the forms that it uses in the study's own language."""
    for site in view.sites:
        day = view.day_at((site,))
        used = used_at(view.logbook, site, day)
        lagging: dict[str, list[tuple[InUse, IssuedDocument]]] = {}
        for own in used.values():
            for other in _not_usable(view, site, day, own):
                lagging.setdefault(other.language, []).append((own, other))
        for language, found in lagging.items():
            yield _translation(view, site, day, language, found, used)


def reconsents_by_day(view: View) -> Iterator[Due]:
    """Yield determinations that ask for consent anew, until a note says that it is done."""
    latest: dict[tuple[str, str, str], list[Determination]] = {}
    for site in view.sites:
        for one in determinations_of(view.logbook, site, view.day_at((site,))):
            stands = latest.setdefault((site, one.body, str(one.decision.get("version"))), [])
            if stands and stands[0].entry != one.entry:
                stands.clear()  # a later decision of the body on the same version
            stands.append(one)
    for (site, _, _), listed in latest.items():
        for one in listed:
            if one.need in ("required", "next-visit") and view.noted(one.entry, *CLOSED_BY) is None:
                yield _reconsent(view, site, one)


def _reconsent(view: View, site: str, one: Determination) -> Due:
    text = f'{words_of(one)}; who has not yet: "regdocs valid --signed"'
    rule = f"the body determines: {E6_282}"
    whom, title = "participants who signed an earlier form", f"consent anew by {one.reference} of {one.body}"
    return Due("re-consent", one.by, view.state(one.by, (site,)), (site,), whom, title, text, rule, (one.entry,))


def _not_usable(view: View, site: str, day: str, own: InUse) -> Iterator[IssuedDocument]:
    """Yield the forms of the same version in other languages that may not be used, where the source language's may."""
    logbook, document = view.logbook, own.document
    version = logbook.version(own.version)
    if document.kind not in _GIVEN or document.language != language_of(logbook, version):
        return
    if not form_at(logbook, document, site, day).valid:
        return
    for other in documents_of(logbook, version):
        same = other.kind == document.kind and other.site in (None, site) and other.language != document.language
        if same and not form_at(logbook, other, site, day).valid:
            yield other


def _translation(
    view: View,
    site: str,
    day: str,
    language: str,
    found: list[tuple[InUse, IssuedDocument]],
    used: Mapping[tuple[str, str], InUse],
) -> Due:
    own, other = found[0]
    stale = used.get((other.kind, language))
    earlier = stale if stale is not None and name_of(stale.document) != name_of(other) else None
    kinds = f" (so with {', '.join(one.kind for _, one in found[1:])})" if len(found) > 1 else ""
    there = f", {name_of(earlier.document)} stale" if earlier else ""
    reasons = "; ".join(why_not(form_at(view.logbook, other, site, day)))
    until = f"until {name_of(other)} may be used: {reasons}"
    speakers = f"{_NAMES[language]} speakers" if language in _NAMES else f"speakers of {language}"
    ask = f"; the body may allow {earlier.document.version}" if earlier else ""
    title = f"{name_of(own.document)} in force{there}: do not enrol {speakers}"
    entries = {own.entry, *(one.n for one in view.logbook.version(other.source).issues[-1:])}
    entries |= {earlier.entry} if earlier else set()
    whom = ", ".join(one.body for one in form_at(view.logbook, other, site, day).bodies if one.standing != "permits")
    rule = f"approved in advance of use: {E6_282}"
    text = f"{until}{ask}{kinds}"
    return Due("translation", None, "open", (site,), whom or site, title, text, rule, tuple(sorted(entries)))
