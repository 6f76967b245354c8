"""Whether a body still has to decide on what was submitted to it; what it settled already is not asked of it again."""

from collections.abc import Iterable, Mapping
from typing import Any

from regdocs.versions.decisions import decisions_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.validity import USES

_Decision = Mapping[str, Any]


def asks_for_decision(logbook: Logbook, answered: _Decision, version: str) -> bool:
    """Tell whether a response asks the body to decide.

    It does for a wording that the body has not decided on, and for a version that it did not let be used: agreed on
    conditions, sent back, deferred, not approved. It does not where the body agreed or took note and wanted an answer
    besides, nor once it has decided on the version for every site.

    Args:
        answered: The decision that the response answers.
        version: What is submitted with it, which need not be recorded yet.
    """
    if version == answered["version"] and USES[answered["outcome"]] == "permits":
        return False
    if version not in [one.name for one in logbook.versions]:
        return True
    found = tuple(decisions_of(logbook))
    return not all(decided_since(logbook, found, answered, site, version) for site in answered["sites"])


def decided_since(
    logbook: Logbook, decisions: Iterable[_Decision], entry: _Decision, site: str, version: str | None = None
) -> bool:
    """Tell whether the body decided on a version or a later one since, with its letter or against it.

    The version is the one that the entry is about, where none is said.
    """
    ranks = {one.name: place for place, one in enumerate(logbook.versions)}
    rank = ranks.get(version or entry.get("version", ""), 0)
    return any(
        (one["decided"], one["n"]) > (entry["decided"], entry["n"])
        and one["body"] == entry["body"]
        and site in one["sites"]
        and ranks.get(one.get("version", ""), 0) >= rank
        and (USES[one["outcome"]] == "ends" or (USES[one["outcome"]] == "permits" and "letter" in one))
        for one in decisions
    )
