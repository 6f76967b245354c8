"""The kinds of entries: which keys each must have and of what form (docs/formats/audit-log.md, "Kinds of entries").

Knows one entry by itself; what it means beside the others is said by `authority` and `verify`. Keys beyond the ones
here are allowed, and so are kinds that this version does not know: later versions can say more.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TypeAlias, TypeGuard

from regdocs.audit.line import Json
from regdocs.audit.names import LONGEST_NAME, is_name, is_person, is_signed_text, is_version_name
from regdocs.audit.note import ED25519, NotAKey, parse_key

Form: TypeAlias = Callable[[Json], bool]
Rows: TypeAlias = tuple[tuple[str, bool, Form], ...]

FORMAT = "regdocs.audit/v1"
TOOL = "regdocs"
ROLES = (
    "administrator",
    "sponsor",
    "principal-investigator",
    "investigator",
    "coordinator",
    "regulatory",
    "medical-monitor",
    "statistician",
    "monitor",
    "auditor",
    "observer",
)
MEANINGS = ("authorship", "review", "approval", "responsibility", "authorisation")
ELSEWHERE = ("ink", "docusign", "adobe", "other")
OUTCOMES = (
    "approved",
    "conditionally-approved",
    "changes-required",
    "deferred",
    "disapproved",
    "acknowledged",
    "no-objection",
    "not-required",
    "suspended",
    "terminated",
    "expired",
    "withdrawn",
)
AUTHORITY = frozenset(("enrol", "key-add", "role", "key-revoke", "log-key"))
VERSIONS = frozenset(("release", "amend"))
SIGNED_AT_ONCE = AUTHORITY | VERSIONS | {"genesis", "issue"}

_HEX64 = re.compile(r"[0-9a-f]{64}")
_HEX32 = re.compile(r"[0-9a-f]{32}")
_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DOCUMENT = re.compile(r"[^/\n\t]+/[^/\n\t]+/[^\n\t]+")

# These stand in the line itself always: by them a line is told from others before anything is put back.
NEVER_PUT_OUT = frozenset(("n", "prev", "do", "by", "at", "format"))


def problems_of(entry: Mapping[str, Json]) -> tuple[str, ...]:
    """Return what is missing or of a wrong form in an entry as it is written, in words; () when nothing is.

    A value that was put out as an object has no form to be looked at. `n`, `prev` and `at` are looked at only for
    their form; that they fit the log is not seen here.
    """
    put_out = {key: value for key, value in entry.items() if type(value) is dict and _is_put_out(key, value)}
    return _problems(entry, _FORMS, _FORMS_OF_ANY, put_out)


def problems_of_whole(entry: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the same of an entry in which all that was put out has been put back."""
    return _problems(entry, _FORMS, _FORMS_OF_ANY)


def problems_of_own(entry: Mapping[str, Json]) -> tuple[str, ...]:
    """Return the same of an entry whose `n`, `prev` and `at` are known to be good, as in nearly all of a log."""
    return _problems(entry, _OWN_FORMS, _OWN_FORMS_OF_ANY)


def _problems(
    entry: Mapping[str, Json], forms: Mapping[str, Rows], of_any: Rows, unseen: Collection[str] = ()
) -> tuple[str, ...]:
    kind, found = entry.get("do"), []
    for name, needed, form in forms.get(kind, of_any) if isinstance(kind, str) else of_any:
        if name not in entry:
            if needed:
                found.append(f'"{name}" is missing')
        elif not form(entry[name]) and name not in unseen:
            found.append(f'"{name}" is not of the form it should have')
    return tuple(found)


def _is_put_out(key: str, value: Json) -> bool:
    return key not in NEVER_PUT_OUT and is_reference(value)


def is_known(kind: Json) -> bool:
    """Tell whether this version knows what an entry of that kind means."""
    return isinstance(kind, str) and kind in _KINDS


def is_time(value: Json) -> TypeGuard[str]:
    """Tell whether the value is a moment in UTC, such as "2026-03-01T14:02:11Z", that the calendar has."""
    return isinstance(value, str) and len(value) == 20 and _is_moment(value)


def is_day(value: Json) -> bool:
    """Tell whether the value is a day, such as "2026-03-01", that the calendar has."""
    return isinstance(value, str) and len(value) == 10 and _is_date(value)


def is_digest(value: Json) -> bool:
    """Tell whether the value is a SHA-256 in lower-case hex."""
    return isinstance(value, str) and _HEX64.fullmatch(value) is not None


def is_reference(value: Json) -> bool:
    """Tell whether the value stands for a longer one that is kept as an object."""
    return (
        isinstance(value, dict)
        and value.keys() == {"bytes", "object"}
        and is_digest(value["object"])
        and _is_count(value["bytes"])
    )


def is_sealed(value: Json) -> bool:
    """Tell whether the value is a sealed text."""
    return isinstance(value, dict) and value.keys() == {"sealed"} and is_digest(value["sealed"])


# The same times and days come again and again in a log.
@lru_cache(maxsize=256)
def _is_moment(text: str) -> bool:
    return _TIME.fullmatch(text) is not None and _in_calendar(datetime.fromisoformat, text[:-1])


@lru_cache(maxsize=256)
def _is_date(text: str) -> bool:
    return _DAY.fullmatch(text) is not None and _in_calendar(date.fromisoformat, text)


def _in_calendar(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_count(value: Json) -> bool:
    return type(value) is int and value >= 0


def _is_number_from_1(value: Json) -> bool:
    return _is_count(value) and value != 0


def _is_text(value: Json) -> bool:
    """A text, or what stands for one that is sealed."""
    return (isinstance(value, str) and value != "") or is_sealed(value)


def _is_plain_text(value: Json) -> bool:
    return isinstance(value, str) and is_signed_text(value)


def _is_version(value: Json) -> bool:
    """The name of a version, which is also the name of its folder."""
    return isinstance(value, str) and is_version_name(value)


def _is_list(value: Json) -> bool:
    return isinstance(value, list)


def _is_roles(value: Json) -> bool:
    return bool(value) and _all_roles(value)


def _all_roles(value: Json) -> bool:
    """Known roles, each once, possibly none."""
    return isinstance(value, list) and all(role in ROLES for role in value) and _each_once(value)


def _is_verified(value: Json) -> bool:
    return isinstance(value, dict) and all(_is_text(value.get(key)) for key in ("how", "by"))


def _is_rules(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("four_eyes"), bool) and _all_roles(value.get("approval"))


def _is_people(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_enrolled(person) for person in value)


def _is_enrolled(value: Json) -> bool:
    return isinstance(value, dict) and all(key in value and form(value[key]) for key, form in _PERSON.items())


def _one_of(*words: str) -> Form:
    return lambda value: isinstance(value, str) and value in words


def _is_name(value: Json) -> bool:
    return isinstance(value, str) and is_name(value)


def _is_person(value: Json) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_NAME and _is_person_name(value)


_is_person_name = lru_cache(maxsize=1024)(is_person)


def _is_key(value: Json) -> bool:
    """A verifier key for signatures, of a person or of the log; what its name has to be is said beside its entry."""
    try:
        return isinstance(value, str) and parse_key(value).kind == ED25519
    except NotAKey:
        return False


def _is_string(value: Json) -> bool:
    return isinstance(value, str) and value != ""


def _is_texts(value: Json) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_words(value: Json) -> bool:
    """Words, each once, at least one."""
    return isinstance(value, list) and bool(value) and all(_is_string(one) for one in value) and _each_once(value)


def _each_once(values: Sequence[Json]) -> bool:
    return len(set(map(str, values))) == len(values)


def _is_documents(value: Json) -> bool:
    """Documents as "kind/language/version", each once, at least one."""
    return isinstance(value, list) and _is_words(value) and all(_DOCUMENT.fullmatch(str(one)) for one in value)


def _is_letter(value: Json) -> bool:
    """A file that is kept, and of what kind it is: by `kind` it is told from a value that was put out."""
    return isinstance(value, dict) and all(key in value and form(value[key]) for key, form in _LETTER.items())


def _is_moments(value: Json) -> bool:
    """Sites, each once, at least one: when something was done there, and how participants were told."""
    if not isinstance(value, list) or not all(isinstance(one, dict) and _is_moment_at(one) for one in value):
        return False
    return _is_words([one["site"] for one in value if isinstance(one, dict)])


def _is_moment_at(one: Mapping[str, Json]) -> bool:
    return "site" in one and is_time(one.get("at")) and _is_text(one.get("told"))


_EVERY: tuple[tuple[str, Form], ...] = (
    ("n", _is_count),
    ("prev", is_digest),
    ("do", _is_string),
    ("by", _is_person),
    ("at", is_time),
    ("on?", is_day),
    ("why?", _is_text),
)
_PERSON: dict[str, Form] = {
    "person": _is_person,
    "name": _is_plain_text,
    "roles": _is_roles,
    "key": _is_key,
    "verified": _is_verified,
}
_LETTER: dict[str, Form] = {"object": is_digest, "bytes": _is_count, "kind": _is_string}
_VERSION: dict[str, Form] = {"version": _is_version, "data": is_digest, "spec": is_digest, "inputs": is_digest}

# What each kind has besides; a "?" marks what may be absent.
_KINDS: dict[str, dict[str, Form]] = {
    "genesis": {
        "format": _one_of(FORMAT),
        "study": _is_plain_text,
        "sponsor": _is_plain_text,
        "nonce": lambda value: isinstance(value, str) and _HEX32.fullmatch(value) is not None,
        "origin": _is_name,
        "rules": _is_rules,
        "people": _is_people,
        "log_key": _is_key,
        "keys": _one_of("personal", "demonstration"),
        "purpose": _one_of("study", "record"),
        "tool": _is_string,
    },
    "enrol": {**_PERSON, "possession": _is_string},
    "key-add": {"person": _is_person, "key": _is_key, "possession": _is_string},
    "role": {"person": _is_person, "roles": _is_roles},
    "key-revoke": {"key": _is_name, "since?": _is_count, "why": _is_text},
    "log-key": {"key": _is_key, "why": _is_text},
    "release": _VERSION,
    "amend": {**_VERSION, "amendment": _is_number_from_1, "what": _is_list},
    "issue": {
        "of": _is_count,
        "files": is_digest,
        "documents": _is_list,
        "kept": _one_of("bytes", "trees"),
        "replaces?": _is_list,
    },
    "sign": {"of": _is_count, "note": _is_string},
    "signed-elsewhere": {
        "of": _is_count,
        "kind": _one_of(*ELSEWHERE),
        "signer": _is_text,
        "meaning": _one_of(*MEANINGS),
        "object": is_digest,
        "bytes": _is_count,
        "on": is_day,
    },
    "correct": {"of": _is_count, "text": _is_text},
    "note": {"text": _is_text},
    "redact": {"sealed": is_digest, "why": _is_text},
    "anchor": {
        "kind": _one_of("cosignature", "timestamp"),
        "size": _is_number_from_1,
        "object": is_digest,
        "time": is_time,
    },
    "submit": {
        "version": _is_version,
        "body": _is_string,
        "sites": _is_words,
        "documents": _is_documents,
        "on": is_day,
    },
    "decision": {
        "body": _is_string,
        "reference": _is_plain_text,
        "outcome": _one_of(*OUTCOMES),
        "decided": is_day,
        "effective?": is_day,
        "expires?": is_day,
        "received": is_day,
        "sites": _is_words,
        "documents": _is_documents,
        "version?": _is_version,
        "of?": _is_count,
        "letter?": _is_letter,
        "stipulations?": _is_texts,
        "class?": _is_text,
        "reconsent?": _is_list,
    },
    "urgent-safety": {
        "hazard": _is_text,
        "measure": _is_text,
        "decided_by": _is_text,
        "known?": is_time,
        "sites": _is_moments,
    },
    "import": {"object": is_digest, "source": _is_text, "title": _is_text, "on": is_day},
    "snapshot": {"data": is_digest, "spec": is_digest, "inputs": is_digest},
    "clock": {"reads": is_time},
    "recovered": {"object": is_digest, "bytes": _is_count},
}


def _unfolded(forms: Iterable[tuple[str, Form]]) -> Rows:
    """Take the "?" off the keys once, not at each entry."""
    return tuple((key.removesuffix("?"), not key.endswith("?"), form) for key, form in forms)


_FORMS_OF_ANY = _unfolded(_EVERY)
_FORMS = {
    # A key that its kind needs ("why", "on") comes twice in this sum; the dictionary keeps the kind's own word for it.
    kind: tuple({row[0]: row for row in _FORMS_OF_ANY + _unfolded(forms.items())}.values())
    for kind, forms in _KINDS.items()
}
_OWN_FORMS_OF_ANY = tuple(row for row in _FORMS_OF_ANY if row[0] not in ("n", "prev", "at"))
_OWN_FORMS = {
    # That `do` is a text is known where it was looked up.
    kind: tuple(row for row in rows if row[0] not in ("n", "prev", "at", "do"))
    for kind, rows in _FORMS.items()
}
