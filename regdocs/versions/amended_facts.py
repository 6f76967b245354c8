"""What the documents of an amendment print of it: joined from the declaration, the changes, the log and the documents.

Maps values, decides nothing. What nobody said is left out or stays `TODO`, and is printed as open.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declaration import Impact as DeclaredImpact
from regdocs.amendment.declared import load_declaration
from regdocs.amendment.given import text_of
from regdocs.build.examine import Draftable
from regdocs.documents.amended import (
    AmendmentFacts,
    AtSite,
    Base,
    Earlier,
    Enrolment,
    Impact,
    Listed,
    Reasons,
    Scope,
)
from regdocs.documents.kinds import kind_named
from regdocs.spec.protocol import Protocol
from regdocs.versions.amended_advice import advised_of, classes_of
from regdocs.versions.amended_rows import Pages, Told, rows_of
from regdocs.versions.amending import Amending
from regdocs.versions.bases import Base as ApprovedBase
from regdocs.versions.bases import approved_base, bodies_for
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.preparation import Prepared
from regdocs.versions.proposal import Proposed
from regdocs.versions.redlines import Redline
from regdocs.versions.snapshot import stored_declaration

_LANGUAGES = {"en": "English", "vi": "Vietnamese"}
_GONE = "no longer a document of the study"


def facts_of(
    prepared: Prepared, own: Amending, redlines: Iterable[Redline], last: Version, pages: Pages = MappingProxyType({})
) -> AmendmentFacts:
    """Return what the documents of an amendment print.

    Args:
        prepared: The version with its documents and their versions.
        own: What the amendment declares and changes.
        redlines: The tracked-changes versions of what it issues.
        last: The version before.
        pages: Where blocks of the new documents begin, as far as these are printed.
    """
    declaration, protocol, tracked = own.declaration, prepared.protocol, tuple(redlines)
    number = prepared.amendment
    assert number is not None, "an amendment has its number by now"
    classes = classes_of(own, protocol)
    issued = documents_of(prepared.logbook, last)
    gone = _gone(issued, prepared)
    titles = {one.stem: title_of(one) for one in prepared.documents}
    titles |= {one.stem: f"{title_of_issued(one)} ({_GONE})" for one in gone}
    rows = rows_of(own, Told(titles, protocol.language, classes, pages))
    advised = advised_of(own, rows, classes)
    had = {one.stem: one.version for one in issued}
    return AmendmentFacts(
        number=number,
        version=protocol.version.value,
        date=protocol.date.value,
        scope=_scope(declaration, protocol),
        reasons=_reasons(declaration),
        summary=text_of(declaration.summary),
        enrolment=_enrolment(declaration),
        safety_or_rights=_impact(declaration.impact.safety_or_rights),
        data_reliability=_impact(declaration.impact.data_reliability),
        rows=rows,
        advice=advised.advice,
        told=text_of(declaration.participants.told) if declaration.participants else None,
        history=tuple(_earlier(prepared.logbook, number)),
        bases=tuple(_bases(tracked)),
        documents=(
            *(_listed(one, prepared.proposed, had, tracked) for one in prepared.documents),
            *map(_listed_gone, gone),
        ),
        sites=tuple(_sites(prepared, advised.papers)),
        follows=_follows(prepared.logbook, declaration),
    )


def title_of(document: Draftable) -> str:
    """Return what a document is called: "Participant Information and Consent Form, north, English"."""
    return _title(document.kind.title, document.language, document.site.id if document.site else None)


def title_of_issued(document: IssuedDocument) -> str:
    """Return what an issued document is called, as `title_of`."""
    return _title(_kind_title(document.kind), document.language, document.site)


def _title(kind: str, language: str, site: str | None = None) -> str:
    return ", ".join((kind, *([site] if site else []), _LANGUAGES.get(language, language)))


def _kind_title(name: str) -> str:
    found = kind_named(name)
    return found.title if found else name


def _gone(issued: Iterable[IssuedDocument], prepared: Prepared) -> tuple[IssuedDocument, ...]:
    """Return the documents of the version before that the study has no more."""
    here = {one.stem for one in prepared.documents}
    return tuple(one for one in issued if one.stem not in here)


def _scope(declaration: Declaration, protocol: Protocol) -> Scope:
    """Return where the amendment holds; a site by its name, not by its id."""
    names = {one.id: one.name.present or one.id for one in protocol.sites}
    given = (text_of(one) or "" for one in declaration.scope.of)
    return Scope(text_of(declaration.scope.level), tuple(names.get(one, one) for one in given))


def _reasons(declaration: Declaration) -> Reasons:
    reasons = declaration.reasons
    secondary = tuple(text_of(one) or "" for one in reasons.secondary)
    return Reasons(text_of(reasons.primary), secondary, text_of(reasons.other))


def _enrolment(declaration: Declaration) -> Enrolment:
    own = declaration.enrolment
    number = text_of(own.count)
    if number is None and own.percent is not None:
        number = f"{own.percent.value} %" if own.percent.todo is None else text_of(own.percent)
    return Enrolment(number, text_of(own.scope), text_of(own.at))


def _impact(impact: DeclaredImpact) -> Impact:
    return Impact(impact.substantial.value, text_of(impact.explanation))


def _earlier(logbook: Logbook, number: int) -> Iterator[Earlier]:
    """Yield the amendments before one, the first one first, as they were declared; of each the last wording."""
    last = {one.amendment: one for one in logbook.versions if one.amendment is not None and one.amendment < number}
    for amendment, version in last.items():
        text = stored_declaration(logbook, version)
        told = load_declaration(text).declaration if text is not None else None
        why = logbook.whole_entry(version.n).get("why")
        reason = text_of(told.reasons.primary) if told else None
        summary = text_of(told.summary) if told else str(why)
        date = json.loads(logbook.object(version.data)).get("date")
        yield Earlier(amendment, version.name, str(date), reason or str(why), summary)


def _bases(redlines: Iterable[Redline]) -> Iterator[Base]:
    for redline in redlines:
        document = redline.document
        for one in redline.bases:
            decision = one.approval
            reference, on = (decision.reference, decision.day) if decision else (None, None)
            yield Base(one.body, one.site, _named(document), one.version, reference, on, one.against)


def _named(document: Draftable) -> str:
    return _title(document.kind.title, document.language)


def _listed(
    document: Draftable, proposed: Mapping[str, Proposed], had: Mapping[str, str], redlines: tuple[Redline, ...]
) -> Listed:
    own = proposed[document.stem]
    tracked = [one for one in redlines if one.document.stem == document.stem]
    files = [f"clean {form.upper()}" for form in document.kind.formats] if own.since is None else []
    files += [f"tracked {form.upper()} from {one.base.version}" for one in tracked for form in one.formats]
    return Listed(
        id=document.stem.replace("/", "-"),
        document=_named(document),
        site=document.site.id if document.site else None,
        version=own.version,
        date=own.date,
        new=own.since is None,
        replaces=had.get(document.stem) if own.since is None else None,
        files=tuple(files),
    )


def _listed_gone(document: IssuedDocument) -> Listed:
    named = _title(_kind_title(document.kind), document.language)
    own_id = document.stem.replace("/", "-")
    return Listed(own_id, named, document.site, document.version, document.date, new=False, gone=True)


def _sites(prepared: Prepared, papers: tuple[str, ...]) -> Iterator[AtSite]:
    """Yield what holds at each site; the form that its participants signed is the one that was last approved there."""
    for site in prepared.protocol.sites:
        base = _signed_form(prepared, site.id)
        version, date = (base.document_version, base.date) if base else (None, None)
        yield AtSite(site.id, version, date, None, papers)


def _signed_form(prepared: Prepared, site: str) -> ApprovedBase | None:
    protocol, logbook = prepared.protocol, prepared.logbook
    for body in bodies_for(protocol, site):
        base = approved_base(logbook, body=body.id, site=site, kind="consent", language=protocol.language)
        if base is not None:
            return base
    return None


def _follows(logbook: Logbook, declaration: Declaration) -> str | None:
    if declaration.follows is None or declaration.follows >= logbook.head.size:
        return None
    entry = logbook.whole_entry(declaration.follows)
    if entry["do"] != "urgent-safety":
        return None  # a finding says so
    return f"{entry['measure']} (entry {declaration.follows}, {entry.get('on', entry['at'])})"
