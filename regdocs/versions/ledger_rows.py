"""How entries of the log become rows of the ledger: one function a kind of entry, in one table.

A long list of documents stands in a row in full; a sealed text is named and never printed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from regdocs.audit.line import Json
from regdocs.versions import tmf
from regdocs.versions.deviations import IMMEDIATE_HAZARD
from regdocs.versions.facts import flagged
from regdocs.versions.ledger import Row, What
from regdocs.versions.letters import words_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of, overseen_bodies
from regdocs.versions.submissions import filed_entries
from regdocs.versions.validity import brought_by, standing_words

_TRAINED_WORDS = 2000  # characters of a record of training
_MARKS = {"undecided": "BEFORE APPROVAL", "expired": "AFTER EXPIRY", "ended": "AFTER IT WAS TAKEN BACK"}
_TOLD_OTHERWISE = ("recorded late by", "used at ", "changed ")  # as days, as a flag with its mark, in the words

_Entry = Mapping[str, Any]


def rows_of(logbook: Logbook) -> Iterator[Row]:
    """Yield the rows of a log, in its order. Raises as `ledger.ledger`."""
    corrected: dict[int, list[str]] = {}
    for entry in logbook.entries():
        if entry["do"] == "correct":
            corrected.setdefault(entry["of"], []).append(f"corrected by entry {entry['n']}: {_text(entry['text'])}")
    for entry, flags in flagged(logbook):
        make = _ROWS.get(entry["do"])
        if make is not None:
            told = tuple(flag for flag in flags if not flag.startswith(_TOLD_OTHERWISE))
            whole = logbook.whole_entry(entry["n"])
            yield from make(logbook, whole, (*told, *corrected.get(entry["n"], ())))


def with_record_read(logbook: Logbook, row: Row) -> Row:
    """Return a row of a record of training with what the record says, as far as its file has words.

    Raises:
        ObjectMissing, ObjectDiffers: The record is not in the log's store as it was recorded.
    """
    trained = logbook.whole_entry(row.entry)["trained"]
    words = words_of(logbook.object(trained["object"]))
    if not words:
        return replace(row, words=f"{row.words}; its words cannot be read here, so a person has to")
    cut = "…" if len(words) > _TRAINED_WORDS else ""
    return replace(row, words=f"{row.words}: {words[:_TRAINED_WORDS]}{cut}")


def _row(logbook: Logbook, entry: _Entry, what: What, words: str, **more: Any) -> Row:
    """Return a row with what every entry says of itself, and its version."""
    version = next((one for one in logbook.versions if one.name == entry.get("version")), None)
    own = {
        "happened": entry.get("on") or entry["at"][:10],
        "version": entry.get("version"),
        "amendment": version.amendment if version else None,
    }
    return Row(what, entry["n"], recorded=entry["at"], by=entry["by"], words=words, **(own | more))


# ------------------------------------------------------------------------------------------------------------- bodies


def _submitted(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    again = "to" in entry
    outside = entry.get("external", ())
    words = f"{len(entry['documents']) - len(outside)} documents of version {entry['version']}"
    words += "".join(f"; {_external(one)}" for one in outside if isinstance(one, dict))
    if again:
        words = f"submission {entry.get('submission', '?')}, answering entry {entry['to']}: {words}"
        words += "".join(f"; stipulation {one['number']}: {_text(one['answer'])}" for one in _answers(entry))
    words += "".join(f"; letter {_file(one)}" for one in entry.get("response", ()))
    more = _filed(logbook, entry) | {"tmf": tmf.of_submission(_role(logbook, entry)), "flags": flags}
    yield _row(logbook, entry, "response" if again else "submission", words, **more)


def _decided(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    belongs = tmf.of_decision(_role(logbook, entry))
    more = _filed(logbook, entry) | {"reference": entry["reference"], "tmf": belongs}

    def row(what: What, words: str, **own: Any) -> Row:
        return _row(logbook, entry, what, words, **(more | own))

    yield row("decision", _decision_words(entry), happened=entry["decided"], outcome=entry["outcome"], flags=flags)
    if "letter" in entry:
        yield row("letter", f"letter of {entry['body']}: {_file(entry['letter'])}", documents=())
    answered = [one["n"] for one in filed_entries(logbook) if one["do"] == "submit" and one.get("to") == entry["n"]]
    told = f"answered in entry {', '.join(map(str, answered))}" if answered else "no answer is recorded"
    for number, text in enumerate(entry.get("stipulations", ()), start=1):
        yield row("question", f"stipulation {number}, {told}: {_text(text)}", documents=())
    if entry["outcome"] in ("changes-required", "deferred") and not entry.get("stipulations"):
        yield row("question", f"{entry['outcome']}, without a stipulation recorded; {told}", documents=())


def _received(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    decision = next((one for one in filed_entries(logbook) if one["n"] == entry["of"]), {})
    changes = [one for one in entry.get("changes", ()) if isinstance(one, dict)]
    compared = "no word differs" if entry["compared"] == "words" else "it has no text that can be compared"
    told = "; ".join(f"“{one.get('was', '')}” became “{one.get('now', '')}”{_where(one)}" for one in changes)
    words = f"{entry['document']} as sent back, {_file(entry['file'])}: {told or compared}"
    yield _row(
        logbook,
        {**entry, "version": decision.get("version")},
        "received copy",
        words,
        body=decision.get("body"),
        reference=decision.get("reference"),
        sites=(entry["site"],),
        documents=(entry["document"],),
        tmf=tmf.of_document(entry["document"].partition("/")[0]),
        flags=(
            *((f"the body changed {len(changes)} place{'' if len(changes) == 1 else 's'}",) if changes else ()),
            *flags,
        ),
    )


def _filed(logbook: Logbook, entry: _Entry) -> dict[str, Any]:
    return {"body": entry["body"], "sites": tuple(entry["sites"]), "documents": tuple(entry["documents"])}


def _decision_words(entry: _Entry) -> str:
    """Return what a decision says beside outcome and reference: days, class, what it determined about re-consent."""
    days = [
        f"{what} {entry[key]}" for key, what in (("effective", "effective"), ("expires", "expires")) if key in entry
    ]
    told = [", ".join(days)] if days else []
    told += [f"class: {_text(entry['class'])}"] if "class" in entry else []
    for one in entry.get("reconsent", ()):
        if isinstance(one, dict):
            at = f" at {one['site']}" if "site" in one else ""
            told.append(f"on consent given before{at}: {_text(one.get('text', ''))}")
    return "; ".join((*told, *(() if "letter" in entry else ("without its letter",))))


def _role(logbook: Logbook, entry: _Entry) -> str | None:
    """Return the role of an entry's body in its version."""
    version = next((one for one in logbook.versions if one.name == entry.get("version")), None)
    if version is None:
        return None
    role = overseen_bodies(logbook, version).get(entry["body"], {}).get("role")
    return role if isinstance(role, str) else None


def _answers(entry: _Entry) -> Iterator[dict[str, Any]]:
    return (one for one in entry.get("answers", ()) if isinstance(one, dict) and {"number", "answer"} <= one.keys())


def _external(one: Mapping[str, Any]) -> str:
    title, kind = one.get("title", "?"), one.get("type", "?")
    return f"{one.get('document', '?')} ({title}; {kind}; {tmf.number_of(tmf.of_external(kind))})"


def _where(one: Mapping[str, Any]) -> str:
    return f" ({one['where']})" if one.get("where") else ""


# -------------------------------------------------------------------------------------------------------------- sites


def _activated(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    states = brought_by(logbook, entry)
    names = tuple(dict.fromkeys(name_of(one.document) for one in states))
    row = partial(_row, logbook, entry, sites=(entry["site"],))
    trained = entry.get("trained")
    record = "record of training kept" if trained else "no record of training"
    words = f"{entry['site']} uses version {entry['version']} from {entry['on']}; {record}"
    yield row("activation", words, documents=names, flags=(*_not_permitted(states), *flags))
    if trained:
        words = f"who was trained: {_file(trained)}"
        yield row("training record", words, tmf=tmf.TRAINING)


def _not_permitted(states: Any) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for one in states:
        for body in one.bodies:
            if body.standing != "permits":
                reason = f"{_MARKS[body.standing]}: {standing_words(body)}"
                by_reason.setdefault(reason, []).append(name_of(one.document))
    return (f"{reason}: {', '.join(dict.fromkeys(names))}" for reason, names in by_reason.items())


def _measured(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    since = ", ".join(f"{one['site']} since {one.get('said') or one['at']}" for one in entry["sites"])
    words = f"{_text(entry['measure'])} ({since}; decided by {_text(entry['decided_by'])})"
    early = "BEFORE APPROVAL: taken at once against a hazard, without a decision"
    sites = tuple(one["site"] for one in entry["sites"])
    yield _row(logbook, entry, "urgent measure", words, sites=sites, flags=(early, *flags))


def _deviated(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    told = [one for one in entry.get("reported", ()) if isinstance(one, dict)]
    reports = "; ".join(_report(one) for one in told) or "no report is recorded"
    important = "important" if entry["important"] else "not important"
    words = f"{entry['category']}, {important}: {_text(entry['text'])} ({reports})"
    early = {IMMEDIATE_HAZARD: "against an immediate hazard", "oversight": "as the deviation says"}
    marks = (f"WITHOUT APPROVAL: {early[entry['category']]}",) if entry["category"] in early else ()
    more = {"sites": (entry["site"],), "reference": entry["number"], "tmf": tmf.DEVIATIONS}
    yield _row(logbook, entry, "deviation", words, flags=(*marks, *flags), **more)


def _report(one: Mapping[str, Any]) -> str:
    days = [f"{what} {one[key]}" for key, what in (("on", "reported"), ("due", "due")) if key in one]
    return f"{one.get('to', '?')}: {', '.join(days) or 'no day'}"


def _issued(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    """Yield the notices to investigators that came with a version, one row for its sites together."""
    listed = [one for one in entry.get("companions", ()) if isinstance(one, dict)]
    notices = [one for one in listed if one.get("kind") == "investigator-notice"]
    version = next((one.name for one in logbook.versions if one.n == entry["of"]), None)
    if notices:
        sites = tuple(dict.fromkeys(one["part"] for one in notices if "part" in one))
        names = tuple(dict.fromkeys(f"{one['kind']}/{one['language']}/{one['version']}" for one in notices))
        words = f"notice to investigators about version {version}, issued; that it was sent is not known here"
        yield _row(logbook, {**entry, "version": version}, "notice", words, sites=sites, documents=names, flags=flags)


def _noted(logbook: Logbook, entry: _Entry, flags: tuple[str, ...]) -> Iterator[Row]:
    """Yield a note; it is of a body where it names one by its id."""
    text = _text(entry["text"])
    known = {body for version in logbook.versions for body in overseen_bodies(logbook, version)}
    named = [body for body in sorted(known) if body in text.replace(",", " ").replace(".", " ").split()]
    yield _row(logbook, entry, "note", text, body=named[0] if len(named) == 1 else None, flags=flags)


def _file(one: Mapping[str, Any]) -> str:
    return f"{one['kind']}, {one['bytes']:,} bytes, sha256:{one['object']}"


def _text(value: Json) -> str:
    return value if isinstance(value, str) else "(sealed: not printed here)"


_ROWS: dict[str, Callable[[Logbook, _Entry, tuple[str, ...]], Iterator[Row]]] = {
    "submit": _submitted,
    "decision": _decided,
    "receive": _received,
    "activate": _activated,
    "urgent-safety": _measured,
    "deviation": _deviated,
    "issue": _issued,
    "note": _noted,
}
