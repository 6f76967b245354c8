"""Everything that happened to each element of the protocol: which versions changed it, how, and where it is mentioned.

An element is a member of a list with ids, such as a criterion or a visit, or a part of the protocol that is no such
list. Renamed elements are followed from their first name.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.amendment.change import Change
from regdocs.amendment.labels import label_of
from regdocs.amendment.places import below, ids_of
from regdocs.spec.paths import join
from regdocs.versions.history import history_of, touches
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.version_form import form_of
from regdocs.web.changes import Told, told

_MOST_MENTIONS = 12
_TELLING = ("note", "correct", "deviation", "decision", "submit", "urgent-safety", "amend")
_TEXTS = ("text", "why", "stipulations", "answers", "reconsent", "measure", "hazard", "class")


@dataclass(frozen=True, slots=True)
class Changed:
    """What a version did to an element: the version, and the changes in it."""

    version: Version
    changes: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element, what happened to it, and the entries whose words mention it.

    Attributes:
        path: Where it is ("/eligibility/E02"); `id` is the last part.
        label: What people call it.
        first: The first recorded version that has it.
        changed: By which versions it was changed after that.
        mentions: Numbers of entries that name it.
    """

    path: str
    id: str
    label: str
    first: str
    changed: tuple[Changed, ...]
    mentions: tuple[int, ...]


def elements(logbook: Logbook, changes: Mapping[int, tuple[Change, ...]]) -> tuple[Element, ...]:
    """Return the elements of all recorded versions, those that were changed first, each in the protocol's order.

    Raises:
        Unreadable: The steps or the data form of a version are missing.
    """
    texts = _texts(logbook)
    found = [_element(logbook, *one, changes, texts) for one in _first_seen(logbook, changes)]
    return tuple(sorted(found, key=lambda one: not one.changed))


def _first_seen(logbook: Logbook, changes: Mapping[int, tuple[Change, ...]]) -> Iterator[tuple[str, Version]]:
    """Yield the path of each element with the first version that has it; new names of known ones are passed over."""
    seen: set[str] = set()
    for version in logbook.versions:
        renamed = {_renamed(one) for one in changes[version.n] if one.kind == "renamed"}
        for path in _paths(form_of(logbook, version)):
            if path not in seen and path not in renamed:
                yield path, version
            seen.add(path)


def _renamed(change: Change) -> str:
    return f"{change.path.rpartition('/')[0]}/{change.new}"


def _paths(form: Mapping[str, Any]) -> Iterator[str]:
    for key, value in form.items():
        if ids_of(value) is None:
            yield join("", key)
        yield from _within(value, join("", key))


def _within(value: Any, path: str) -> Iterator[str]:
    """Yield the paths of the members of lists with ids, at any depth."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _within(one, join(path, key))
    for own in ids_of(value) or ():
        yield join(path, own)
        yield from _within(below(value, own), join(path, own))


def _element(
    logbook: Logbook,
    path: str,
    version: Version,
    changes: Mapping[int, tuple[Change, ...]],
    texts: Mapping[int, str],
) -> Element:
    own = path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
    done = tuple(_changed(logbook, path, changes)) if _is_touched(path, changes) else ()
    mentions = tuple(n for n, text in texts.items() if _names(text, own)) if path.count("/") > 1 else ()
    return Element(path, own, label_of(path, form_of(logbook, version)), version.name, done, mentions[:_MOST_MENTIONS])


def _is_touched(path: str, changes: Mapping[int, tuple[Change, ...]]) -> bool:
    return any(touches(one.path, path) for every in changes.values() for one in every)


def _changed(logbook: Logbook, path: str, changes: Mapping[int, tuple[Change, ...]]) -> Iterator[Changed]:
    by_version: dict[int, list[Change]] = {}
    followed = path
    for step in history_of(logbook, path):
        mine = [one for one in changes[step.n] if one.step == step.step and touches(one.path, followed)]
        by_version.setdefault(step.n, []).extend(mine)
        followed = next((_renamed(one) for one in mine if one.kind == "renamed" and one.path == followed), followed)
    for version in logbook.versions:
        every = by_version.get(version.n, [])
        unique = [one for place, one in enumerate(every) if one not in every[:place]]
        if unique:
            yield Changed(version, tuple(map(told, unique)))


def _texts(logbook: Logbook) -> dict[int, str]:
    """Return the words that people wrote in entries, where an element may be named."""
    whole = (logbook.whole_entry(one["n"]) for one in logbook.entries() if one["do"] in _TELLING)
    return {one["n"]: json.dumps([one[key] for key in _TEXTS if key in one], ensure_ascii=False) for one in whole}


def _names(text: str, own: str) -> bool:
    return own in text and re.search(rf"(?<![\w-]){re.escape(own)}(?![\w-])", text) is not None
