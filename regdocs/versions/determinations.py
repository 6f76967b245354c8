"""What bodies determined about participants who consented before, as decisions in the log say it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from regdocs.audit.forms import is_day
from regdocs.versions.decisions import decisions_of
from regdocs.versions.determination_words import NEEDS, Need
from regdocs.versions.facts import unsealed
from regdocs.versions.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Determination:
    """One determination of a body.

    Attributes:
        entry: Number of the entry of its decision.
        body, reference: Whose decision.
        decision: The entry, whole.
        site: The site that it names; None for all sites of the decision.
        need: Whether consent is needed anew; None where only words are recorded.
        by: Until which day, or None.
        text: The body's words.
        since: Day from which the decision holds.
        reported: Whether its letter has not come, so that nothing rests on it.
    """

    entry: int
    body: str
    reference: str
    decision: Mapping[str, Any]
    site: str | None
    need: Need | None
    by: str | None
    text: str
    since: str
    reported: bool


def determinations_of(logbook: Logbook, site: str, day: str) -> Iterator[Determination]:
    """Yield what bodies determined for a site by decisions that hold on a day, in the order in which these hold."""
    listed = [one for one in decisions_of(logbook) if "reconsent" in one and site in one["sites"]]
    listed.sort(key=lambda one: (_since(one), one["decided"], one["n"]))
    for entry in (one for one in listed if _since(one) <= day):
        for said in entry["reconsent"]:
            if isinstance(said, dict) and said.get("site", site) == site:
                yield _determination(logbook, entry, said)


def words_of(one: Determination) -> str:
    """Return a determination in words: whose, what, the body's own words, and its entry."""
    need = {"required": "required", "next-visit": "at the next visit", "not-required": "not required"}
    what = "in words only" if one.need is None else need[one.need] + (f" by {one.by}" if one.by else "")
    reported = "; without its letter: reported only" if one.reported else ""
    return f"{one.body}, {one.reference}: {what}: “{one.text}” (entry {one.entry}{reported})"


def _determination(logbook: Logbook, entry: Mapping[str, Any], said: Mapping[str, Any]) -> Determination:
    """Return a determination; a need or day that another program wrote in another way counts as words only."""
    need, by = said.get("need"), said.get("by")
    return Determination(
        entry["n"],
        entry["body"],
        entry["reference"],
        entry,
        said.get("site"),
        cast("Need", need) if need in NEEDS else None,
        by if isinstance(by, str) and is_day(by) else None,
        " ".join(unsealed(logbook, said.get("text")).split()),
        _since(entry),
        "letter" not in entry,
    )


def _since(entry: Mapping[str, Any]) -> str:
    return str(entry.get("effective") or entry["decided"])
