"""Entries of the registry's first modules: identification, status, sponsor and collaborators, oversight."""

from dataclasses import dataclass

from regdocs.documents.registry_entries import Entries, Entry
from regdocs.documents.shown import Name
from regdocs.spec.identity import Organisation
from regdocs.spec.oversight import OversightBody
from regdocs.spec.protocol import Protocol
from regdocs.spec.regulation import RegistryDate, ReviewBoardStatus
from regdocs.spec.terms import (
    COMPUTED_STATUS,
    DATE_TYPES,
    FUNDER_TYPES,
    REGISTRY_IDENTIFIER,
    REVIEW_BOARD_STATUSES,
    STOPPED_STATUSES,
    registry_date,
    yes_or_no,
)

_THIS_REGISTRY = "ClinicalTrials.gov"
_SUPPORTERS = ("co-sponsor", "collaborator", "funder")
_WITHOUT_NUMBER: tuple[ReviewBoardStatus, ...] = ("not-submitted", "pending", "denied", "not-required")
_REVIEW_BOARDS = ("ethics-committee", "national-ethics-committee")


@dataclass(frozen=True, slots=True)
class SecondaryId:
    """Another number of the study, with its type and who issued it."""

    id: Name
    number: Entry
    type: Entry
    domain: Entry | None


@dataclass(frozen=True, slots=True)
class Identification:
    """Module "Study Identification"."""

    registry_number: Entry | None
    protocol_number: Entry
    brief_title: Entry
    acronym: Entry | None
    official_title: Entry
    secondary_ids: tuple[SecondaryId, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """Module "Study Status". The displayed status is the registry's; `displayed_is_computed` says that it made it."""

    verified: Entry
    displayed: Entry
    displayed_is_computed: bool
    last_known: Entry
    why_stopped: Entry | None
    start: Entry
    primary_completion: Entry
    completion: Entry
    first_submitted: Entry | None
    first_posted: Entry | None
    last_update_posted: Entry | None


@dataclass(frozen=True, slots=True)
class Supporter:
    """A sponsor or collaborator, with the registry's class of funder."""

    id: Name
    name: Entry
    funder_type: Entry | None


@dataclass(frozen=True, slots=True)
class Sponsors:
    """Module "Sponsor/Collaborators"."""

    responsible_party: Entry
    sponsors: tuple[Supporter, ...]
    collaborators: tuple[Supporter, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A human subjects review board; `approval` is the number of an approval, None while there is none."""

    id: Name
    approval: Entry | None
    name: Entry
    affiliation: Entry
    contact: Entry


@dataclass(frozen=True, slots=True)
class Oversight:
    """Module "Oversight"."""

    drug: Entry
    device: Entry
    unapproved_device: Entry | None
    exported: Entry | None
    ind_or_ide: Entry
    board_status: Entry
    boards: tuple[Board, ...]
    monitoring_committee: Entry


def identification_of(protocol: Protocol, entries: Entries) -> Identification:
    """Return titles and numbers; numbers of other registries stand among the secondary ids, as the registry asks."""
    identity = protocol.identity
    here = [number for number in identity.registry_numbers if number.registry == _THIS_REGISTRY]
    return Identification(
        registry_number=entries.entry(here[0].number) if here else None,
        protocol_number=entries.entry(identity.protocol_number, limit="protocol-number"),
        brief_title=entries.entry(identity.titles.brief, limit="brief-title"),
        acronym=entries.maybe(identity.titles.acronym, limit="acronym"),
        official_title=entries.entry(identity.titles.official, limit="official-title"),
        secondary_ids=(*_secondary_ids(protocol, entries), *_other_registries(protocol, entries)),
    )


def _secondary_ids(protocol: Protocol, entries: Entries) -> tuple[SecondaryId, ...]:
    return tuple(
        SecondaryId(
            Name(number.id),
            entries.entry(number.number, limit="secondary-number"),
            entries.entry(number.type),
            entries.maybe(number.domain),
        )
        for number in protocol.identity.secondary_numbers
    )


def _other_registries(protocol: Protocol, entries: Entries) -> tuple[SecondaryId, ...]:
    return tuple(
        SecondaryId(
            Name(number.id),
            entries.entry(number.number, limit="secondary-number"),
            entries.fact(REGISTRY_IDENTIFIER, f"/identity/registry_numbers/{number.id}"),
            entries.fact(number.registry, f"/identity/registry_numbers/{number.id}/registry"),
        )
        for number in protocol.identity.registry_numbers
        if number.registry != _THIS_REGISTRY
    )


def status_of(protocol: Protocol, entries: Entries) -> Status:
    """Return the status as three facts, and the dates."""
    facts, reader = protocol.registry, entries.reader
    status = facts.status
    stopped = any(reader.holds(status.last_known, word) for word in STOPPED_STATUSES)
    reason = entries.maybe(status.why_stopped)
    if stopped:
        reason = entries.required(status.why_stopped, "why the study stopped", "/registry/status/why_stopped")
    return Status(
        verified=entries.entry(status.verified, registry_date),
        displayed=entries.entry(status.displayed),
        displayed_is_computed=reader.holds(status.displayed, COMPUTED_STATUS),
        last_known=entries.entry(status.last_known),
        why_stopped=reason,
        start=_dated(facts.start, entries),
        primary_completion=_dated(facts.primary_completion, entries),
        completion=_dated(facts.completion, entries),
        first_submitted=entries.maybe(facts.first_submitted, registry_date),
        first_posted=entries.maybe(facts.first_posted, registry_date),
        last_update_posted=entries.maybe(facts.last_update_posted, registry_date),
    )


def _dated(dated: RegistryDate, entries: Entries) -> Entry:
    return entries.computed(
        lambda: f"{registry_date(dated.date.present)} [{DATE_TYPES[dated.type.present]}]", dated.date, dated.type
    )


def sponsors_of(protocol: Protocol, entries: Entries) -> Sponsors:
    """Return sponsor and collaborators; who pays counts as a collaborator unless it is the sponsor itself."""
    sponsors = [item for item in protocol.organisations if item.role == "sponsor"]
    own = {item.name.value for item in sponsors if item.name.value is not None}
    others = [item for item in protocol.organisations if item.role in _SUPPORTERS and item.name.value not in own]
    return Sponsors(
        responsible_party=entries.entry(protocol.registry.responsible_party),
        sponsors=tuple(_supporter(item, entries) for item in sponsors),
        collaborators=tuple(_supporter(item, entries) for item in others),
    )


def _supporter(organisation: Organisation, entries: Entries) -> Supporter:
    return Supporter(
        id=Name(organisation.id),
        name=entries.entry(organisation.name, limit="organisation"),
        funder_type=entries.maybe(organisation.organisation_class, lambda kind: FUNDER_TYPES[kind]),
    )


def oversight_of(protocol: Protocol, entries: Entries) -> Oversight:
    """Return the answers on the US FDA, the review boards and the data monitoring committee."""
    regulation, facts = protocol.regulation, protocol.registry
    # An approval has a number only when there is one; while the status is open, so is the number.
    numbered = not any(entries.reader.holds(facts.review_board_status, status) for status in _WITHOUT_NUMBER)
    return Oversight(
        drug=entries.entry(regulation.fda_regulated_drug, yes_or_no),
        device=entries.entry(regulation.fda_regulated_device, yes_or_no),
        unapproved_device=_unapproved_device(protocol, entries),
        exported=_exported(protocol, entries),
        ind_or_ide=entries.entry(regulation.ind_or_ide, yes_or_no),
        board_status=entries.required(
            facts.review_board_status,
            "status of the review by the ethics committee",
            "/registry/review_board_status",
            lambda status: REVIEW_BOARD_STATUSES[status],
        ),
        boards=tuple(_board(body, entries, numbered) for body in protocol.oversight if body.role in _REVIEW_BOARDS),
        monitoring_committee=entries.required(
            facts.has_data_monitoring_committee,
            "whether a data monitoring committee is appointed",
            "/registry/has_data_monitoring_committee",
            yes_or_no,
        ),
    )


def _unapproved_device(protocol: Protocol, entries: Entries) -> Entry | None:
    """Return the answer on clearance; the registry asks for it only where the US FDA regulates a device."""
    answer, path = protocol.registry.unapproved_device, "/registry/unapproved_device"
    if not entries.reader.holds(protocol.regulation.fda_regulated_device, True):
        return entries.maybe(answer, yes_or_no)
    return entries.required(answer, "whether the US FDA has cleared the device", path, yes_or_no)


def _exported(protocol: Protocol, entries: Entries) -> Entry | None:
    """Return the answer on export; asked for where the FDA regulates, without IND or IDE and US facility."""
    answer, path = protocol.registry.exported_from_us, "/registry/exported_from_us"
    regulation, holds = protocol.regulation, entries.reader.holds
    regulated = holds(regulation.fda_regulated_drug, True) or holds(regulation.fda_regulated_device, True)
    if not regulated or holds(regulation.ind_or_ide, True) or "US" in regulation.countries:
        return entries.maybe(answer, yes_or_no)
    return entries.required(answer, "whether a product is exported from the US", path, yes_or_no)


def _board(body: OversightBody, entries: Entries, numbered: bool) -> Board:
    return Board(
        id=Name(body.id),
        approval=entries.entry(body.approval_number or body.approval) if numbered else None,
        name=entries.entry(body.name),
        affiliation=entries.required(
            body.affiliation, "organisation the board belongs to", f"/oversight/{body.id}/affiliation"
        ),
        contact=entries.entry(body.contact),
    )
