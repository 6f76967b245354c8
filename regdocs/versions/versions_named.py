"""Versions that people name in the answers of a response, held against what is submitted and what is recorded.

Which document a version is said to be of is not read: words name documents in too many ways. It is enough that
something which is submitted has the version.
"""

import re
from collections.abc import Collection, Iterator

from regdocs.amendment.response import VERSION, Responded, Response
from regdocs.amendment.slip import Slip
from regdocs.finding import Finding, Severity
from regdocs.versions.issued import documents_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.preparation import Prepared
from regdocs.versions.submissions import externals_of

_NAMED = re.compile(r"\bversions?\s+v?(\d+(?:\.\d+)+(?:[.-]\w+)*)", re.IGNORECASE)
"""The first one after the word, with a point in it; "version 2" says too little to be held against anything."""


def doubtful_versions(
    read: Responded, logbook: Logbook, submitted: str, sites: Collection[str], prepared: Prepared | None
) -> tuple[Finding, ...]:
    """Return where an answer names a version that nothing of the submission has; none of it stands against it.

    Args:
        read: The response, which could be read.
        submitted: The version of the protocol that is submitted.
        sites: Those that it is for.
        prepared: Its wording where that may not be recorded yet.
    """
    assert read.response is not None, "it could be read"
    here = {submitted, *_of_documents(logbook, submitted, sites, prepared)}
    known = here | set(_recorded(logbook))
    return tuple(
        read.told(
            Slip(VERSION, path, _found(number, version, version in known), _hint(submitted, here)), Severity.WARNING
        )
        for path, number, version in _named(read.response)
        if version not in here
    )


def _named(response: Response) -> Iterator[tuple[str, int, str]]:
    """Yield each version that is named: the path of the text, the stipulation's number, the version."""
    for place, one in enumerate(response.stipulations):
        for field, said in (("answer", one.answer), ("unchanged", one.unchanged)):
            words = "" if said is None or said.value is None else said.value
            for version in dict.fromkeys(_NAMED.findall(words)):
                yield f"/stipulations/{place}/{field}", one.number, version


def _found(number: int, version: str, is_recorded: bool) -> str:
    why = "which is recorded and is not submitted with it" if is_recorded else "and no such version is recorded"
    return f"the answer to stipulation {number} names version {version}, {why}"


def _hint(submitted: str, here: Collection[str]) -> str:
    others = ", ".join(sorted(set(here) - {submitted}))
    documents = f" and of its documents {others}" if others else ""
    return f"submitted are version {submitted} of the protocol{documents}; name one of them, or leave what is meant so"


def _of_documents(logbook: Logbook, submitted: str, sites: Collection[str], prepared: Prepared | None) -> Iterator[str]:
    """Yield the own versions of the documents that are submitted for these sites."""
    recorded = next((one for one in logbook.versions if one.name == submitted), None)
    if recorded is not None and recorded.issues:
        yield from (one.version for one in documents_of(logbook, recorded) if one.site in (None, *sites))
    elif prepared is not None:
        proposed = ((stem.split("/"), one) for stem, one in prepared.proposed.items())
        yield from (one.version for parts, one in proposed if len(parts) == 2 or parts[1] in sites)


def _recorded(logbook: Logbook) -> Iterator[str]:
    for version in logbook.versions:
        yield version.name
        yield from (one.version for one in documents_of(logbook, version)) if version.issues else ()
    yield from (one["document"].split("/", 2)[-1] for _, one in externals_of(logbook))
