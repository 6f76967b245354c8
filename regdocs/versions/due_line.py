"""A line of what is due, and the log as it is looked at on a day: by whose clock, and which notes close what."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from regdocs.versions.facts import unsealed
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import sites_of
from regdocs.versions.submissions import filed_entries

What: TypeAlias = Literal[
    "expiry",
    "stipulations",
    "approval",
    "letter",
    "urgent measure",
    "registry",
    "translation",
    "re-consent",
    "deviation",
]
State: TypeAlias = Literal["overdue", "due", "open"]

AHEAD = (30, 60)
"""How many days before an expiry it is told apart, and alarms are set."""


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due.

    Attributes:
        what: What sort of thing.
        day: Until when, or of an expiry the first day without; None where the record gives no day.
        state: "overdue" when its day is over, "open" when it has none.
        sites: Where; () where it is about the study.
        whom: Whom it is due to, or whom it concerns.
        title: What is to be done, in the program's own words: nobody's free text stands in it.
        text: The same in detail, with the words of the record.
        rule: What says so: a decision of a body, or a rule with how far it was checked.
        entries: Numbers of the entries of the log that it rests on.
    """

    what: What
    day: str | None
    state: State
    sites: tuple[str, ...]
    whom: str
    title: str
    text: str
    rule: str
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class View:
    """The log as it is looked at: `filed` is what went to bodies and came from them, `facts` are notes and the like."""

    logbook: Logbook
    day_of: Callable[[str], str]
    filed: tuple[Mapping[str, Any], ...]
    facts: tuple[Mapping[str, Any], ...]
    sites: tuple[str, ...]

    def day_at(self, sites: Iterable[str]) -> str:
        """Return the day at these sites, the earliest where their clocks differ; without a site, of the study."""
        return min(map(self.day_of, tuple(sites) or self.sites or ("",)))

    def state(self, day: str | None, sites: Iterable[str]) -> State:
        """Return the state of what is due until a day."""
        if day is None:
            return "open"
        return "overdue" if day < self.day_at(sites) else "due"

    def kind(self, do: str) -> Iterator[Mapping[str, Any]]:
        """Yield the entries of a kind that happened by the day, in the order of the log."""
        return (one for one in (*self.filed, *self.facts) if one["do"] == do)

    def is_overtaken(self, decision: Mapping[str, Any]) -> bool:
        """Tell whether a decision was reported without its letter, and the letter was recorded since."""
        same = (one for one in self.kind("decision") if all(one[key] == decision[key] for key in _SAME))
        return "letter" not in decision and any("letter" in one for one in same)

    def noted(self, n: int, *names: str) -> int | None:
        """Return the number of a note that closes something; None where there is none.

        It begins with "Done:", so that no other note closes anything, and says "entry N" and one of these names.
        """
        for note in self.kind("note"):
            text = " ".join(unsealed(self.logbook, note["text"]).split()).casefold()
            if (
                text.startswith(_DONE)
                and _has(text, f"entry {n}")
                and any(_has(text, name.casefold()) for name in names)
            ):
                return int(note["n"])
        return None


def distance(line: Due, today: str) -> str:
    """Return in words how far off the day of a line is; "" where it has none."""
    if line.day is None:
        return ""
    days = (date.fromisoformat(line.day) - date.fromisoformat(today)).days
    if days <= 0:
        return "today" if days == 0 else f"{-days} day{'' if days == -1 else 's'} ago"
    within = next((f", within {ahead}" for ahead in AHEAD if days <= ahead), "") if line.what == "expiry" else ""
    return f"in {days} day{'' if days == 1 else 's'}{within}"


def view_of(logbook: Logbook, day_of: Callable[[str], str]) -> View:
    """Return the log as it is looked at on the day."""
    sites: dict[str, None] = {}
    for version in logbook.versions:
        sites |= dict.fromkeys(sites_of(logbook, version))
    empty = View(logbook, day_of, (), (), tuple(sites))
    filed = (one for one in filed_entries(logbook) if _happened(one) <= empty.day_at(one.get("sites") or ()))
    whole = (logbook.whole_entry(one["n"]) for one in logbook.entries() if one["do"] in _FACTS)
    facts = (one for one in whole if _happened(one) <= empty.day_at(()))
    return View(logbook, day_of, tuple(filed), tuple(facts), tuple(sites))


_DONE = "done:"
_SAME = ("body", "reference", "decided")
_FACTS = ("note", "urgent-safety", "deviation")


def _happened(entry: Mapping[str, Any]) -> str:
    """Return the day of an entry: a decision's own, not the one on which it was received."""
    return str(entry.get("decided") or entry.get("on") or entry["at"][:10])


def _has(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
