"""Facts for the log that are no version and no signature: notes, corrections, redactions, imports, snapshots.

Knows what each entry says, and what about it a reader should be told at once: recorded late, out of order. Such facts
are recorded and flagged, never refused; only what has no form is refused.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from regdocs.audit.days import Days
from regdocs.audit.forms import is_day
from regdocs.audit.line import Json
from regdocs.audit.store import sealed_digest
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.acting import Record, Writing, entry_of
from regdocs.versions.actors import NotAllowed
from regdocs.versions.logbook import Logbook, open_logbook


def note(by: str, text: Json, *, on: str | None = None, why: str | None = None) -> dict[str, Json]:
    """Return the entry of any fact, with its day. `text` may be a sealed text (`seal`).

    Raises:
        NotAllowed: There is no text, or the day has another form.
    """
    return entry_of("note", by, text=_text(text), on=_day(on), why=why)


def correct(
    logbook: Logbook, n: int, by: str, text: Json, *, on: str | None = None, why: str | None = None
) -> dict[str, Json]:
    """Return the entry that corrects what entry `n` says; that one stays as it is.

    Raises:
        NotAllowed: As `note`.
        Refusal: There is no such entry.
    """
    logbook.entry(n)
    return entry_of("correct", by, of=n, text=_text(text), on=_day(on), why=why)


def imported(by: str, page: bytes, *, source: str, title: str, read_on: str) -> dict[str, Json]:
    """Return the entry of a page that was read: its digest, where it was, when. The page itself is not kept.

    Raises:
        NotAllowed: No source, no title, an empty page, or a day of another form.
    """
    if not page:
        raise NotAllowed("an import needs a page that is not empty")
    return imported_by_digest(by, sha256_hex(page), source=source, title=title, read_on=read_on)


def imported_by_digest(
    by: str, digest: str, *, source: str, title: str, read_on: str, why: str | None = None
) -> dict[str, Json]:
    """Return the entry of a page that was read and is not at hand any more: its digest was written down.

    Raises:
        NotAllowed: No source, no title, or a day of another form.
    """
    if not source.strip() or not title.strip():
        raise NotAllowed("an import needs its source and its title")
    return entry_of("import", by, object=digest, source=source, title=title, on=_day(read_on), why=why)


def snapshot(by: str, spec: str, data: str, inputs: str, *, why: str | None = None) -> dict[str, Json]:
    """Return the entry of a draft at one moment; it is nobody's version."""
    return entry_of("snapshot", by, spec=spec, data=data, inputs=inputs, why=why)


# ------------------------------------------------------------------------------------------------------ sealed values


def sealed(logbook: Logbook, entry: Mapping[str, Json], salt: bytes) -> Record:
    """Return the record of an entry whose `text` is kept where it can be removed later.

    It is kept when the record is written, under the log's lock and not while it is rehearsed, so nobody takes it for
    left over meanwhile. When nothing comes of the write, `remove_unnamed` removes it.

    Args:
        logbook: The log.
        entry: The entry with its `text` in plain words.
        salt: 16 bytes that nobody can guess, so that the digest alone tells nothing.
    """
    _text(entry["text"])

    def record(writing: Writing) -> Mapping[str, Json]:
        if writing.clock is not None:
            logbook.folder.sealed.put(entry["text"], salt)
        return {**entry, "text": {"sealed": sealed_digest(entry["text"], salt)}}

    return record


def remove_unnamed(logbook: Logbook) -> tuple[str, ...]:
    """Remove sealed texts that no entry names, and return their digests: what was left by a write that was cut short.

    Raises:
        Refusal: The log does not hold, so nobody can say what it names; nothing is removed.
    """
    if not set(logbook.folder.sealed.names()) - _named(logbook):
        return ()
    with logbook.folder.locked():  # what another process seals at this moment it also records under this lock
        now = open_logbook(logbook.study)
        left = set(logbook.folder.sealed.names()) - _named(now) if now else set()
        for digest in sorted(left):
            logbook.folder.sealed.remove(digest)
    return tuple(sorted(left))


def _named(logbook: Logbook) -> set[str]:
    return {digest for entry in logbook.entries() for digest in sealed_in(entry)}


def redaction(logbook: Logbook, digest: str, by: str, why: str) -> dict[str, Json] | None:
    """Return the entry for the removal of a sealed value; None when it is recorded already.

    Record it first and then `remove`: a crash between the two leaves a value that can be removed again.

    Raises:
        NotAllowed: No entry names such a value, or there is no reason.
    """
    if not why.strip():
        raise NotAllowed("a redaction needs its reason")
    named = False
    for entry in logbook.entries():
        if entry["do"] == "redact" and entry["sealed"] == digest:
            return None
        named = named or digest in sealed_in(entry)
    if not named:
        raise NotAllowed(
            f"no entry names a sealed value {digest[:16]}…; protocol values and plain texts are never removed"
        )
    return entry_of("redact", by, sealed=digest, why=why)


def remove(logbook: Logbook, digest: str) -> None:
    """Delete the content of a sealed value. The log stays whole; that it was recorded stays visible."""
    with logbook.folder.locked():
        logbook.folder.sealed.remove(digest)


def sealed_in(value: Json) -> set[str]:
    """Return the digests of the sealed values that an entry names."""
    if isinstance(value, dict):
        if value.keys() == {"sealed"} and isinstance(value["sealed"], str):
            return {value["sealed"]}
        return {found for one in value.values() for found in sealed_in(one)}
    return {found for one in value for found in sealed_in(one)} if isinstance(value, list) else set()


def unsealed(logbook: Logbook, value: Json) -> str:
    """Return a text in plain words: a sealed one opened, or said to be removed."""
    digest = value.get("sealed") if isinstance(value, dict) else None
    if not isinstance(digest, str):
        return str(value)
    try:
        return f"{logbook.folder.sealed.get(digest)} (sealed {digest})"
    except Refusal:
        return f"(sealed {digest}; its content is not here)"


# -------------------------------------------------------------------------------------------------------------- flags


def flagged(logbook: Logbook, first: int = 0) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
    """Yield the entries from `first` on, each with what a reader should be told of it: late, out of order, odd.

    Nothing of that keeps a fact from being recorded.
    """
    days = Days()
    for entry in logbook.entries():
        flags = days.take(entry["n"], entry["at"], entry["on"]) if "on" in entry else ()
        if entry["n"] >= first and entry["do"] in _ODD:
            flags += _odd(logbook, logbook.whole_entry(entry["n"]))
        if entry["n"] >= first:
            yield entry, flags


_ODD = ("decision", "activate", "submit", "deviation", "receive")


def _odd(logbook: Logbook, entry: dict[str, Any]) -> tuple[str, ...]:
    # Imported here, because they load the table of kinds of documents.
    from regdocs.versions.copies_back import receipt_flags
    from regdocs.versions.decisions import flags_of
    from regdocs.versions.deviations import deviation_flags
    from regdocs.versions.externals import submission_flags
    from regdocs.versions.validity import activation_flags

    told = {
        "decision": flags_of,
        "activate": activation_flags,
        "submit": submission_flags,
        "deviation": deviation_flags,
        "receive": receipt_flags,
    }
    return told[entry["do"]](logbook, entry)


def _text(text: Json) -> Json:
    if isinstance(text, str) and not text.strip():
        raise NotAllowed("there is no text to record")
    return text


def _day(on: str | None) -> str | None:
    if on is not None and not is_day(on):
        raise NotAllowed(f'"{on}" is not a day of the form 2026-03-01')
    return on
