"""What became of a recorded version at each body: never submitted, submitted, or what was decided last.

Worked out of submissions and decisions; nothing of it is stored. A version that no body let be used stays in the log
with its state, and is never a base (`bases`).
"""

from dataclasses import dataclass

from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.submissions import filed_entries


@dataclass(frozen=True, slots=True)
class VersionState:
    """What a body last did with a version, or what was last done with it there.

    Attributes:
        body: Id of the body.
        state: An outcome, or "submitted".
        day: When.
        entry: Number of the entry that says so.
        reference: The body's; None of a submission.
        reported: Whether it is a decision without its letter.
    """

    body: str
    state: str
    day: str
    entry: int
    reference: str | None = None
    reported: bool = False

    @property
    def words(self) -> str:
        """The state in a line: "board-north: approved on 2026-02-11 (EXB-2026-014, entry 25)"."""
        told = ", ".join((*([self.reference] if self.reference else []), f"entry {self.entry}"))
        without = ", reported without its letter" if self.reported else ""
        return f"{self.body}: {self.state} on {self.day} ({told}){without}"


def states_of(logbook: Logbook, version: Version) -> tuple[VersionState, ...]:
    """Return the state of a version at each body that it went to or that decided on it, in the order of these days.

    () for a version that was never submitted.
    """
    found: dict[str, VersionState] = {}
    about = [one for one in filed_entries(logbook) if one.get("version") == version.name]
    for one in sorted(about, key=lambda entry: (entry.get("decided", entry.get("on")), entry["n"])):
        if one["do"] == "submit":
            found[one["body"]] = VersionState(one["body"], "submitted", one["on"], one["n"])
        elif one["do"] == "decision":
            reported = "letter" not in one
            found[one["body"]] = VersionState(
                one["body"], one["outcome"], one["decided"], one["n"], one["reference"], reported
            )
    return tuple(found.values())
