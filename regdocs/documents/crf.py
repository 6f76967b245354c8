"""The view of the case report forms: one copy of a form for each visit at which the schedule asks for it.

Knows the order of the booklet and its index; what a form asks is `crf_fields.py`, when `crf_visits.py`, logs
`crf_logs.py`. The site is not part of the booklet: all sites use the same forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.documents.crf_fields import FormText, form_text, note_structure
from regdocs.documents.crf_logs import Log, log_of
from regdocs.documents.crf_visits import Occasions, belongs_to, has_no_visit, home_of, occasions_of
from regdocs.documents.days import planned_day
from regdocs.documents.shown import Name, Reader, Shown
from regdocs.documents.stretches import Stretch, stretches_of
from regdocs.documents.study import Study, study_of
from regdocs.spec.forms import Form
from regdocs.spec.identity import ContactPurpose, Site
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import Encounter


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a form; `visit` is None where the visit is written by hand."""

    id: Name
    form: FormText
    visit: Shown | None
    as_needed: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit and its copies; `day` is None for a visit that nobody planned."""

    id: Name
    label: Shown
    day: Shown | None
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell of the index."""

    planned: bool
    as_needed: bool


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A form in the index: marks under the visits, or `kind` ("once", "log", "open") across all of them.

    `to_confirm` names the visits where the schedule is open or only assumed; None where it is known.
    """

    id: Name
    number: Shown
    title: Shown
    kind: Name
    to_confirm: Shown | None
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """Whom to reach about a serious event; only `name` where nobody is recorded."""

    id: Name
    name: Shown
    telephone: Shown | None
    email: Shown | None = None


@dataclass(frozen=True, slots=True)
class CrfView:
    """Everything the booklet prints."""

    study: Study
    number_is_known: bool
    only_site: Shown | None
    day_zero: Shown
    columns: tuple[Shown, ...]
    stretches: tuple[Stretch, ...]
    index: tuple[IndexRow, ...]
    no_forms: Shown
    visits: tuple[Visit, ...]
    once: tuple[Copy, ...]
    without_visit: tuple[Copy, ...]
    logs: tuple[Log, ...]
    adverse_events: bool
    sponsor: tuple[Reporting, ...]
    reporting: tuple[Reporting, ...]
    emergency: tuple[Reporting, ...]


_Timed = tuple[tuple[Form, Occasions], ...]


def crf_view(protocol: Protocol, reader: Reader, site: Site | None) -> CrfView:
    """Return the view of the booklet; `site` is not used."""
    reader.note("/forms", "/encounters", "/schedule/rows", "/sites", "/contacts")
    timed = tuple((form, occasions_of(form, protocol, reader)) for form in protocol.forms)
    texts = {form.id: form_text(form, reader) for form in protocol.forms if form.kind != "log"}
    homeless = tuple((form, when) for form, when in timed if form.kind == "once" and home_of(form, when) is None)
    open_ones = tuple((form, when) for form, when in timed if has_no_visit(form, when))
    return CrfView(
        study=study_of(protocol, reader),
        number_is_known=protocol.identity.protocol_number.state == "known",
        only_site=reader.show(protocol.sites[0].name) if len(protocol.sites) == 1 else None,
        day_zero=reader.show(protocol.schedule.day_zero),
        columns=tuple(reader.show(encounter.label) for encounter in protocol.encounters),
        stretches=stretches_of(len(protocol.encounters), head=10, each=2),
        index=tuple(_index_row(form, when, protocol, reader) for form, when in timed),
        no_forms=reader.lacking("case report forms", "/forms"),
        visits=_visits(timed, texts, protocol, reader),
        once=_copies(homeless, texts, "_once"),
        without_visit=_copies(open_ones, texts, "_open"),
        logs=tuple(log_of(form, reader) for form in protocol.forms if form.kind == "log"),
        adverse_events=_collects_events(protocol),
        sponsor=_sponsor(protocol, reader),
        reporting=_reporting(protocol, reader, "injury-or-emergency"),
        emergency=_emergency(protocol, reader),
    )


# ----------------------------------------------------------------------------------------------------------- copies


def _visits(timed: _Timed, texts: Mapping[str, FormText], protocol: Protocol, reader: Reader) -> tuple[Visit, ...]:
    """Return the visits in order, without those that have no form."""
    found = (_visit(encounter, timed, texts, reader) for encounter in protocol.encounters)
    return tuple(visit for visit in found if visit.copies)


def _visit(encounter: Encounter, timed: _Timed, texts: Mapping[str, FormText], reader: Reader) -> Visit:
    label = reader.show(encounter.label)
    copies = [
        Copy(Name(f"crf.{encounter.id}.{form.id}"), texts[form.id], label, encounter.id in when.as_needed)
        for form, when in timed
        if belongs_to(form, when, encounter.id)
    ]
    copies.sort(key=lambda copy: copy.as_needed)  # what is always done stands first; the order is kept otherwise
    return Visit(Name(encounter.id), label, planned_day(encounter, reader), tuple(copies))


def _copies(timed: _Timed, texts: Mapping[str, FormText], where: str) -> tuple[Copy, ...]:
    # Names of the protocol begin with a letter, so that "_once" can never be the id of an encounter.
    return tuple(Copy(Name(f"crf.{where}.{form.id}"), texts[form.id], None, False) for form, _ in timed)


# ------------------------------------------------------------------------------------------------------------ index


def _index_row(form: Form, when: Occasions, protocol: Protocol, reader: Reader) -> IndexRow:
    path = f"/forms/{form.id}"
    note_structure(reader, path, "kind")
    kind = _kind(form, when)
    return IndexRow(
        id=Name(form.id),
        number=reader.fact(form.id, f"{path}/id"),
        title=reader.show(form.title),
        kind=Name(kind),
        to_confirm=_to_confirm(when, protocol, reader) if kind in ("visit", "open") else None,
        marks=tuple(Mark(one.id in when.planned, one.id in _needed(form, when)) for one in protocol.encounters),
    )


def _kind(form: Form, when: Occasions) -> str:
    """Return how the index shows a form; one that is filled in once at one visit is marked under that visit."""
    if has_no_visit(form, when):
        return "open"
    return "visit" if home_of(form, when) is not None else form.kind


def _needed(form: Form, when: Occasions) -> tuple[str, ...]:
    return when.as_needed if form.kind == "visit" else ()


def _to_confirm(when: Occasions, protocol: Protocol, reader: Reader) -> Shown | None:
    if when.are_sure:
        return None
    labels = [encounter.label for encounter in protocol.encounters if encounter.id in when.planned]
    open_labels = [label for label in labels if label.state != "known"]
    names = ", ".join(label.value or "" for label in labels)
    return reader.derive(lambda: names, *when.sources, *open_labels, also=("/encounters",))


# -------------------------------------------------------------------------------------------------------- reporting


def _sponsor(protocol: Protocol, reader: Reader) -> tuple[Reporting, ...]:
    """Return whom a site tells of a serious event; a study that collects events and names nobody has an open item."""
    found = _reporting(protocol, reader, "safety-reports")
    if found or not _collects_events(protocol):
        return found
    lacking = "whom a site tells of a serious adverse event: contact of the sponsor, with telephone number"
    return (Reporting(Name("lacking"), reader.lacking(lacking, "/contacts"), None),)


def _collects_events(protocol: Protocol) -> bool:
    return any(form.cdash_domain == "AE" for form in protocol.forms)


def _reporting(protocol: Protocol, reader: Reader, purpose: ContactPurpose) -> tuple[Reporting, ...]:
    return tuple(
        Reporting(Name(one.id), reader.show(one.name), reader.show(one.telephone), reader.maybe(one.email))
        for one in protocol.contacts
        if one.purpose == purpose
    )


def _emergency(protocol: Protocol, reader: Reader) -> tuple[Reporting, ...]:
    return tuple(
        Reporting(Name(site.id), reader.show(site.name), reader.show(site.emergency_telephone))
        for site in protocol.sites
    )
