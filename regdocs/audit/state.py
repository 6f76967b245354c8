"""What a verifier remembers between two verifications, so that the next one reads only what is new.

Knows its JSON form. It is the verifier's own file: whoever can change it can make a later verification say anything, so
it is kept where the log's owner cannot reach it.
"""

import json
from array import array
from dataclasses import asdict, dataclass, fields
from sys import intern
from typing import Any, Self

from regdocs.audit.authority import Authority, LogKey, Person, PersonKey
from regdocs.audit.chain import Chain
from regdocs.audit.days import Days
from regdocs.audit.meaning import Meaning
from regdocs.audit.note import NotAKey, parse_key
from regdocs.audit.signatures import Placed
from regdocs.audit.tree import Frontier, NotAFrontier
from regdocs.audit.trust import Trust
from regdocs.audit.verification import Signed, VersionFound
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal

FORMAT = "regdocs.verifier-state/v2"
_OF_SIGNATURES = tuple(one.name for one in fields(Signed))
MAX_STATE = 64 * 1024 * 1024


class NotAState(Refusal):
    """The bytes are no state that a verifier wrote."""


@dataclass(frozen=True, slots=True)
class State:
    """A verifier's memory, as JSON. `size` lines had been read, `place` bytes."""

    origin: str
    size: int
    place: int
    root: bytes
    value: dict[str, Any]

    def to_bytes(self) -> bytes:
        """Return the file: JSON with a digest over the rest of it, so that a damaged file is not gone on from."""
        value = {**self.value, "sha256": _digest(self.value)}
        return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode("utf-8")

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Return the state of a file's bytes.

        Raises:
            NotAState: They are none, or were damaged.
        """
        try:
            value = json.loads(data.decode("utf-8"))
            if value.pop("format") != FORMAT:
                raise NotAState(f"it is not of the form {FORMAT}")
            value = {"format": FORMAT, **value}
            if value.pop("sha256") != _digest(value):
                raise NotAState("it was changed since it was written")
            tree = Frontier.from_json(value["tree"])
            return cls(value["authority"]["origin"], tree.size, value["place"], tree.root(), value)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotAFrontier) as error:
            raise NotAState(f"this is no verifier's state: {error!r}") from error

    def restore(self, chain: Chain, meaning: Meaning) -> None:
        """Put chain and meaning where they stood.

        Raises:
            NotAState: The file was changed by hand.
        """
        value = self.value
        try:
            chain.tree = Frontier.from_json(value["tree"])
            chain.leaf, chain.at = value["leaf"], value["at"]
            chain.roots = {size: bytes.fromhex(root) for size, root in value["roots"]}
            chain.remember_root()
            meaning.authority = _authority(value["authority"])
            meaning.genesis = value["genesis"]
            meaning.versions = {one["entry"]: _version(one) for one in value["versions"]}
            meaning.signatures = [_signed(one) for one in value["signatures"]]
            meaning.anchors = [Placed(n, b"", entry) for n, entry in value["anchors"]]
            meaning.named = {name: array("Q", entries) for name, entries in value["named"].items()}
            meaning.days = Days(None if value["latest"] is None else (value["latest"][0], value["latest"][1]))
            meaning.issues.versions = {one["entry"]: one["version"] for one in value["versions"]}
            meaning.issues.issued = {entry: _pairs(issued) for entry, issued in value["issued"]}
            meaning.kept.sealed, meaning.kept.redacted = value["sealed"], set(value["redacted"])
            if value["data"] is not None:
                meaning.replay.begin(self.size - 1, value["data"])
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, NotAFrontier, NotAKey) as error:
            raise NotAState(f"this is no verifier's state: {error!r}") from error

    def demand(self, trust: Trust | None) -> None:
        """Refuse to go on with other keys than the earlier entries were judged with; they are not judged anew.

        Raises:
            NotAState: The trust file has other keys.
        """
        if trust is not None and trust.digest != self.value.get("trust"):
            raise NotAState("the state is of a verification with other keys in its trust file: verify once without it")


def state_of(chain: Chain, meaning: Meaning, place: int, trust: Trust | None) -> State | None:
    """Return what to remember, or None when nothing can be gone on from."""
    if meaning.authority is None or chain.tree.size == 0:
        return None
    value: dict[str, Any] = {
        "format": FORMAT,
        "place": place,
        "trust": trust.digest if trust else None,
        "tree": chain.tree.to_json(),
        "leaf": chain.leaf,
        "at": chain.at,
        "authority": _authority_to_json(meaning.authority),
        "genesis": meaning.genesis,
        "versions": [asdict(one) for one in meaning.versions.values()],
        "signatures": [[getattr(one, name) for name in _OF_SIGNATURES] for one in meaning.signatures],
        "anchors": [[one.n, one.entry] for one in meaning.anchors],
        "roots": [[size, root.hex()] for size, root in sorted(chain.roots.items())],
        "named": {name: list(entries) for name, entries in meaning.named.items()},
        "latest": list(meaning.days.latest) if meaning.days.latest else None,
        "issued": [[entry, issued] for entry, issued in meaning.issues.issued.items()],
        "sealed": meaning.kept.sealed,
        "redacted": sorted(meaning.kept.redacted),
        "data": meaning.replay.digest,
    }
    return State(meaning.authority.origin, chain.tree.size, place, chain.tree.root(), value)


def _digest(value: dict[str, Any]) -> str:
    return sha256_hex(json.dumps(value, sort_keys=True).encode("ascii"))


def _signed(values: list[Any]) -> Signed:
    shared: list[Any] = [intern(value) if isinstance(value, str) else value for value in values]
    return Signed(*shared)


def _version(value: dict[str, Any]) -> VersionFound:
    return VersionFound(**{**value, "issues": tuple(value["issues"])})


def _authority_to_json(authority: Authority) -> dict[str, Any]:
    return {
        "origin": authority.origin,
        "four_eyes": authority.four_eyes,
        "approval": list(authority.approval),
        "demonstration": authority.demonstration,
        "people": [asdict(person) for person in authority.people.values()],
        "keys": [
            {"key": one.key.text, "brought": one.brought, "revoked": one.revoked, "since": one.since}
            for one in authority.keys.values()
        ],
        "log_keys": [{"key": one.key.text, "brought": one.brought} for one in authority.log_keys],
    }


def _authority(value: dict[str, Any]) -> Authority:
    people = [_person(one) for one in value["people"]]
    keys = [_person_key(one) for one in value["keys"]]
    return Authority(
        origin=value["origin"],
        four_eyes=value["four_eyes"],
        approval=tuple(value["approval"]),
        demonstration=value["demonstration"],
        people={one.person: one for one in people},
        keys={one.key.name: one for one in keys},
        log_keys=[LogKey(parse_key(one["key"]), one["brought"]) for one in value["log_keys"]],
    )


def _person_key(value: dict[str, Any]) -> PersonKey:
    key = parse_key(value["key"])
    return PersonKey(key, key.name.rpartition("/")[0], value["brought"], value["revoked"], value["since"])


def _person(value: dict[str, Any]) -> Person:
    return Person(value["person"], value["name"], [(entry, tuple(roles)) for entry, roles in value["given"]])


def _pairs(issued: dict[str, list[str]]) -> dict[str, tuple[str, str]]:
    return {path: (digest, kept) for path, (digest, kept) in issued.items()}
