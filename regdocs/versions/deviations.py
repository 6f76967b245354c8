"""Deviations from the protocol: a fact with a number of its own, which somebody records and nobody signs.

Nothing in it tells who the participant was: that stays in the site's file. Refused is what has no form, and a text that
seems to tell it: a number, initials, a birth date. A name alone is not recognised, so people read the text again.
Source: docs/formats/audit-log.md, "Kinds of entries"; ICH E6(R3) 2.5.3 to 2.5.5, read in public copies: all deviations
are documented, the important ones explained, and one against an immediate hazard told to the sponsor promptly and to
the ethics committee.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.audit.names import is_signed_text
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.actors import NotAllowed
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import overseen_bodies, require_day, sites_of

IMMEDIATE_HAZARD, OTHER, SPONSOR = "immediate-hazard", "other", "sponsor"

# Each with what it holds and whose word it is: V read in a public copy, M from memory, I ours.
CATEGORIES: dict[str, str] = {
    "informed-consent": "consent missing, late, or on a form that was not the right one (Galuchie 2021, Table 1 [V])",
    "eligibility": "entered the study without satisfying the entry criteria (ICH E3 10.2 [V])",
    "withdrawal-criteria": "developed withdrawal criteria and was not withdrawn (ICH E3 10.2 [M])",
    "treatment-or-dose": "wrong treatment or incorrect dose (ICH E3 10.2 [M]; Galuchie 2021, study intervention [V])",
    "excluded-concomitant-treatment": "received an excluded concomitant treatment (ICH E3 10.2 [M]; Galuchie 2021 [V])",
    "visit-or-assessment": "visit or assessment missed or outside its window (log of a published protocol [V])",
    "safety-reporting": "an adverse event not reported, or late (log of a published protocol [V])",
    "oversight": "conduct without a valid approval, or against it (log of a published protocol [V])",
    IMMEDIATE_HAZARD: "done to eliminate an immediate hazard to a participant (ICH E6(R3) 2.5.4 [V])",
    OTHER: "none of these; the text says what",
}

_NUMBERED = re.compile(
    r"\b(?:participants?|subjects?|patients?|volunteers?|screening|randomi[sz]ation|enrolment|pts?)\b\.?\s*"
    r"(?:(?:id|number|numbers|no|nos|nr|code)\b\.?|#|№)?\s*[:=#(]?\s*[A-Za-z]{0,5}[-/ ]?(?P<digits>\d+)(?!\d)"
    r"(?!\s*(?:days?|weeks?|months?|years?|hours?|minutes?|h|min|mg|g|ml|mL|%|times?|doses?|visits?|tablets?)\b)",
    re.IGNORECASE,
)
_TELLING = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w"
    r"|\b(?i:born|dob|date of birth|birth ?da(?:te|y)|initials?)\b"
    r"|\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\b\.? [A-Z]\w*"
    r"|\b(?!U\.S|E\.U|U\.K)[A-Z]\. ?[A-Z]\.(?!\w)"
    r"|\b(?i:mrn|nhs|ssn|social security|(?:medical|hospital|study|case|chart|health|insurance|record)"
    r"(?: record)? (?:id|number|no|nr))\b\D{0,5}\d+"
    r"|(?<![\w.-])(?!\d{4}-\d\d-\d\d\b)(?:\+\d|\(\d|\d)[\d ()./-]{7,}\d(?!\w)"
)
"""What often tells who somebody is: mail, birth, titles with a name, initials, numbers of records, telephones."""
_CODED = re.compile(r"(?<![\w-])(?:[A-Z]{1,2}-\d{2,6}|\d{3,4}-\d{3,6})(?![\w-])")


@dataclass(frozen=True, slots=True)
class Deviation:
    """A deviation as the person says who records it.

    Attributes:
        number: Its own, one line; a second entry of the same number follows the first.
        site: Where it happened.
        category: One of `CATEGORIES`.
        important: Whether it may significantly affect participants' rights, safety or well-being, or the reliability of
            the data (ICH E3 Q&A 7, read in a public copy).
        text: What happened, without anything that tells who the participant was.
        on: The day it happened.
        reported: To whom it was reported, with the day: ids of bodies, or "sponsor".
        due: To whom it has to be reported, with the last day.
    """

    number: str
    site: str
    category: str
    important: bool
    text: str
    on: str
    reported: Mapping[str, str]
    due: Mapping[str, str]


def deviation(logbook: Logbook, by: str, said: Deviation, *, why: str | None = None) -> dict[str, Json]:
    """Return the entry of a deviation.

    Raises:
        NotAllowed: The log is of a public record; number, site, category, text or a day has no form; or a text seems to
            hold a participant's number.
    """
    refuse_in_record(logbook, "deviation")
    _require_form(logbook, said)
    for text in (said.text, why or ""):
        _require_nobody(text, {said.number, *(one["number"] for one in deviations_of(logbook))})
    told = [_told(to, said) for to in dict.fromkeys((*said.reported, *said.due))]
    return entry_of(
        "deviation",
        by,
        number=said.number,
        site=said.site,
        category=said.category,
        important=said.important,
        text=said.text,
        reported=list(told) or None,
        on=said.on,
        why=why,
    )


def deviations_of(logbook: Logbook) -> tuple[dict[str, Any], ...]:
    """Return the entries of deviations, in the order of the log, with long values in their places."""
    known = logbook.worked_out.get(("deviations", logbook.head.size))
    if known is None:
        numbers = [entry["n"] for entry in logbook.entries() if entry["do"] == "deviation"]
        known = logbook.worked_out["deviations", logbook.head.size] = tuple(map(logbook.whole_entry, numbers))
    found: tuple[dict[str, Any], ...] = known
    return found


def deviation_flags(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of a deviation: what it follows, and to whom nobody can report."""
    before = [one for one in deviations_of(logbook) if one["n"] < entry["n"] and one["number"] == entry["number"]]
    told = [f"follows entry {before[-1]['n']}, of the same number"] if before else []
    if before and before[-1]["site"] != entry["site"]:
        told.append(f"entry {before[-1]['n']} says it happened at {before[-1]['site']}")
    return (*told, *_unknown_to(logbook, entry))


def _unknown_to(logbook: Logbook, entry: Mapping[str, Any]) -> Iterator[str]:
    known = {SPONSOR, *(body for version in logbook.versions for body in overseen_bodies(logbook, version))}
    for one in entry.get("reported", ()):
        if isinstance(one, dict) and one.get("to") not in known:
            yield f'"{one.get("to")}" is no body of a recorded version, and not "{SPONSOR}"'


def _told(to: str, said: Deviation) -> dict[str, Json]:
    days = {"on": said.reported.get(to), "due": said.due.get(to)}
    return {"to": to, **{key: day for key, day in days.items() if day is not None}}


def _require_form(logbook: Logbook, said: Deviation) -> None:
    if not is_signed_text(said.number):
        raise NotAllowed("the number of a deviation has to be one line of 1 to 200 characters")
    known = dict.fromkeys(site for version in logbook.versions for site in sites_of(logbook, version))
    if said.site not in known:
        raise NotAllowed(f'no recorded version has a site "{said.site}"; the sites are: {", ".join(known) or "none"}')
    if said.category not in CATEGORIES:
        raise NotAllowed(f'"{said.category}" is not a category: {", ".join(CATEGORIES)}')
    if not said.text.strip():
        raise NotAllowed("a deviation needs a text that says what happened")
    if not all(is_signed_text(to) for to in (*said.reported, *said.due)):
        raise NotAllowed("to whom it is reported has to be one line: the id of a body, or sponsor")
    for what, day in (("on", said.on), *said.reported.items(), *said.due.items()):
        require_day(what, day)


def _require_nobody(text: str, numbers: Collection[str]) -> None:
    """Refuse a text that seems to hold a participant's number; numbers of deviations are none."""
    for number in sorted(numbers, key=len, reverse=True):
        text = text.replace(number, "")
    plain = " ".join(text.split())  # so that the search takes no longer for many spaces, and lines hide nothing
    numbered, telling = _NUMBERED.search(plain) or _CODED.search(plain), _TELLING.search(plain)
    found, what = (telling, "what tells who somebody is") if telling else (numbered, "the number of a participant")
    if found:
        raise NotAllowed(
            f'"{found[0].strip()}" looks like {what}; leave it out: who it was stays in the '
            "site's file, where this deviation has its own number"
        )
