"""An urgent safety measure: taken at once against a hazard, without a decision; whom it has to be told to, and by when.

It needs no base and no approval; the ordinary amendment follows and names it. Working days are counted Monday to
Friday, without holidays, which differ by place: every row that counts them says so.
"""

from collections.abc import Callable, Iterator, Sequence
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
_ETHICS = ("ethics-committee", "national-ethics-committee")


def _moment(text: str) -> str:
    try:
        zoned = datetime.fromisoformat(text).tzinfo is not None and "T" in text
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
        to: Who it is, in words.
        what: What to send.
        by_when: By when, as a rule in words.
        due_on: The day, as an ISO date, where the rule gives one.
    """

    regime: RegimeName | None
    body: str | None
    to: str
    what: str
    by_when: str
    due_on: str | None
    sources: tuple[Citation, ...]


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
    return (*told, *_unnamed(told, measure, regimes))


def working_days_after(day: date, count: int) -> date:
    """Return the day so many working days later, Monday to Friday, without holidays."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _of_body(
    body: OversightBody, measure: UrgentMeasure, regimes: Sequence[AppliedRegime], protocol: Protocol
) -> Iterator[Notification]:
    concerned = [at for at in measure.sites if at.site in body.sites]
    if not concerned:
        return
    countries = {site.country for site in protocol.sites if site.id in {at.site for at in concerned}}
    first = min(_day(at.implemented) for at in concerned)
    found = False
    for regime in regimes:
        tell = _TELLING.get((regime.name, "ethics" if body.role in _ETHICS else body.role))
        if tell is not None and _is_there(regime.name, countries):
            found = True
            yield _named(tell(measure, first), body, regime)
    if not found:
        yield _named(_policy(measure, first), body, None)


def _is_there(regime: RegimeName, countries: set[str]) -> bool:
    return not countries.isdisjoint(EEA) if regime == "eu-ctr" else "US" in countries


def _unnamed(
    told: Sequence[Notification], measure: UrgentMeasure, regimes: Sequence[AppliedRegime]
) -> Iterator[Notification]:
    first = min(_day(at.implemented) for at in measure.sites)
    for regime in regimes:
        authority = _AUTHORITIES.get(regime.name)
        named = any(row.regime == regime.name and row.to.startswith("regulator") for row in told)
        if authority is not None and not named:
            yield _named(_TELLING[regime.name, "regulator"](measure, first), None, regime, authority)


@dataclass(frozen=True, slots=True)
class _Telling:
    what: str
    by_when: str
    due: date | None
    sources: tuple[Citation, ...]


def _named(
    tell: _Telling, body: OversightBody | None, regime: AppliedRegime | None, authority: str = ""
) -> Notification:
    to = authority if body is None else f"{body.role.replace('-', ' ')} {body.id}"
    unsure = regime is not None and regime.applies == "ask"
    what = f"{tell.what} (ask first whether {regime.name} applies)" if regime is not None and unsure else tell.what
    name = regime.name if regime is not None else None
    due = tell.due.isoformat() if tell.due is not None else None
    return Notification(name, body.id if body else None, to, what, tell.by_when, due, tell.sources)


def _policy(measure: UrgentMeasure, first: date) -> _Telling:
    return _Telling("tell of the hazard and of the measure", ASK_POLICY, None, ())


def _to_irb(measure: UrgentMeasure, first: date) -> _Telling:
    what = "report the change made to eliminate an apparent immediate hazard; the amendment follows"
    return _Telling(what, ASK_POLICY, None, (cited.IRB_FIRST, cited.IND_IRB, cited.BOARDS_DAYS))


def _irb_under_ide(measure: UrgentMeasure, first: date) -> _Telling:
    by_when = f"as soon as possible, at the latest 5 working days after the emergency ({_WITHOUT_HOLIDAYS})"
    what = "the investigator tells sponsor and IRB of the deviation to protect life or well-being"
    return _Telling(what, by_when, working_days_after(first, 5), (cited.IDE_EMERGENCY,))


def _fda_under_ide(measure: UrgentMeasure, first: date) -> _Telling:
    learned = first if measure.known_at is None else _day(measure.known_at)
    by_when = f"within 5 working days after the sponsor learns of it ({_WITHOUT_HOLIDAYS})"
    return _Telling("the sponsor reports the deviation", by_when, working_days_after(learned, 5), (cited.IDE_SPONSOR,))


def _fda_under_ind(measure: UrgentMeasure, first: date) -> _Telling:
    what = "protocol amendment that tells of the change, already in force"
    return _Telling(what, "afterwards; the rule that we read gives no number of days", None, (cited.IND_HAZARD,))


def _in_the_eu(measure: UrgentMeasure, first: date) -> _Telling:
    by_when = "without undue delay, at the latest 7 days after the measures were taken"
    what = "notify event and measures through the EU portal"
    return _Telling(what, by_when, first + timedelta(days=7), (cited.ART_54,))


# What is told, by regime and role of the body. Where nothing stands here, the body's own policy is asked for.
_TELLING: dict[tuple[RegimeName, str], Callable[[UrgentMeasure, date], _Telling]] = {
    ("eu-ctr", "ethics"): _in_the_eu,
    ("eu-ctr", "regulator"): _in_the_eu,
    ("us-irb", "ethics"): _to_irb,
    ("us-ind", "regulator"): _fda_under_ind,
    ("us-ide", "ethics"): _irb_under_ide,
    ("us-ide", "regulator"): _fda_under_ide,
}
_AUTHORITIES: dict[RegimeName, str] = {
    "eu-ctr": "the member states concerned",
    "us-ind": "US FDA",
    "us-ide": "US FDA",
}


def _day(moment: str) -> date:
    """Return the day of a moment where it was, by the clock of the place."""
    return datetime.fromisoformat(moment).date()
