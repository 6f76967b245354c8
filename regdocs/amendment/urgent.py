"""An urgent safety measure: taken at once against a hazard, without a decision; whom it has to be told to, and by when.

It needs no base and no approval; the ordinary amendment follows and names it. Working days are counted Monday to
Friday, without holidays, which differ by place: every row that counts them says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from regdocs.amendment import citation as cited
from regdocs.amendment.citation import Citation
from regdocs.amendment.declaration import RegimeName
from regdocs.amendment.given import Prose
from regdocs.amendment.regimes import AppliedRegime
from regdocs.finding import Finding
from regdocs.spec.countries import EEA
from regdocs.spec.kinds import Several, Words
from regdocs.spec.known import Frozen, optional, required
from regdocs.spec.load import load_as
from regdocs.spec.oversight import OversightBody
from regdocs.spec.protocol import Protocol

ASK_POLICY = "ask: the body's own policy"
_WITHOUT_HOLIDAYS = "working days Monday to Friday, counted without holidays"

Role = Literal["ethics committee", "regulator"]
_ROLES: dict[str, Role] = {
    "ethics-committee": "ethics committee",
    "national-ethics-committee": "ethics committee",
    "regulator": "regulator",
}


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
        zoned = moment.tzinfo is not None and "T" in text and 1900 <= moment.year <= 2999
    except ValueError:
        zoned = False
    if not zoned:
        raise PydanticCustomError("date_shape", "a moment is written 2026-06-12T14:30+02:00, with its offset from UTC")
    return text


Moment: TypeAlias = Annotated[str, AfterValidator(_moment)]


class AtSite(Frozen):
    """The measure at one site."""

    site: Words = required("Id of the site.")
    implemented: Moment = required("Date and time from which the measure is in force there, with its offset from UTC.")
    told: Prose = required("Whether participants were told, when and how.")


class UrgentMeasure(Frozen):
    """What was done against a hazard before anyone could decide about it."""

    format: Literal[1] = Field(alias="regdocs-urgent", description="Version of this format; the file's first key.")
    hazard: Prose = required("The hazard.")
    measure: Prose = required("What is done about it.")
    decided_by: Words = required("Who decided.")
    known_at: Moment | None = optional("When the sponsor learned of the hazard, with the offset from UTC.")
    sites: Several[AtSite] = required("Where it is in force, since when, and how participants were told.")


@dataclass(frozen=True, slots=True)
class Notification:
    """Whom to tell of the measure.

    Attributes:
        body: Id of the body; None for one that the protocol does not name.
        role: What sort of body it is for the regime; None for another, such as a data safety board.
        to: Who it is, in words.
        what: What to send.
        by_when: By when, as a rule in words.
        due_on: The day, as an ISO date, where the rule gives one.
    """

    regime: RegimeName | None
    body: str | None
    role: Role | None
    to: str
    what: str
    by_when: str
    due_on: str | None
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """What a regime asks to be told to bodies of one role.

    Attributes:
        days: Days that it gives; None where it gives none.
        working: Whether they are working days.
        since_known: Whether they count from when the sponsor learned, where that is given, not from the measure.
    """

    regime: RegimeName
    role: Role
    what: str
    by_when: str
    sources: tuple[Citation, ...]
    days: int | None = None
    working: bool = False
    since_known: bool = False


_IN_THE_EU = "notify event and measures through the EU portal"
_SEVEN_DAYS = "without undue delay, at the latest 7 days after the measures were taken"

# Where nothing stands for a regime and a role, the body's own policy is asked for.
TELLINGS: tuple[Telling, ...] = (
    Telling("eu-ctr", "ethics committee", _IN_THE_EU, _SEVEN_DAYS, (cited.ART_54,), 7),
    Telling("eu-ctr", "regulator", _IN_THE_EU, _SEVEN_DAYS, (cited.ART_54,), 7),
    Telling(
        "us-irb",
        "ethics committee",
        "report the change made to eliminate an apparent immediate hazard; the amendment follows",
        ASK_POLICY,
        (cited.IRB_FIRST, cited.IND_IRB, cited.BOARDS_DAYS),
    ),
    Telling(
        "us-ind",
        "regulator",
        "protocol amendment that tells of the change, already in force",
        "afterwards; the rule that we read gives no number of days",
        (cited.IND_HAZARD,),
    ),
    Telling(
        "us-ide",
        "ethics committee",
        "the investigator tells sponsor and IRB of the deviation to protect life or well-being",
        f"as soon as possible, at the latest 5 working days after the emergency ({_WITHOUT_HOLIDAYS})",
        (cited.IDE_EMERGENCY,),
        days=5,
        working=True,
    ),
    Telling(
        "us-ide",
        "regulator",
        "the sponsor reports the deviation",
        f"within 5 working days after the sponsor learns of it ({_WITHOUT_HOLIDAYS})",
        (cited.IDE_SPONSOR,),
        days=5,
        working=True,
        since_known=True,
    ),
)
# Who is told where the protocol names no regulator of the place.
_AUTHORITIES: dict[RegimeName, str] = {
    "eu-ctr": "the member states concerned",
    "us-ind": "US FDA",
    "us-ide": "US FDA",
}


def load_measure(data: bytes, file: str) -> tuple[UrgentMeasure | None, tuple[Finding, ...]]:
    """Read and type the file of an urgent safety measure; all mistakes of the text are reported at once."""
    measure, findings, _ = load_as(UrgentMeasure, data, file)
    return measure, findings


def notifications(
    measure: UrgentMeasure, regimes: Sequence[AppliedRegime], protocol: Protocol
) -> tuple[Notification, ...]:
    """Return whom to tell, by body in the order of the protocol; authorities that it does not name come last.

    A regime of which it is not known whether it applies is told of like one that does, and its row says so.
    """
    told = [row for body in protocol.oversight for row in _of_body(body, measure, regimes, protocol)]
    named = {row.regime for row in told if row.role == "regulator"}
    return (*told, *_unnamed(measure, [one for one in regimes if one.name not in named]))


def working_days_after(day: date, count: int) -> date:
    """Return the day so many working days later, Monday to Friday, without holidays."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _of_body(
    body: OversightBody, measure: UrgentMeasure, regimes: Sequence[AppliedRegime], protocol: Protocol
) -> Iterator[Notification]:
    sites = [at for at in measure.sites if at.site in body.sites]
    if not sites:
        return
    countries = {site.country for site in protocol.sites if site.id in {at.site for at in sites}}
    to, role = f"{body.role.replace('-', ' ')} {body.id}", _ROLES.get(body.role)
    tellings = [
        (regime, telling)
        for regime in regimes
        for telling in TELLINGS
        if (telling.regime, telling.role) == (regime.name, role) and _is_there(regime.name, countries)
    ]
    for regime, telling in tellings:
        yield _row(telling, regime, measure, sites, to, body.id)
    if not tellings:
        yield Notification(None, body.id, role, to, "tell of the hazard and of the measure", ASK_POLICY, None, ())


def _is_there(regime: RegimeName, countries: set[str]) -> bool:
    return not countries.isdisjoint(EEA) if regime == "eu-ctr" else "US" in countries


def _unnamed(measure: UrgentMeasure, regimes: Sequence[AppliedRegime]) -> Iterator[Notification]:
    for regime in regimes:
        for telling in TELLINGS:
            if (telling.regime, telling.role) == (regime.name, "regulator"):
                yield _row(telling, regime, measure, measure.sites, _AUTHORITIES[regime.name], None)


def _row(
    telling: Telling,
    regime: AppliedRegime,
    measure: UrgentMeasure,
    sites: Sequence[AtSite],
    to: str,
    body: str | None,
) -> Notification:
    unsure = f" (ask first whether {regime.name} applies)" if regime.applies == "ask" else ""
    first = min(_day(at.implemented) for at in sites)
    due = _due(telling, _day(measure.known_at) if telling.since_known and measure.known_at else first)
    what = f"{telling.what}{unsure}"
    return Notification(regime.name, body, telling.role, to, what, telling.by_when, due, telling.sources)


def _due(telling: Telling, since: date) -> str | None:
    if telling.days is None:
        return None
    due = working_days_after(since, telling.days) if telling.working else since + timedelta(days=telling.days)
    return due.isoformat()


def _day(moment: str) -> date:
    """Return the day of a moment by the clock of the place where it was."""
    return datetime.fromisoformat(moment).date()
