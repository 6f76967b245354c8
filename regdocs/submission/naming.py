"""The name of a file in a package, made of a profile's pattern and what is known of the document.

Whatever comes in, the name is one that Windows takes and stays in its folder. Too long a name loses letters of title,
document and the like, never of version, date or state.

Into ASCII, letters go so: đ is d, ø is o, ß is ss and so on by `_LETTERS`; every other letter loses its marks (ế is e);
letters of other scripts fall away. An eCTD name then has a-z and 0-9 only, with - for everything between.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from regdocs.errors import Refusal
from regdocs.submission.pattern import Part, date_text, parse_pattern
from regdocs.submission.profile import Profile
from regdocs.submission.profile_parts import Names, State
from regdocs.submission.windows import MAX_BYTES, MAX_UNITS, RESERVED, folded, is_device, units

_LETTERS = str.maketrans(
    {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H"}
    | {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"}
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("‘’‚′", "'")
)
_SHORTENED = ("title", "document", "site", "study", "irb", "number", "language")  # in this order
_LEAST = {"document": 3}  # characters that stay of a field; of the others none has to
_MAX_FIELD = 200  # characters of one field, before anything is put together
_ROOM = 4  # characters kept free for "-999" where names meet
_ENDING = re.compile(r"[a-z0-9]{1,10}")

_NOTHING = "\0"  # stands for a field without value; no field has it
_IN_BRACKETS = re.compile(r"\(\0+\)|\[\0+\]")
_AFTER_BRACKET = re.compile(r"(?<=[(\[])\0[ _.,+-]*")
_BETWEEN = re.compile(r"[ _.,+-]*\0(?=[ _.,+)\]-]|\0|$)")
_AT_START = re.compile(r"^\0[ _.,+-]*")
_DOUBLED = re.compile(r"([ _.-])\1+")
_EDGES = " ._-"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """What is known of a document when its file gets a name; None is not known, and leaves no gap.

    Attributes:
        document: Its kind, as "consent".
        irb: The board's number of the study.
        title: Its title.
        language: Its language, as "vi".
        site: The site's name or id.
        version: Its version, as "2.0".
        date: The day of its version, ISO 8601.
        state: Whether it is clean, tracked or stamped.
        study: Number or short name of the study.
        number: The number that the board gave this document.
    """

    document: str
    irb: str | None = None
    title: str | None = None
    language: str | None = None
    site: str | None = None
    version: str | None = None
    date: str | None = None
    state: State | None = None
    study: str | None = None
    number: str | None = None


def file_name(profile: Profile, facts: NameFacts, ext: str, *, room: int = 0) -> str:
    """Return the name of a file, its ending included.

    Args:
        ext: The ending without its dot, of a-z and 0-9.
        room: Characters that are to stay free below the profile's limit.

    Raises:
        ValueError: The ending or the date is none.
        Refusal: Version, date and state alone are longer than a name may be.
    """
    if not _ENDING.fullmatch(ext):
        raise ValueError(f'"{ext}" is no ending of a file')
    names = profile.names
    parts = parse_pattern(names.patterns.get(facts.document, names.pattern))
    values = _values(profile, facts, parts)
    limit = names.max_length - len(ext) - 1 - room
    stem = _stem(parts, values, names)
    for field in (one for one in _SHORTENED if one in values):
        while _too_long(stem, limit, ext) and len(values[field]) > _LEAST.get(field, 0):
            values[field] = values[field][:-1].rstrip(_EDGES)
            stem = _stem(parts, values, names)
    if _too_long(stem, limit, ext):
        message = f'no name of {names.max_length} characters can be made for "{facts.document}"'
        raise Refusal(f"{message}: version, date and state take more, and they are not shortened")
    return f"{stem}.{ext}"


def file_names(profile: Profile, wanted: Sequence[tuple[NameFacts, str]]) -> tuple[str, ...]:
    """Return the names of the files of one folder, in their order; where two would meet, the later ones are numbered.

    Raises:
        ValueError, Refusal: As `file_name`.
    """
    first = [file_name(profile, facts, ext) for facts, ext in wanted]
    met = Counter(map(folded, first))
    made = [
        name if met[folded(name)] == 1 else file_name(profile, facts, ext, room=_ROOM)
        for name, (facts, ext) in zip(first, wanted, strict=True)
    ]
    return distinct(made, profile.names.max_length)


def distinct(names: Sequence[str], max_length: int = MAX_UNITS) -> tuple[str, ...]:
    """Return the names, each a different one also where capital letters do not count: the second "a.pdf" is "a-2.pdf".

    Raises:
        Refusal: A name with its number would be too long.
    """
    given, taken = {folded(name) for name in names}, set[str]()
    result = []
    for name in names:
        own = name if folded(name) not in taken else _numbered(name, given | taken, max_length)
        taken.add(folded(own))
        result.append(own)
    return tuple(result)


def _numbered(name: str, taken: set[str], max_length: int) -> str:
    stem, dot, ext = name.rpartition(".") if "." in name else (name, "", "")
    free = next(one for one in (f"{stem}-{number}{dot}{ext}" for number in count(2)) if folded(one) not in taken)
    if units(free) > max_length or len(free.encode()) > MAX_BYTES:
        raise Refusal(f'two files would be called "{name}", and there is no room for a number; use another pattern')
    return free


def _values(profile: Profile, facts: NameFacts, parts: Sequence[Part]) -> dict[str, str]:
    """Return each field of the pattern as it stands in the name, "" where nothing is known; dates by their form."""
    names = profile.names
    given: dict[str, str | None] = {part.field: getattr(facts, part.field) for part in parts if part.field}
    if "document" in given:
        given["document"] = names.documents.get(facts.document, facts.document)
    if facts.state is not None and "state" in given:
        given["state"] = getattr(names.states, facts.state)
    if profile.version == "date" and "version" in given:
        given["version"] = None
    given.pop("date", None)
    values = {field: _field(text or "", names) for field, text in given.items()}
    for spec in {part.spec or "" for part in parts if part.field == "date"}:
        shown = profile.version != "number" and facts.date
        values[f"date:{spec}"] = _field(date_text(facts.date or "", spec or profile.date), names) if shown else ""
    return values


def _stem(parts: Sequence[Part], values: dict[str, str], names: Names) -> str:
    """Put the name together; a field without value takes its separator along, and words glued to it, as v{version}."""
    pieces = []
    for part in parts:
        key = f"date:{part.spec or ''}" if part.field == "date" else part.field
        value = "" if key is None else values[key]
        words = _taken(part.words, names)
        if key is not None and not value:
            words = re.sub(r"\w+$", "", words.replace("_", "\1")).replace("\1", "_")
        pieces += [words, value or ("" if key is None else _NOTHING)]
    return _tidy("".join(pieces), names)


def _tidy(stem: str, names: Names) -> str:
    """Return a stem without gaps, doubled separators and loose edges, that is no device and not empty."""
    for gap, left in ((_IN_BRACKETS, _NOTHING), (_AFTER_BRACKET, ""), (_BETWEEN, ""), (_AT_START, "")):
        stem = gap.sub(left, stem)
    stem = stem.replace("()", "").replace("[]", "").replace(_NOTHING, "")
    if names.allowed == "ectd":
        stem = re.sub(r"[^a-z0-9]+", "-", stem)
    stem = unicodedata.normalize("NFC", _DOUBLED.sub(r"\1", stem)).strip(_EDGES)
    return f"doc-{stem}" if is_device(stem) else stem or "document"


def _field(text: str, names: Names) -> str:
    """Return the value of a field as it may stand in a name."""
    words = " ".join(_taken(text[:_MAX_FIELD], names).split())
    if names.allowed == "ectd":
        words = re.sub(r"[^a-z0-9]+", "-", words)
    elif names.space != "keep":
        words = words.replace(" ", names.space)
    words = _DOUBLED.sub(r"\1", words).strip(_EDGES)
    while words and unicodedata.combining(words[0]):
        words = words[1:].lstrip(_EDGES)
    return words


def _taken(text: str, names: Names) -> str:
    """Return a text in the letters and the case that the profile takes, without what Windows takes in no name."""
    if names.allowed != "windows":
        text = _ascii(text)
    text = "".join(map(_character, unicodedata.normalize("NFC", text)))
    case = "lower" if names.allowed == "ectd" else names.case
    cased = {"as-is": text, "lower": text.lower(), "upper": text.upper()}[case]
    return unicodedata.normalize("NFC", cased)


def _character(one: str) -> str:
    category = unicodedata.category(one)
    if category.startswith("Z") or one in "\t\n\r":
        return " "
    return "-" if one in RESERVED else "" if category.startswith("C") else one


def _ascii(text: str) -> str:
    """Return a text in ASCII; how, the module says."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", text).translate(_LETTERS)).translate(_LETTERS)
    return "".join(one for one in plain if one.isascii())


def _too_long(stem: str, limit: int, ext: str) -> bool:
    return units(stem) > limit or len(stem.encode()) + len(ext) + 1 > MAX_BYTES
