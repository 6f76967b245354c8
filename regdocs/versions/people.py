"""People of a log after its beginning: enrolled, given keys and roles, keys revoked; the trust file for outsiders.

Knows what each such entry says, what must hold for it, and who must sign it. Does not write: what is returned goes to
`acting.write`. An administrator signs each act; under the rule of four eyes two do.
"""

from collections.abc import Mapping, Sequence

from regdocs.audit.authority import ADMINISTRATOR
from regdocs.audit.entry import ROLES
from regdocs.audit.key_files import is_demonstration
from regdocs.audit.line import Json
from regdocs.audit.note import BadSignature, Key, NotANote, Note, Signer, parse_key, parse_note, sign_note, verified
from regdocs.audit.statement import possession_text
from regdocs.versions.acting import Record, entry_of, signature
from regdocs.versions.actors import Actor, NotAllowed
from regdocs.versions.logbook import Logbook
from regdocs.versions.start import Enrolment


def possession_of(origin: str, signer: Signer) -> Note:
    """Return the note by which the holder of a new key shows that they hold it, for this log.

    It is made where the private key is, which need not be where the log is.

    Raises:
        NotAllowed: The key has not the name of a person's key.
    """
    text = possession_text(origin, person_of(signer.key), signer.key.text)
    return sign_note(text, signer)


def person_of(key: Key) -> str:
    """Return whose key it is by its name, `<person>/<word>`.

    Raises:
        NotAllowed: It is not the name of a person's key.
    """
    person, _, word = key.name.rpartition("/")
    if not person or "/" in person or not word:
        raise NotAllowed(f'a person\'s key is named "<person>/<word>", as jane.doe@example.org/k1; not "{key.name}"')
    return person


def key_in(possession: bytes, origin: str) -> tuple[Key, str]:
    """Return the new key that a possession note is about, and the note's text for the entry.

    Raises:
        NotAllowed: It is no such note, of another log, or not signed by that key.
    """
    try:
        note = parse_note(possession)
        key = parse_key(note.text.rstrip("\n").rpartition("\nkey ")[2])
        if note.text != possession_text(origin, person_of(key), key.text):
            raise NotAllowed(f"the proof of possession is not for this log, {origin}")
        if not verified(note, [key]):
            raise NotAllowed("the proof of possession is not signed by the key that it names")
    except (NotANote, BadSignature) as error:
        raise NotAllowed(f"the proof of possession cannot be used: {error}") from error
    return key, possession.decode("utf-8")


def enrol(logbook: Logbook, enrolment: Enrolment, key: Key, possession: str, by: str) -> dict[str, Json]:
    """Return the entry that enrols a person with a first key.

    Raises:
        NotAllowed: What is said of the person has a wrong form, or it cannot hold beside what holds already.
    """
    enrolment.demand()
    return _act(logbook, entry_of("enrol", by, possession=possession, **enrolment.to_json(key)), key)


def add_key(logbook: Logbook, key: Key, possession: str, by: str, why: str | None = None) -> dict[str, Json]:
    """Return the entry that gives an enrolled person a further key. Raises as `enrol`."""
    return _act(
        logbook, entry_of("key-add", by, person=person_of(key), key=key.text, possession=possession, why=why), key
    )


def give_roles(logbook: Logbook, person: str, roles: Sequence[str], by: str, why: str | None = None) -> dict[str, Json]:
    """Return the entry after which a person has exactly these roles.

    Raises:
        NotAllowed: The person is not enrolled, a role is unknown, or too few administrators would be left to act.
    """
    if not roles or any(role not in ROLES for role in roles) or len(set(roles)) < len(roles):
        raise NotAllowed(f"roles are some of {', '.join(ROLES)}, each once")
    entry = _act(logbook, entry_of("role", by, person=person, roles=list(roles), why=why))
    if ADMINISTRATOR not in roles and logbook.people.is_administrator(person):
        _demand_administrators(logbook, {one: _good_keys(logbook, one) for one in _administrators(logbook, person)})
    return entry


def revoke(logbook: Logbook, key_name: str, by: str, why: str, since: int | None = None) -> dict[str, Json]:
    """Return the entry that revokes a key; with `since` its signatures from that entry on are faults too.

    Raises:
        NotAllowed: There is no such key, it was revoked, `since` is not yet written, or too few administrators with a
            good key would be left to act.
    """
    entry = _act(logbook, entry_of("key-revoke", by, key=key_name, since=since, why=why))
    if logbook.people.is_administrator(logbook.people.keys[key_name].person):
        left = {one: _good_keys(logbook, one) - {key_name} for one in _administrators(logbook)}
        _demand_administrators(logbook, left)
    return entry


def new_log_key(logbook: Logbook, key: Key, by: str, why: str) -> dict[str, Json]:
    """Return the entry that brings a new key of the log.

    Raises:
        NotAllowed: It has not the log's origin as its name, or is in use.
    """
    return _act(logbook, entry_of("log-key", by, key=key.text, why=why), key)


def authorised(logbook: Logbook, entry: Mapping[str, Json], administrators: Sequence[Actor]) -> list[Record]:
    """Return the act and the signatures that make it count, for one write.

    Raises:
        NotAllowed: Too few persons, somebody who is no administrator, or somebody twice.
    """
    persons = {one.person for one in administrators}
    missing = [person for person in sorted(persons) if not logbook.people.is_administrator(person)]
    if missing:
        raise NotAllowed(f'"{missing[0]}" is not an administrator here')
    if len(persons) < logbook.people.needed or len(persons) < len(administrators):
        raise NotAllowed("the rule of four eyes holds here: two administrators sign; name the other one with --also")
    return [entry, *(signature(None, "authorisation", one) for one in administrators)]


def trust_text(logbook: Logbook, *, persons: bool) -> str:
    """Return a trust file for this log: its keys and, with `persons`, all keys that persons have or had.

    Whoever gets it has to hear by another way that it is the right one; the file says so.
    """
    lines = [
        f"# Keys of the log {logbook.origin}",
        f"# Study: {logbook.genesis['study']}. Written from the log itself at size {logbook.head.size}:",
        "# compare the keys with what their holders tell you before you trust them.",
        *(one.key.text for one in logbook.people.log_keys),
    ]
    if persons:
        for one in sorted(logbook.people.keys.values(), key=lambda one: one.key.name):
            state = "" if one.revoked is None else f" (revoked in entry {one.revoked})"
            lines += [f"# {logbook.people.people[one.person].name}{state}", one.key.text]
    return "\n".join((*lines, ""))


def _act(logbook: Logbook, entry: dict[str, Json], key: Key | None = None) -> dict[str, Json]:
    if key is not None and is_demonstration(key) != logbook.demonstration:
        raise NotAllowed(f'the key "{key.name}" does not fit: a demonstration, and only one, has derived keys')
    problem = logbook.people.why_not(logbook.head.size, entry)
    if problem is not None:
        raise NotAllowed(problem)
    return entry


def _administrators(logbook: Logbook, without: str | None = None) -> list[str]:
    return [one for one in logbook.people.people if one != without and logbook.people.is_administrator(one)]


def _good_keys(logbook: Logbook, person: str) -> set[str]:
    return {name for name, one in logbook.people.keys.items() if one.person == person and one.revoked is None}


def _demand_administrators(logbook: Logbook, left: Mapping[str, set[str]]) -> None:
    """Refuse an act after which too few administrators have a key that is good: nobody could ever repair that."""
    if sum(bool(keys) for keys in left.values()) < logbook.people.needed:
        raise NotAllowed(
            "too few administrators with a good key would be left to act in this log; first give somebody else the "
            'role, or the same person a further key ("regdocs keys rotate")'
        )
