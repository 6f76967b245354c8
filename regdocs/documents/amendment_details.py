"""What M11 asks of an amendment under "Amendment Details", and the amendments before it.

Knows the fields and how each is said when it is open; the words around them stand in the templates.
"""

from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts, Earlier, Impact
from regdocs.documents.amended_words import AT, told, told_day
from regdocs.documents.shown import Name, Reader, Shown

OTHER = "Other"
_SCOPES = {"global": "Global", "country": "Country", "region": "Region", "site": "Site"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one of the two questions about impact; `explanation` is None where none was given for a no."""

    answer: Shown
    explanation: Shown | None


@dataclass(frozen=True, slots=True)
class Details:
    """The amendment as its details block tells it.

    Attributes:
        other: What the reason "Other" is; None where it is no reason.
        follows: The urgent safety measure that came before; None where there was none.
    """

    number: Shown
    version: Shown
    date: Shown
    scope: Shown
    scope_of: tuple[Shown, ...]
    enrolled: Shown
    counted: Shown
    counted_at: Shown
    primary: Shown
    secondary: tuple[Shown, ...]
    other: Shown | None
    summary: Shown
    safety_or_rights: Answer
    data_reliability: Answer
    follows: Shown | None


@dataclass(frozen=True, slots=True)
class Prior:
    """One amendment before this one."""

    id: Name
    number: Shown
    version: Shown
    date: Shown
    reason: Shown
    summary: Shown


def details_of(facts: AmendmentFacts, reader: Reader) -> Details:
    """Return the details block of an amendment."""
    scope, enrolment, reasons = facts.scope, facts.enrolment, facts.reasons
    asks_other = OTHER in (reasons.primary, *reasons.secondary)
    other = told(reader, reasons.other, "/reasons/other", 'what the reason "Other" is') if asks_other else None
    return Details(
        number=number_of(facts, reader),
        version=told(reader, facts.version, "/version", "version of the amended protocol"),
        date=told_day(reader, facts.date, "/on", "date of the amended protocol"),
        scope=told(reader, scope.level, "/scope/level", "scope of the amendment", lambda one: _SCOPES.get(one, one)),
        scope_of=tuple(told(reader, one, "/scope/of", "where it holds") for one in scope.of),
        enrolled=told(reader, enrolment.number, "/enrolment", "how many participants were enrolled"),
        counted=told(reader, enrolment.scope, "/enrolment/scope", "whether they were counted globally or locally"),
        counted_at=told_day(reader, enrolment.at, "/enrolment/at", "the day on which they were counted"),
        primary=told(reader, reasons.primary, "/reasons/primary", "primary reason for the amendment"),
        secondary=tuple(told(reader, one, "/reasons/secondary", "secondary reason") for one in reasons.secondary),
        other=other,
        summary=told(reader, facts.summary, "/summary", "summary of the amendment"),
        safety_or_rights=_answer(reader, facts.safety_or_rights, "safety_or_rights"),
        data_reliability=_answer(reader, facts.data_reliability, "data_reliability"),
        follows=None if facts.follows is None else reader.fact(facts.follows, f"{AT}/follows"),
    )


def number_of(facts: AmendmentFacts, reader: Reader) -> Shown:
    """Return the number of the amendment."""
    return reader.fact(str(facts.number), f"{AT}/number")


def history_of(facts: AmendmentFacts, reader: Reader) -> tuple[Prior, ...]:
    """Return the amendments before this one, the latest first, as M11 lists them."""
    reader.note(f"{AT}/history")
    return tuple(_prior(one, reader) for one in sorted(facts.history, key=lambda one: -one.number))


def _answer(reader: Reader, impact: Impact, field: str) -> Answer:
    path = f"/impact/{field}"
    if impact.substantial is None:
        return Answer(told(reader, None, f"{path}/substantial", "yes or no"), None)
    said = "Yes" if impact.substantial else "No"
    asked = impact.substantial or impact.explanation is not None
    why = told(reader, impact.explanation, f"{path}/explanation", "brief explanation") if asked else None
    return Answer(reader.fact(said, f"{AT}{path}/substantial"), why)


def _prior(one: Earlier, reader: Reader) -> Prior:
    path = f"/history/{one.number}"
    return Prior(
        id=Name(str(one.number)),
        number=reader.fact(str(one.number), f"{AT}{path}/number"),
        version=reader.fact(one.version, f"{AT}{path}/version"),
        date=told_day(reader, one.date, f"{path}/on", "its date"),
        reason=told(reader, one.reason, f"{path}/reason", "its primary reason"),
        summary=told(reader, one.summary, f"{path}/summary", "its summary"),
    )
