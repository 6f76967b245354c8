"""The timeline: one item an entry, by the day it happened, with who, when, why and what a reader should be told of it.

The words are those of the ledger where it has a row, else those of the log's table. Signatures are listed with what
they sign.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.audit.note import NotANote, parse_note
from regdocs.audit.statement import NotAStatement, parse_statement
from regdocs.versions.facts import flagged, unsealed
from regdocs.versions.history import summary
from regdocs.versions.ledger import Row, ledger
from regdocs.versions.logbook import Logbook

# What a reader may ask for: each kind of entry in one group.
GROUPS = {
    "versions": ("release", "amend", "issue", "snapshot", "import"),
    "bodies": ("submit", "decision", "receive", "package"),
    "sites": ("activate", "urgent-safety", "deviation"),
    "notes": ("note", "correct", "redact"),
    "people": ("genesis", "enrol", "role", "key-add", "key-revoke", "log-key", "anchor", "clock", "recovered"),
}
_CALLED = {
    "genesis": "log begun",
    "enrol": "person enrolled",
    "role": "roles given",
    "key-add": "key added",
    "key-revoke": "key revoked",
    "log-key": "new key of the log",
    "release": "original protocol",
    "amend": "amendment",
    "issue": "documents issued",
    "submit": "submission",
    "receive": "copy sent back",
    "activate": "use begins",
    "urgent-safety": "urgent safety measure",
    "correct": "correction",
    "redact": "sealed text removed",
    "anchor": "head witnessed",
    "import": "page read",
    "recovered": "bytes set aside",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry on the timeline.

    Attributes:
        entry: Its number.
        kind: What it is called; `group` is the group it belongs to.
        happened: The day it happened; `on` is the same where the person gave one, else None.
        at, by, why: When and by whom it was recorded, and the reason given.
        words: What happened, a line each.
        flags: What a reader should be told: recorded late, out of order, before approval …
        signed: Numbers of the entries that sign it.
    """

    entry: int
    kind: str
    group: str
    happened: str
    on: str | None
    at: str
    by: str
    why: str | None
    words: tuple[str, ...]
    flags: tuple[str, ...]
    signed: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as its entry has it; whether it holds is said by the page, in the reader's browser.

    Attributes:
        entry, of: Its entry, and the one that it signs.
        name, role, meaning, time: As the signed text says; `role` is None of one made elsewhere.
        about: What is signed, in words.
        elsewhere: How it was made, where it was made elsewhere.
    """

    entry: int
    of: int
    name: str
    role: str | None
    meaning: str
    time: str
    about: str
    elsewhere: str | None = None


def timeline(logbook: Logbook) -> tuple[Item, ...]:
    """Return the entries but the signatures, by the day they happened. Raises as `ledger.ledger`."""
    rows: dict[int, list[Row]] = {}
    for row in ledger(logbook):
        rows.setdefault(row.entry, []).append(row)
    signed: dict[int, list[int]] = {}
    for entry in logbook.entries():
        if entry["do"] in ("sign", "signed-elsewhere"):
            signed.setdefault(entry["of"], []).append(entry["n"])
    items = [
        _item(logbook, entry, flags, rows.get(entry["n"], []), tuple(signed.get(entry["n"], ())))
        for entry, flags in flagged(logbook)
        if entry["do"] not in ("sign", "signed-elsewhere")
    ]
    return tuple(sorted(items, key=lambda one: (one.happened, one.entry)))


def _item(
    logbook: Logbook, entry: dict[str, Any], flags: tuple[str, ...], rows: list[Row], signed: tuple[int, ...]
) -> Item:
    kind = _CALLED.get(entry["do"], entry["do"])
    group = next((name for name, kinds in GROUPS.items() if entry["do"] in kinds), "notes")
    happened = str(entry.get("decided") or entry.get("on") or entry["at"][:10])
    why = unsealed(logbook, entry["why"]) if "why" in entry else None
    words = tuple(_row_words(entry, rows)) or (summary(logbook, entry),)
    told = tuple(dict.fromkeys((*(flag for row in rows for flag in row.flags), *_late(flags))))
    told = told if rows else flags
    if entry["do"] == "amend":
        kind = f"amendment {entry['amendment']}"
    return Item(entry["n"], kind, group, happened, entry.get("on"), entry["at"], entry["by"], why, words, told, signed)


def _row_words(entry: dict[str, Any], rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if row.what == "notice" or (row.what == "note" and entry["do"] != "note"):
            continue
        said = " · ".join(one for one in (row.body, row.outcome, row.reference) if one and row.what != "question")
        sites = (
            f"for {', '.join(row.sites)}" if row.sites and row.what in ("decision", "submission", "response") else ""
        )
        head = " ".join(one for one in (said, sites) if one)
        yield f"{head}: {row.words}" if head and row.words else head or row.words
        if row.documents and row.what in ("decision", "submission", "response"):
            yield f"documents: {', '.join(row.documents)}"


def _late(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag.startswith("recorded late by"))


def signatures(logbook: Logbook) -> tuple[Signature, ...]:
    """Return every signature, in the order of the log."""
    return tuple(_signatures(logbook))


def _signatures(logbook: Logbook) -> Iterator[Signature]:
    entries = {entry["n"]: entry for entry in logbook.entries()}
    names = {one.n: f"text of version {one.name}" for one in logbook.versions}
    names |= {issue.n: f"documents of version {one.name}" for one in logbook.versions for issue in one.issues}
    for n, entry in entries.items():
        about = names.get(entry.get("of", -1)) or _CALLED.get(entries.get(entry.get("of", -1), {}).get("do", ""), "")
        if entry["do"] == "sign":
            yield _signed_here(n, entry, about)
        elif entry["do"] == "signed-elsewhere":
            signer = unsealed(logbook, entry["signer"])
            yield Signature(n, entry["of"], signer, None, entry["meaning"], entry["on"], about, entry["kind"])


def _signed_here(n: int, entry: dict[str, Any], about: str) -> Signature:
    try:
        said = parse_statement(parse_note(entry["note"].encode("utf-8")).text)
    except (NotANote, NotAStatement):
        return Signature(n, entry["of"], "?", None, "cannot be read", entry["at"], about)
    given = f" for {said.for_}, under entry {said.under}" if said.for_ else ""
    return Signature(n, entry["of"], said.name, said.role, said.meaning, said.time, f"{about}{given}")
