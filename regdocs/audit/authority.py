"""Who may sign what, at one entry of the log: people, their keys and roles, the log's keys.

Knows the rules of docs/formats/audit-log.md, "Kinds of entries": what genesis says holds at once; what an entry says
later holds when it has been signed by who may (`meaning` decides that and calls `admit`). Does not check signatures.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from regdocs.audit.line import Json
from regdocs.audit.note import Key, parse_key

ADMINISTRATOR = "administrator"


@dataclass(slots=True)
class PersonKey:
    """A person's key: the entry that brought it, and the one that revoked it (None while it is good)."""

    key: Key
    person: str
    brought: int
    revoked: int | None = None
    since: int | None = None


@dataclass(slots=True)
class Person:
    """A person as enrolled: printed name, and roles from which entry on, the newest last."""

    person: str
    name: str
    given: list[tuple[int, tuple[str, ...]]]

    @property
    def roles(self) -> tuple[str, ...]:
        """The person's roles at this moment."""
        return self.given[-1][1]

    def roles_at(self, size: int) -> tuple[str, ...]:
        """Return the roles that the first `size` entries give."""
        return next((roles for entry, roles in reversed(self.given) if entry < size), ())


@dataclass(slots=True)
class LogKey:
    """A key of the log, and the entry that brought it: it is good for checkpoints of a larger size."""

    key: Key
    brought: int


@dataclass(slots=True)
class Authority:
    """What holds at one entry. Changed by `found` (genesis) and `admit` only.

    Attributes:
        origin: The log's origin.
        four_eyes: Whether acts of administrators need two persons.
        approval: Roles that may approve.
        demonstration: Whether the keys are derived ones that anybody has.
        people, keys: By name of person and by name of key.
        log_keys: In the order they came.
    """

    origin: str
    four_eyes: bool = False
    approval: tuple[str, ...] = ()
    demonstration: bool = False
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, PersonKey] = field(default_factory=dict)
    log_keys: list[LogKey] = field(default_factory=list)

    @property
    def needed(self) -> int:
        """How many administrators have to sign an act: persons, not keys."""
        return 2 if self.four_eyes else 1

    def is_administrator(self, person: str) -> bool:
        """Tell whether this person is an administrator here."""
        return person in self.people and ADMINISTRATOR in self.people[person].roles

    def namesakes(self, person: str) -> tuple[Person, ...]:
        """Return those enrolled before this person whose printed name a reader would take for the same."""
        name, before = _as_read(self.people[person].name), list(self.people)
        others = (self.people[other] for other in before[: before.index(person)])
        return tuple(other for other in others if _as_read(other.name) == name)

    def was_administrators(self, key: Key, size: int) -> bool:
        """Tell whether this was a good key of an administrator after the first `size` entries."""
        held = self.keys.get(key.name)
        if held is None or held.key != key or held.brought >= size:
            return False
        revoked_by_then = held.revoked is not None and held.revoked < size
        return not revoked_by_then and ADMINISTRATOR in self.people[held.person].roles_at(size)

    def log_key_at(self, size: int) -> LogKey:
        """Return the log key that a checkpoint of this size is to be signed with."""
        return next(one for one in reversed(self.log_keys) if one.brought < size)

    def why_not(self, n: int, entry: Mapping[str, Json]) -> str | None:
        """Return why an act cannot hold beside what holds already, or None."""
        match entry["do"]:
            case "enrol":
                return self._why_not_enrol(entry)
            case "key-add":
                return self._unknown_person(entry) or self._why_not_key(entry)
            case "role":
                return self._unknown_person(entry)
            case "key-revoke":
                return self._why_not_revoke(n, entry)
            case "log-key":
                return self._why_not_log_key(entry)
        return None

    def admit(self, n: int, entry: Mapping[str, Any]) -> None:
        """Let an act hold from here on. `why_not` gave None for it."""
        match entry["do"]:
            case "enrol":
                self._enrol(n, entry)
            case "key-add":
                self._bring(n, entry["person"], entry["key"])
            case "role":
                self.people[entry["person"]].given.append((n, tuple(entry["roles"])))
            case "key-revoke":
                revoked = self.keys[entry["key"]]
                revoked.revoked, revoked.since = n, entry.get("since")
            case "log-key":
                self.log_keys.append(LogKey(parse_key(entry["key"]), n))

    def _enrol(self, n: int, entry: Mapping[str, Any]) -> None:
        name = entry["person"]
        self.people[name] = Person(name, entry["name"], [(n, tuple(entry["roles"]))])
        self._bring(n, name, entry["key"])

    def _bring(self, n: int, person: str, key: str) -> None:
        brought = parse_key(key)
        self.keys[brought.name] = PersonKey(brought, person, n)

    def _why_not_enrol(self, entry: Mapping[str, Json]) -> str | None:
        if entry["person"] in self.people:
            return f'"{entry["person"]}" is enrolled already'
        return self._why_not_key(entry)

    def _unknown_person(self, entry: Mapping[str, Json]) -> str | None:
        return None if entry["person"] in self.people else f'"{entry["person"]}" is not enrolled'

    def _why_not_key(self, entry: Mapping[str, Any]) -> str | None:
        key = parse_key(entry["key"])
        if key.name.rpartition("/")[0] != entry["person"]:
            return f'the key "{key.name}" does not have the name of "{entry["person"]}"'
        return self._why_taken(key)

    def _why_taken(self, key: Key) -> str | None:
        if key.name in self.keys:
            return f'there is a key "{key.name}" already'
        every = [*(one.key for one in self.keys.values()), *(one.key for one in self.log_keys)]
        same = next((one for one in every if one.public == key.public), None)
        return f'"{key.name}" and "{same.name}" are the same public key' if same else None

    def _why_not_revoke(self, n: int, entry: Mapping[str, Any]) -> str | None:
        found = self.keys.get(entry["key"])
        if found is None:
            return f'there is no key "{entry["key"]}"'
        if found.revoked is not None:
            return f'"{entry["key"]}" was revoked in entry {found.revoked}'
        return "its signatures from a later entry on cannot be faults" if entry.get("since", 0) > n else None

    def _why_not_log_key(self, entry: Mapping[str, Any]) -> str | None:
        key = parse_key(entry["key"])
        if key.name != self.origin:
            return f'the log\'s key has to be named "{self.origin}"'
        every = [*(one.key for one in self.keys.values()), *(one.key for one in self.log_keys)]
        return "this public key is in use already" if any(one.public == key.public for one in every) else None


def _as_read(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def found(genesis: Mapping[str, Any]) -> Authority:
    """Return what holds after genesis, whose form was checked."""
    rules = genesis["rules"]
    authority = Authority(
        origin=genesis["origin"],
        four_eyes=rules["four_eyes"],
        approval=tuple(rules["approval"]),
        demonstration=genesis["keys"] == "demonstration",
        log_keys=[LogKey(parse_key(genesis["log_key"]), 0)],
    )
    for person in genesis["people"]:
        authority.admit(0, {"do": "enrol", **person})
    return authority
