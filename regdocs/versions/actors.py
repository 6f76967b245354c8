"""Who may act on a log: people as enrolled at its head, with the role and the key that they act with.

Knows roles and which keys are good; does not know where private keys lie (`key_ring`), nor what is recorded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from regdocs.audit.authority import ADMINISTRATOR, Authority, Person
from regdocs.audit.note import Key, Signer
from regdocs.errors import Refusal
from regdocs.versions.logbook import Logbook


class NotAllowed(Refusal):
    """The act is not one that this person, or this log, may do."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person who acts: printed name and the role they act in, and the signer of a key of theirs."""

    person: str
    name: str
    role: str
    signer: Signer


def require_enrolled(people: Authority, person: str) -> Person:
    """Return an enrolled person.

    Raises:
        NotAllowed: Nobody of that name is enrolled.
    """
    found = people.people.get(person)
    if found is None:
        raise NotAllowed(f'"{person}" is not enrolled in this log; enrolled are: {", ".join(sorted(people.people))}')
    return found


def require_key(people: Authority, person: str, public_of: Callable[[Sequence[str]], Key]) -> None:
    """Refuse to record in a person's name where none of their good keys is at hand; no passphrase is asked.

    Args:
        people: Who is enrolled, at the head.
        person: Name of the person as enrolled.
        public_of: Gives the public key of the first of the named keys that is at hand (`KeyRing.public_of`).

    Raises:
        NotAllowed: Nobody of that name is enrolled, no key of theirs is good, or the one at hand is another one.
        NoSuchKey: None is at hand.
    """
    require_enrolled(people, person)
    _require_same(people, public_of(good_keys(people, person)))


def _require_same(people: Authority, key: Key) -> None:
    enrolled = people.keys.get(key.name)
    if enrolled is None or enrolled.key != key:
        raise NotAllowed(f'the key "{key.name}" at hand is another one than the one enrolled')


def actor_for(
    logbook: Logbook,
    person: str,
    signer_of: Callable[[Sequence[str]], Signer],
    *,
    role: str | None = None,
    suited: Sequence[str] = (),
) -> Actor:
    """Return the person as they may act at the head.

    Args:
        logbook: The log.
        person: Name of the person as enrolled.
        signer_of: Gives the signer of one of the named keys (`KeyRing.one_of`); called last, as it may ask a person.
        role: The role to act in; when not given, the first suited one of theirs, "administrator" last.
        suited: Roles that suffice for the act; () when any does.

    Raises:
        NotAllowed: Nobody of that name is enrolled, the role is not theirs or does not suffice, or no key is good.
    """
    found = require_enrolled(logbook.people, person)
    chosen = _role(found.person, found.roles, role, suited)
    signer = signer_of(good_keys(logbook.people, person))
    _require_same(logbook.people, signer.key)
    return Actor(person, found.name, chosen, signer)


def good_keys(people: Authority, person: str) -> list[str]:
    """Return the names of a person's keys that are not revoked, the newest first.

    Raises:
        NotAllowed: There is none.
    """
    mine = [one for one in people.keys.values() if one.person == person and one.revoked is None]
    if not mine:
        raise NotAllowed(f'every key of "{person}" was revoked; an administrator adds one with "regdocs keys rotate"')
    return [one.key.name for one in sorted(mine, key=lambda one: -one.brought)]


def _role(person: str, roles: Sequence[str], role: str | None, suited: Sequence[str]) -> str:
    """Return the role to act in; "administrator" comes last, as it is for the acts of administrators."""
    fit = sorted((one for one in roles if not suited or one in suited), key=lambda one: one == ADMINISTRATOR)
    if role is None and fit:
        return fit[0]
    if role is not None and role in fit:
        return role
    wanted = f"; for this one of these is needed: {', '.join(suited)}" if suited else ""
    raise NotAllowed(f'"{person}" has the roles {", ".join(roles)}' + (f', not "{role}"' if role else "") + wanted)
