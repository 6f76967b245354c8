"""What a body decided: somebody else's decision, as the person says who records it, with the letter when it came.

Nobody here signs it. Refused is only what has no form; what is odd about it (`flags_of`) is recorded and told. Without
the letter a decision is reported, and nothing rests on it (`bases`).
Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from regdocs.audit.entry import OUTCOMES
from regdocs.audit.line import Json
from regdocs.audit.names import is_signed_text
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.actors import NotAllowed
from regdocs.versions.determination_words import determination_flags, require_determinations
from regdocs.versions.issued import NotIssued
from regdocs.versions.letter_names import names_day, names_text, names_version
from regdocs.versions.letters import kept_letter, letter_flags
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import Overseen, name_of, overseen, require_day
from regdocs.versions.submissions import externals_of, filed_entries, submissions_of
from regdocs.versions.version_form import form_of, known_in


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as the person says who records it.

    Attributes:
        body: Id of the body in `oversight`.
        reference: The body's own, one line.
        outcome: One of `OUTCOMES`.
        decided, received: Days.
        sites, documents: What it is about; documents as "kind/language/version".
        effective, expires: Days, where the body gave them.
        stipulations: The body's own words, each text verbatim.
        classification: The body's own class of the amendment, in its words.
        reconsent: Its determinations about participants who consented before: {`text`, `site`?, `need`?, `by`?}.
        version: The recorded version whose documents these are; None: found from what was submitted, else the newest.
    """

    body: str
    reference: str
    outcome: str
    decided: str
    received: str
    sites: tuple[str, ...]
    documents: tuple[str, ...]
    effective: str | None = None
    expires: str | None = None
    stipulations: tuple[str, ...] = ()
    classification: str | None = None
    reconsent: tuple[Mapping[str, str], ...] = ()
    version: str | None = None


def decision(
    logbook: Logbook, by: str, said: Decided, letter: bytes | None, *, why: str | None = None
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry of a decision, and the letter as an object.

    Raises:
        NotAllowed: The log is of a public record, or a part of the decision has no form: an unknown body, site,
            document or outcome, no day, an empty letter or stipulation.
        NotIssued, Refusal: The version has no documents yet, or there is no such version.
    """
    refuse_in_record(logbook, "decision")
    _require_form(said, letter)
    submitted = _submission_for(logbook, said)
    seen = _version_for(logbook, said, submitted)
    seen.require(said.body, said.sites)
    seen.require_documents(said.documents, said.sites, {one["document"] for _, one in externals_of(logbook)})
    entry = entry_of(
        "decision",
        by,
        body=said.body,
        reference=said.reference,
        outcome=said.outcome,
        decided=said.decided,
        effective=said.effective,
        expires=said.expires,
        received=said.received,
        sites=list(dict.fromkeys(said.sites)),
        documents=list(dict.fromkeys(said.documents)),
        version=seen.version.name,
        of=submitted["n"] if submitted and submitted["version"] == seen.version.name else None,
        letter=None if letter is None else kept_letter(letter, _named_in(logbook, said, seen)),
        stipulations=list(said.stipulations) or None,
        reconsent=[dict(one) for one in said.reconsent] or None,
        on=said.received,
        why=why,
        **{"class": said.classification},
    )
    return entry, {sha256_hex(letter): letter} if letter else {}


def decisions_of(logbook: Logbook) -> Iterator[dict[str, Any]]:
    """Yield the entries of decisions, in the order of the log, with long values in their places."""
    return (entry for entry in filed_entries(logbook) if entry["do"] == "decision")


def _named_in(logbook: Logbook, said: Decided, seen: Overseen) -> dict[str, Callable[[str], bool]]:
    """Return what the letter should name, each with what tells whether words do: reference, versions and dates.

    Of our documents it is enough to name the protocol's version and date, or those of every document.
    """
    expected: dict[str, Callable[[str], bool]] = {f"reference {said.reference}": partial(_names, said.reference)}
    own = [one for one in seen.documents if name_of(one) in said.documents and one.site in (None, *said.sites)]
    version, day = seen.version.name, known_in(form_of(logbook, seen.version), "date")
    if own:
        expected[f"version {version}"] = partial(_names_one, names_version, version, {one.version for one in own})
    if own and isinstance(day, str):
        expected[f"date {day}"] = partial(_names_one, names_day, day, {one.date for one in own})
    for document, date in {one["document"]: one.get("date") for _, one in externals_of(logbook)}.items():
        if document in said.documents:
            named = document.split("/", 2)[-1]
            expected[f"version of {document}"] = partial(_names_one, names_version, named, {named})
            if isinstance(date, str):
                expected[f"date {date} of {document}"] = partial(_names_one, names_day, date, {date})
    return expected


def _names(reference: str, words: str) -> bool:
    return names_text(words, reference)


def _names_one(names: Callable[[str, str], bool], protocol: str, own: Collection[str], words: str) -> bool:
    return names(words, protocol) or all(names(words, one) for one in own)


def _require_form(said: Decided, letter: bytes | None) -> None:
    if said.outcome not in OUTCOMES:
        raise NotAllowed(f'"{said.outcome}" is not an outcome: {", ".join(OUTCOMES)}')
    if not is_signed_text(said.reference):
        raise NotAllowed("the body's reference has to be one line of 1 to 200 characters")
    for what in ("decided", "effective", "expires", "received"):
        require_day(what, getattr(said, what))
    texts = (*said.stipulations, *(one.get("text", "") for one in said.reconsent))
    if not all(one.strip() for one in texts) or (said.classification is not None and not said.classification.strip()):
        raise NotAllowed("a stipulation, class or determination without words")
    require_determinations(said.reconsent)
    if letter is not None and not letter:
        raise NotAllowed("the letter is empty")


def _submission_for(logbook: Logbook, said: Decided) -> dict[str, Any] | None:
    """Return the newest submission that the decision can be about."""
    found = [
        one
        for one in submissions_of(logbook)
        if one["body"] == said.body
        and set(one["sites"]) & set(said.sites)
        and set(one["documents"]) & set(said.documents)
        and said.version in (None, one["version"])
    ]
    return found[-1] if found else None


def _version_for(logbook: Logbook, said: Decided, submitted: Mapping[str, Any] | None) -> Overseen:
    """Return the version whose documents are decided on: the one named, the one submitted, else one that has them.

    Raises:
        Refusal: No version is recorded.
    """
    name = said.version or (submitted["version"] if submitted else None)
    if name is not None:
        return overseen(logbook, logbook.version(name))
    known = [overseen(logbook, one) for one in reversed(logbook.versions) if one.issues]
    if not known:
        raise NotIssued("no version with documents is recorded, so there is nothing to decide on")
    ours = set(said.documents) - {one["document"] for _, one in externals_of(logbook)}
    fit = (one for one in known if ours <= set(one.names(said.sites)))
    return next(fit, known[0])


# -------------------------------------------------------------------------------------------------------------- flags


def flags_of(logbook: Logbook, entry: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a reader should be told of a decision; nothing of it keeps a decision from being recorded."""
    before = [one for one in filed_entries(logbook) if one["n"] < entry["n"]]
    found = (
        *_days_told(entry),
        *determination_flags(entry),
        *_not_served(logbook, entry),
        *_not_submitted(entry, before),
        *_others(entry, before),
    )
    if "letter" not in entry:
        return (*found, "without its letter: reported only, and no base")
    return (*found, *letter_flags(entry["letter"]))


def _days_told(entry: Mapping[str, Any]) -> Iterator[str]:
    decided, effective, expires = entry["decided"], entry.get("effective"), entry.get("expires")
    if effective is not None and effective < decided:
        yield f"effective on {effective}, before it was decided on {decided}"
    if expires is not None and expires < (effective or decided):
        yield f"it expires on {expires}, before it is effective on {effective or decided}"
    if entry["received"] < decided:
        yield f"received on {entry['received']}, before it was decided on {decided}"


def _not_served(logbook: Logbook, entry: Mapping[str, Any]) -> Iterator[str]:
    try:
        served = overseen(logbook, logbook.version(entry["version"])).bodies.get(entry["body"], ())
    except (Refusal, KeyError):
        return
    for site in entry["sites"]:
        if site not in served:
            yield f'the body "{entry["body"]}" does not decide for the site "{site}"'


def _not_submitted(entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    mine = [one for one in before if one["do"] == "submit" and one["body"] == entry["body"]]
    for document in entry["documents"]:
        sites = [(site, [one["on"] for one in mine if _is_about(one, site, document)]) for site in entry["sites"]]
        never = [site for site, days in sites if not days]
        early = sorted({min(days) for _, days in sites if days and min(days) > entry["decided"]})
        if never:
            yield f"{document} was not submitted to {entry['body']} before, for {', '.join(never)}"
        if early:
            yield f"{document} was submitted on {early[0]}, after it was decided on {entry['decided']}"


def _others(entry: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Name earlier decisions of the same body and day on the same document and site that say something else."""
    for one in before:
        same = one["do"] == "decision" and (one["body"], one["decided"]) == (entry["body"], entry["decided"])
        shared = same and set(one["sites"]) & set(entry["sites"]) and set(one["documents"]) & set(entry["documents"])
        if shared and one["outcome"] != entry["outcome"]:
            yield f"entry {one['n']} says {one['outcome']} on the same day, for the same documents"


def _is_about(entry: Mapping[str, Any], site: str, document: str) -> bool:
    return site in entry["sites"] and document in entry["documents"]
