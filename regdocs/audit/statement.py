"""What a person signs: a few lines that they can read, and that say exactly which record is meant.

Knows the two texts, that of a signature and that of the proof of holding a key. Does not know whether what they say
agrees with the log, nor who may say it.

Writers are held to every form (`text_to_sign`). A reader is not: which fault a signature has is its own judgement, and
an unknown role is another one than a changed text.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from regdocs.audit.entry import MEANINGS, ROLES, VERSIONS
from regdocs.audit.forms import is_digest, is_time
from regdocs.audit.names import is_name, is_person, is_signed_text
from regdocs.errors import Refusal

SIGNATURE = "regdocs-signature/v1"
POSSESSION = "regdocs-possession/v1"

_LARGEST_NUMBER = 2**53 - 1


class NotAStatement(Refusal):
    """The text, or the values, are no statement that a person may sign; the message is the reason."""


@dataclass(frozen=True)
class Statement:
    """A person's signature, in the words that are signed. Nothing is checked: `text_to_sign` does that for writers.

    A reader compares its text with the one that the entries give, and judges role, meaning and delegation one by one.

    Attributes:
        origin: Of the log.
        entry, leaf: Number of the entry that is signed, and its leaf hash in hex.
        name: The printed name of the enrolment.
        role, meaning: One of `ROLES`, one of `MEANINGS`.
        time: The `at` of the entry that carries the signature.
        version: When the entry is a version, or an issue of one.
        amendment: Its number, when that version is an amendment.
        data: Digest in hex, when the entry is a version.
        files: Digest in hex, when it is an issue.
        for_, under: When a delegate signs: whom for, and the entry that records the delegation.
    """

    origin: str
    entry: int
    leaf: str
    name: str
    role: str
    meaning: str
    time: str
    version: str | None = None
    amendment: int | None = None
    data: str | None = None
    files: str | None = None
    for_: str | None = None
    under: int | None = None

    def values(self) -> dict[str, str | None]:
        """Return the text after each word, in the order of the lines; None where there is no such line."""
        return {
            "entry": f"{self.entry} {self.leaf}",
            "version": self.version,
            "amendment": _text(self.amendment),
            "data": None if self.data is None else f"sha256:{self.data}",
            "files": None if self.files is None else f"sha256:{self.files}",
            "name": self.name,
            "role": self.role,
            "meaning": self.meaning,
            "for": self.for_,
            "under": _text(self.under),
            "time": self.time,
        }

    @property
    def text(self) -> str:
        """The lines, each with its LF."""
        lines = [f"{word} {value}" for word, value in self.values().items() if value is not None]
        return "\n".join((self.origin, SIGNATURE, *lines, ""))


class OwnWords(NamedTuple):
    """What a statement does not take from the entry that is signed: log, signer, and what the signer alone chooses."""

    origin: str
    name: str
    role: str
    meaning: str
    for_: str | None
    under: int | None
    time: str


def statement_about(
    n: int, leaf: bytes, entry: Mapping[str, Any], issued: Mapping[str, Any] | None, own: OwnWords
) -> Statement:
    """Return the statement that the entries give: the same for who signs and for who verifies.

    Args:
        n, leaf: Number and leaf hash of the entry that is signed.
        entry: What it says; {} or of any kind when its line was changed.
        issued: When it is an issue, the entry whose documents it issues; None when there is none.
        own: The rest.

    Source: docs/formats/audit-log.md, "A person's signature".
    """
    version = entry if _is_version(entry) else issued if issued is not None and _is_version(issued) else {}
    return Statement(
        entry=n,
        leaf=leaf.hex(),
        version=version.get("version"),
        amendment=version.get("amendment"),
        data=entry.get("data") if _is_version(entry) else None,
        files=entry.get("files") if entry.get("do") == "issue" else None,
        **own._asdict(),
    )


def _is_version(entry: Mapping[str, Any]) -> bool:
    kind = entry.get("do")
    return isinstance(kind, str) and kind in VERSIONS


def text_to_sign(statement: Statement) -> str:
    """Return the text, when it is one that a person may be asked to sign.

    Raises:
        NotAStatement: A value of another form than the entries of a log have it, an unknown role or meaning, or lines
            of which one stands without the other that belongs to it.
    """
    if not is_name(statement.origin):
        raise NotAStatement(f"{statement.origin!a} is not the origin of a log")
    for word, value in statement.values().items():
        if value is not None and not _FORMS[word](value):
            raise NotAStatement(f'what stands after "{word}" is not of the form it should have')
    _demand_company(statement)
    return statement.text


def _demand_company(said: Statement) -> None:
    """Which lines stand only with which others."""
    if said.data is not None and said.files is not None:
        raise NotAStatement('"data" is signed of a version and "files" of an issue, never both')
    if (said.version is None) != (said.data is None and said.files is None):
        raise NotAStatement('"version" stands with "data" or "files", and they with it')
    if said.amendment is not None and said.version is None:
        raise NotAStatement('"amendment" stands with "version" only')
    if (said.for_ is None) != (said.under is None):
        raise NotAStatement('"for" and "under" stand together')


def parse_statement(text: str) -> Statement:
    """Return the statement of a note's text; its `text` is the same text again. What the lines say is not judged.

    Raises:
        NotAStatement: A line that is unknown, twice there or in another place; no entry, name, role, meaning or time;
            a number that is none.

    Source: docs/formats/audit-log.md, "A person's signature".
    """
    origin, _, rest = text.partition("\n")
    found = _words(rest)
    if any(word not in found for word in ("entry", "name", "role", "meaning", "time")):
        raise NotAStatement("a statement has at least entry, name, role, meaning and time")
    number, _, leaf = found["entry"].partition(" ")
    statement = Statement(
        origin=origin,
        entry=_number(number),
        leaf=leaf,
        name=found["name"],
        role=found["role"],
        meaning=found["meaning"],
        time=found["time"],
        version=found.get("version"),
        amendment=_number(found["amendment"]) if "amendment" in found else None,
        data=_digest(found.get("data")),
        files=_digest(found.get("files")),
        for_=found.get("for"),
        under=_number(found["under"]) if "under" in found else None,
    )
    if statement.text != text:
        raise NotAStatement("the lines of a statement stand once each and in their order")
    return statement


def possession_text(origin: str, person: str, key_text: str) -> str:
    """Return what a new key signs to show that the person holds it.

    Source: docs/formats/audit-log.md, "Possession".
    """
    return f"{origin}\n{POSSESSION}\nperson {person}\nkey {key_text}\n"


def _words(rest: str) -> dict[str, str]:
    kind, *lines = rest.split("\n")
    if kind != SIGNATURE:
        raise NotAStatement(f'the second line of a statement is "{SIGNATURE}"')
    pairs = [line.partition(" ") for line in lines if line]
    return {word: value for word, _, value in pairs}


def _number(text: str) -> int:
    if not _is_number(text):
        raise NotAStatement("a number in a statement is not one")
    return int(text)


def _digest(text: str | None) -> str | None:
    return None if text is None else text.removeprefix("sha256:")


def _text(number: int | None) -> str | None:
    return None if number is None else str(number)


def _is_number(text: str) -> bool:
    # The length first: Python refuses to read thousands of digits, in its own way.
    return len(text) <= 16 and text.isascii() and text.isdigit() and int(text) <= _LARGEST_NUMBER


def _is_entry(text: str) -> bool:
    number, _, leaf = text.partition(" ")
    return _is_number(number) and is_digest(leaf)


def _is_prefixed_digest(text: str) -> bool:
    return is_digest(text.removeprefix("sha256:"))


_FORMS: dict[str, Callable[[str], bool]] = {
    "entry": _is_entry,
    "version": is_signed_text,
    "amendment": lambda text: _is_number(text) and text != "0",
    "data": _is_prefixed_digest,
    "files": _is_prefixed_digest,
    "name": is_signed_text,
    "role": lambda text: text in ROLES,
    "meaning": lambda text: text in MEANINGS,
    "for": is_person,
    "under": _is_number,
    "time": is_time,
}
