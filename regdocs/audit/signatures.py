"""Whether a `sign` entry holds: the note, its key, and that the text signed is the one that the entries give.

Knows one signature and the entries it speaks of. Whether it suffices for an act is said by `acts`.
Source: docs/formats/audit-log.md, "A person's signature" and "So that two readers agree", Signatures.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from sys import intern
from typing import Any

from regdocs.audit.authority import ADMINISTRATOR, Authority, PersonKey
from regdocs.audit.entry import MEANINGS
from regdocs.audit.names import is_name, is_person
from regdocs.audit.note import BadSignature, NotANote, Note, parse_note, verified
from regdocs.audit.statement import OwnWords, Statement, statement_about
from regdocs.audit.tree import leaf_hash
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Signed

MAX_NUMBER = 2**53
_NUMBER = re.compile(r"0|[1-9][0-9]{0,14}")


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry at its place in the log: number, the line's bytes, and what it says, {} when that cannot be read."""

    n: int
    raw: bytes
    entry: dict[str, Any]


Lookup = Callable[[int], Placed | None]


@dataclass(frozen=True, slots=True)
class Court:
    """What a signature is held against: who may sign here, earlier entries, and keys that outsiders vouch for."""

    authority: Authority
    lookup: Lookup
    trust: Trust | None


class _Fails(Exception):
    """What keeps a signature from being looked at further; carries the fault."""

    def __init__(self, verdict: Verdict, message: str, cause: str = "") -> None:
        super().__init__(message)
        self.verdict, self.cause = verdict, cause


def check_signature(sign: Placed, court: Court) -> tuple[Signed | None, tuple[Fault, ...]]:
    """Return the signature when it counts, and its faults.

    It counts when nothing is at fault but that the trust file does not list its key.
    """
    try:
        of, note = _parts(sign, court)
        key = _good_key(sign, note, court)
    except _Fails as fails:
        return None, (_fault(sign, fails),)
    said = _expected(_words(note.text), sign, of, court)
    failing = (*_text_fails(said, note.text, sign), *_key_fails(said, key, court))
    unlisted = _unlisted(key, court)
    faults = tuple(_fault(sign, fails) for fails in (*failing, *unlisted))
    return (None if failing else _signed(sign, of, said, key)), faults


def signers_named(sign: Placed) -> tuple[str, ...]:
    """Return the names of the keys that the note of a `sign` entry gives, whatever they signed; () if it is no note.

    Each comes once, and one that no key can have is passed over.
    """
    try:
        note = parse_note(sign.entry["note"].encode("utf-8"))
    except NotANote:
        return ()
    return tuple(dict.fromkeys(one.name for one in note.signatures if is_name(one.name)))


def _fault(sign: Placed, fails: _Fails) -> Fault:
    return Fault(fails.verdict, f"signature: {fails}", sign.n, fails.cause)


def _signed(sign: Placed, of: Placed, said: Statement, key: PersonKey) -> Signed:
    # Many signatures share these words: one copy of each is kept.
    return Signed(
        entry=sign.n,
        of=of.n,
        person=key.person,
        name=said.name,
        role=intern(said.role),
        meaning=intern(said.meaning),
        time=said.time,
        key=intern(f"{key.key.name}+{key.key.id.hex()}"),
        for_whom=said.for_,
        under=said.under,
    )


def _parts(sign: Placed, court: Court) -> tuple[Placed, Note]:
    of = court.lookup(sign.entry["of"]) if sign.entry["of"] < sign.n else None
    if of is None:
        raise _Fails(Verdict.ALTERED, f"entry {sign.entry['of']}, which it signs, is not before it")
    try:
        note = parse_note(sign.entry["note"].encode("utf-8"))
    except NotANote as error:
        raise _Fails(Verdict.ALTERED, f"the note cannot be read: {error}") from error
    if len(note.signatures) != 1:
        raise _Fails(Verdict.ALTERED, f"the note has {len(note.signatures)} signature lines; it has to have one")
    return of, note


def _good_key(sign: Placed, note: Note, court: Court) -> PersonKey:
    """Return the enrolled key whose good signature this is."""
    name = note.signatures[0].name
    if name.rpartition("/")[0] != sign.entry["by"]:
        raise _Fails(Verdict.UNSIGNED, f'the key "{name}" is not one of "{sign.entry["by"]}"')
    key = court.authority.keys.get(name)
    if key is None:
        raise _Fails(Verdict.UNKNOWN_KEY, f'no key "{name}" is enrolled here')
    try:
        if not verified(note, (key.key,)):
            raise _Fails(Verdict.UNKNOWN_KEY, f'the key is another one than the "{name}" that was enrolled')
    except BadSignature as error:
        cause = "the text was changed after signing, or the signature belongs to another text"
        raise _Fails(Verdict.ALTERED, f'bad signature of "{name}"', cause) from error
    return key


def _words(text: str) -> dict[str, str]:
    """Return what stands after each word of a signed text, from its third line on; of one twice there, the last."""
    return {word: said for word, _, said in (line.partition(" ") for line in text.split("\n")[2:])}


def _text_fails(said: Statement, text: str, sign: Placed) -> tuple[_Fails, ...]:
    """Hold the text against the one that the entries give, and the words that the signer alone chose against theirs."""
    if problem := _own_words_problem(said, sign):
        return (_Fails(Verdict.ALTERED, problem),)
    if said.text == text:
        return ()
    cause = "the signature was moved from another entry or study, or what it signs was changed"
    for line, wanted in zip(text.split("\n"), said.text.split("\n"), strict=False):
        if line != wanted:
            return (_Fails(Verdict.ALTERED, f'it says "{line}"; the entries give "{wanted}"', cause),)
    return (_Fails(Verdict.ALTERED, "the signed text has other lines than the entries give", cause),)


def _own_words_problem(said: Statement, sign: Placed) -> str | None:
    """Return what is wrong with the words that the signer alone chooses: meaning, and for whom."""
    if said.meaning not in MEANINGS:
        return f'"{said.meaning}" is no meaning of a signature'
    if (said.for_ is None) != (said.under is None):
        return '"for" and "under" stand together or not at all'
    if said.for_ is not None and not is_person(said.for_):
        return f'"{said.for_}" is not the name of a person'
    if said.under is not None and said.under >= sign.n:
        return f"entry {said.under}, under which it was given, is not before it"
    return None


def _expected(words: dict[str, str], sign: Placed, of: Placed, court: Court) -> Statement:
    """Return the statement that the entries give; only role, meaning and delegation are the signer's own words."""
    named: Placed | None = None
    if of.entry.get("do") == "issue" and type(of.entry.get("of")) is int and 0 <= of.entry["of"] < of.n:
        named = court.lookup(of.entry["of"])
    own = OwnWords(
        origin=court.authority.origin,
        name=court.authority.people[sign.entry["by"]].name,
        role=words.get("role", ""),
        meaning=words.get("meaning", ""),
        for_=words.get("for"),
        under=_number(words.get("under")),
        time=sign.entry["at"],
    )
    return statement_about(of.n, leaf_hash(of.raw), of.entry, named.entry if named else None, own)


def _number(text: str | None) -> int | None:
    """Return a number as it has to be written; of other texts one that no entry has."""
    if text is None:
        return None
    return int(text) if _NUMBER.fullmatch(text) else MAX_NUMBER


def _key_fails(said: Statement, key: PersonKey, court: Court) -> tuple[_Fails, ...]:
    fails = []
    roles = court.authority.people[key.person].roles
    if key.revoked is not None:
        fails.append(_Fails(Verdict.UNSIGNED, f'the key "{key.key.name}" was revoked in entry {key.revoked}'))
    if said.role not in roles:  # also when the text names none
        fails.append(_Fails(Verdict.UNSIGNED, f'"{key.person}" does not have the role "{said.role}" here'))
    if said.meaning == "approval" and said.role not in court.authority.approval:
        fails.append(_Fails(Verdict.UNSIGNED, f'the role "{said.role}" does not suffice for approval'))
    if said.meaning == "authorisation" and said.role != ADMINISTRATOR:
        fails.append(_Fails(Verdict.UNSIGNED, f'the role "{said.role}" does not suffice for authorisation'))
    return tuple(fails)


def _unlisted(key: PersonKey, court: Court) -> tuple[_Fails, ...]:
    if court.trust is None or not court.trust.persons or key.key in court.trust.persons:
        return ()
    return (_Fails(Verdict.UNKNOWN_KEY, f'the trust file lists persons, and not the key "{key.key.name}"'),)
