"""Documents from outside, such as advertisements: whether the bodies that they went to let them be used at a site.

No version brings them into use, so nothing is activated and nothing superseded: each stands by itself, approved from a
day until one. Which bodies have to see a brochure or a poster is not said by a protocol; those count that it was
submitted to. Knows submissions and decisions as the log has them now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.forms import is_day
from regdocs.errors import UsageError
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import deciding_bodies
from regdocs.versions.submissions import externals_of
from regdocs.versions.validity import BodyState, body_state, require_site, standing_words


@dataclass(frozen=True, slots=True)
class ExternalState:
    """How a document from outside stands at a site on a day.

    Attributes:
        document: As entries name it: "poster/en/1.0".
        site, day: Where and when.
        type, title, date, sha256: As the last submission for the site says; None where it does not.
        bodies: Each body that it went to for this site.
        others: Bodies that decide for the site, to which it did not go.
        submitted: Numbers of the entries of its submissions for the site.
        files: How many files of other digests went to bodies under this name; a decision names no digest.
    """

    document: str
    site: str
    day: str
    type: str | None
    title: str | None
    date: str | None
    sha256: str | None
    bodies: tuple[BodyState, ...]
    others: tuple[str, ...]
    submitted: tuple[int, ...]
    files: int

    @property
    def approved(self) -> bool:
        """Whether every body that it went to lets it be used, and only one file went by this name."""
        return self.files == 1 and bool(self.bodies) and all(one.standing == "permits" for one in self.bodies)

    @property
    def entries(self) -> tuple[int, ...]:
        """Numbers of the entries that the answer rests on, in the order of the log."""
        return tuple(sorted({*self.submitted, *(one.entry for one in self.bodies if one.entry is not None)}))

    @property
    def why_not(self) -> tuple[str, ...]:
        """What keeps it from being used, in words; () where nothing does."""
        told = tuple(standing_words(one) for one in self.bodies if one.standing != "permits")
        several = f"{self.files} files went by this name, and nobody can tell which one was decided on"
        return told if self.files == 1 else (*told, several)


def is_external(logbook: Logbook, name: str) -> bool:
    """Tell whether a name is that of a document from outside that was submitted: its first part, or all of it."""
    return any(_is_named(one["document"], name) for _, one in externals_of(logbook))


def externals_at(
    logbook: Logbook, site: str, day: str, name: str, language: str | None = None
) -> tuple[ExternalState, ...]:
    """Return how each version of a document from outside stands at a site on a day, in the order of submission.

    Args:
        name: "poster", or all of "poster/en/1.0".

    Raises:
        UsageError: The day is none.
        Refusal: No recorded version has the site.
    """
    if not is_day(day):
        raise UsageError(f'"{day}" is not a day of the form 2026-05-03')
    require_site(logbook, site)
    about: dict[str, list[tuple[Mapping[str, Any], Mapping[str, Any]]]] = {}
    for entry, one in externals_of(logbook):
        named = _is_named(one["document"], name) and language in (None, one["document"].split("/")[1])
        if named and site in entry["sites"]:
            about.setdefault(one["document"], []).append((entry, one))
    return tuple(_state(logbook, document, site, day, told) for document, told in about.items())


def submission_flags(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of a submission: a name that stood for another file before."""
    told: list[str] = []
    for one in entry.get("external", ()):
        for before, other in externals_of(logbook):
            same_name = before["n"] < entry["n"] and other["document"] == one["document"]
            if same_name and other.get("sha256") != one.get("sha256"):
                told.append(f"another file under the same name: {one['document']} is not that of entry {before['n']}")
                break
    return tuple(told)


def _state(
    logbook: Logbook, document: str, site: str, day: str, told: list[tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> ExternalState:
    entry, last = told[-1]
    went_to = tuple(dict.fromkeys(one["body"] for one, _ in told))
    deciding = deciding_bodies(logbook, logbook.version(entry["version"]), site)
    return ExternalState(
        document,
        site,
        day,
        last.get("type"),
        last.get("title"),
        last.get("date"),
        last.get("sha256"),
        tuple(body_state(logbook, body, document, site, day) for body in went_to),
        tuple(one for one in deciding if one not in went_to),
        tuple(one["n"] for one, _ in told),
        len({one.get("sha256") for _, one in told}),
    )


def _is_named(document: str, name: str) -> bool:
    return name in (document, document.partition("/")[0])
