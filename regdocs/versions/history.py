"""What a log says, told to people: an entry in one line, and the history of one element of the protocol.

Knows the kinds of entries in words; checks nothing.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.versions.facts import unsealed
from regdocs.versions.logbook import Logbook


@dataclass(frozen=True, slots=True)
class Change:
    """A step of a version that touches an element: its entry, the version's name, the step."""

    n: int
    version: str
    on: str | None
    by: str
    why: Json
    step: dict[str, Any]


def summary(logbook: Logbook, entry: dict[str, Any]) -> str:
    """Return an entry in a few words, on one line; long texts are cut."""
    told = _TOLD.get(entry["do"])
    words = told(logbook, entry) if told else f"(an entry of the kind {entry['do']})"
    line = " ".join(words.split())
    return line if len(line) <= 160 else f"{line[:157]}…"


def history_of(logbook: Logbook, path: str) -> Iterator[Change]:
    """Yield every recorded change at a path of the data form, below it, or of what holds it, in order.

    The element's new name is followed when it was renamed.

    Raises:
        Unreadable: The steps of a version are long and their object is missing.
    """
    followed = path.rstrip("/") or "/"
    for version in logbook.versions:
        if version.amendment is None:
            continue
        entry = logbook.whole_entry(version.n)
        for step in entry["what"]:
            if touches(step["path"], followed):
                yield Change(version.n, version.name, version.on, version.by, entry.get("why"), step)
            if "rename" in step and (followed + "/").startswith(step["path"] + "/"):
                renamed = step["path"].rpartition("/")[0] + "/" + _escaped(step["rename"])
                followed = renamed + followed[len(step["path"]) :]


def is_in_a_version(logbook: Logbook, path: str) -> bool:
    """Tell whether a recorded version has an element at a path of the data form; elements of lists go by their id.

    Raises:
        Unreadable: The data form of a version is missing.
    """
    segments = [one.replace("~1", "/").replace("~0", "~") for one in path.strip("/").split("/") if one]
    forms = (json.loads(logbook.object(version.data)) for version in logbook.versions)
    return any(_has(form, segments) for form in forms)


def _has(tree: Any, segments: list[str]) -> bool:
    for segment in segments:
        if isinstance(tree, list):
            tree = {one["id"]: one for one in tree if isinstance(one, dict) and isinstance(one.get("id"), str)}
        if not isinstance(tree, dict) or segment not in tree:
            return False
        tree = tree[segment]
    return True


def touches(step_path: str, path: str) -> bool:
    """Tell whether a step at one path changes what is at, in or around the other."""
    if path == "/":
        return True
    return (step_path + "/").startswith(path + "/") or (path + "/").startswith(step_path + "/")


def _escaped(segment: str) -> str:
    return segment.replace("~", "~0").replace("/", "~1")


def _version(logbook: Logbook, entry: dict[str, Any]) -> str:
    number = f", amendment {entry['amendment']}" if "amendment" in entry else ", the original protocol"
    return f"version {entry['version']}{number}{_again(entry)}"


def _again(entry: dict[str, Any]) -> str:
    return f", submission {entry['submission']}" if "submission" in entry else ""


def _sign(logbook: Logbook, entry: dict[str, Any]) -> str:
    lines = dict(line.partition(" ")[::2] for line in entry["note"].split("\n\n")[0].split("\n")[2:])
    return f"entry {entry['of']}: {lines.get('meaning')} by {lines.get('name')}, {lines.get('role')}"


def _genesis(logbook: Logbook, entry: dict[str, Any]) -> str:
    names = ", ".join(one["name"] for one in entry["people"])
    return f"log of {entry['study']}, sponsor {entry['sponsor']}; administrators: {names}"


def _enrol(logbook: Logbook, entry: dict[str, Any]) -> str:
    return f"{entry['person']}: {entry['name']} ({', '.join(entry['roles'])})"


def _issue(logbook: Logbook, entry: dict[str, Any]) -> str:
    of = next((one.name for one in logbook.versions if one.n == entry["of"]), "?")
    replaced = f", {len(entry['replaces'])} replaced" if isinstance(entry.get("replaces"), list) else ""
    return f"documents of version {of} (entry {entry['of']}), kept: {entry['kept']}{replaced}"


def _package(logbook: Logbook, entry: dict[str, Any]) -> str:
    site = f" for {entry['site']}" if "site" in entry else ""
    return (
        f"{entry['kind']}, as {entry['profile']} wants it{site}, of {entry['on']}; manifest {entry['manifest'][:12]}…"
    )


def _submit(logbook: Logbook, entry: dict[str, Any]) -> str:
    whole = logbook.whole_entry(entry["n"])
    outside = len(whole.get("external", ()))
    what = f"{len(whole['documents']) - outside} documents of version {entry['version']}"
    what += f" and {outside} from outside" if outside else ""
    answers = f", answering entry {entry['to']}" if "to" in entry else ""
    return f"{what} to {entry['body']}, for {', '.join(whole['sites'])}{_again(entry)}{answers}"


def _decision(logbook: Logbook, entry: dict[str, Any]) -> str:
    whole = logbook.whole_entry(entry["n"])
    reported = "" if "letter" in entry else ", reported"
    what = f"{entry['outcome']}{reported} by {entry['body']} on {entry['decided']}, {entry['reference']}"
    return f"{what}: {', '.join(whole['documents'])}, for {', '.join(whole['sites'])}"


def _activate(logbook: Logbook, entry: dict[str, Any]) -> str:
    trained = "" if "trained" in entry else ", without a record of training"
    return f"{entry['site']} uses version {entry['version']} from {entry['on']}{trained}"


def _receive(logbook: Logbook, entry: dict[str, Any]) -> str:
    changes = len(logbook.whole_entry(entry["n"]).get("changes", ()))
    counted = "1 change" if changes == 1 else f"{changes} changes"
    words = f"{counted} of words" if entry["compared"] == "words" else "it has no text that can be compared"
    return f"{entry['document']} for {entry['site']}, as sent back with decision {entry['of']}: {words}"


def _deviation(logbook: Logbook, entry: dict[str, Any]) -> str:
    important = "important, " if entry["important"] else ""
    text = unsealed(logbook, logbook.whole_entry(entry["n"])["text"])
    return f"{entry['number']} at {entry['site']}, {important}{entry['category']}: {text}"


def _urgent(logbook: Logbook, entry: dict[str, Any]) -> str:
    whole = logbook.whole_entry(entry["n"])
    since = ", ".join(f"{one['site']} since {one['at']}" for one in whole["sites"])
    return f"{since}: {unsealed(logbook, whole['measure'])}"


_TOLD: dict[str, Callable[[Logbook, dict[str, Any]], str]] = {
    "genesis": _genesis,
    "enrol": _enrol,
    "key-add": lambda logbook, entry: f"{entry['person']}: {entry['key'].partition('+')[0]}",
    "role": lambda logbook, entry: f"{entry['person']}: {', '.join(entry['roles'])}",
    "key-revoke": lambda logbook, entry: (
        entry["key"] + (f", from entry {entry['since']} on" if "since" in entry else "")
    ),
    "log-key": lambda logbook, entry: f"new key of the log, id {entry['key'].split('+')[1]}",
    "release": _version,
    "amend": _version,
    "issue": _issue,
    "sign": _sign,
    "submit": _submit,
    "decision": _decision,
    "activate": _activate,
    "receive": _receive,
    "deviation": _deviation,
    "package": _package,
    "urgent-safety": _urgent,
    "signed-elsewhere": lambda logbook, entry: (
        f"entry {entry['of']}: {entry['meaning']} by {entry['signer']} ({entry['kind']}), not checked cryptographically"
    ),
    "correct": lambda logbook, entry: f"entry {entry['of']}: {unsealed(logbook, entry['text'])}",
    "note": lambda logbook, entry: unsealed(logbook, entry["text"]),
    "redact": lambda logbook, entry: f"sealed value {entry['sealed'][:16]}…: {entry['why']}",
    "anchor": lambda logbook, entry: f"{entry['kind']} of the head at {entry['size']}, {entry['time']}",
    "import": lambda logbook, entry: f"{entry['title']}, from {entry['source']}",
    "snapshot": lambda logbook, entry: f"a draft, protocol.yaml sha256:{entry['spec'][:16]}…",
    "clock": lambda logbook, entry: f"the clock read {entry['reads']}",
    "recovered": lambda logbook, entry: f"{entry['bytes']} bytes that were never acknowledged, moved to objects",
}
