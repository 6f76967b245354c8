"""Copies of the log that tools for sharing folders leave beside it when two people wrote at once.

Knows names only. Two people's logs are never merged: one of them goes on, and what the other holds is recorded there
anew by the people who know it (`regdocs verify A --against B` shows where they part).
"""

import re
from pathlib import Path

from regdocs.audit import disk
from regdocs.versions.logbook import AUDIT

_COPY = re.compile(
    r"(?:log|checkpoint)(?:"
    r"[ ._-]*\(.*\)"  # "log (1).jsonl", "log (Jane's conflicted copy 2026-03-01).jsonl"
    r"|.*(?:conflict|copy).*"  # "log.sync-conflict-20260301-1402.jsonl", "log - Copy.jsonl"
    r"|-[A-Za-z0-9_-]+"  # "log-LAPTOP7.jsonl"
    r"|\.jsonl[.~].+|\.jsonl~| \d+"  # "log.jsonl.orig", "log 2.jsonl"
    r")(?:\.jsonl)?",
    re.IGNORECASE,
)


def conflict_copies(study: Path) -> tuple[str, ...]:
    """Return the names, in the study's `audit/`, of files that look like a second copy of the log or its checkpoint.

    Raises:
        DiskRefuses: The folder cannot be read.
    """
    return tuple(name for name in disk.names_in(study / AUDIT) if _COPY.fullmatch(name))
