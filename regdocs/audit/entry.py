"""The kinds of entries: which keys each must have and of what form (docs/formats/audit-log.md, "Kinds of entries").

Knows one entry by itself; what it means beside the others is said by `authority` and `verify`. Keys beyond the ones
here are allowed, and so are kinds that this version does not know: later versions can say more.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

from regdocs.audit.forms import (
    Form,
    each_once,
    is_count,
    is_day,
    is_digest,
    is_documents,
    is_flag,
    is_key,
    is_letter,
    is_letters,
    is_list,
    is_moments,
    is_name,
    is_number_from_1,
    is_person,
    is_plain_text,
    is_reference,
    is_string,
    is_text,
    is_texts,
    is_time,
    is_version,
    is_words,
    one_of,
)
from regdocs.audit.line import Json

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
COMPARED = ("words", "no-text")
AUTHORITY = frozenset(("enrol", "key-add", "role", "key-revoke", "log-key"))
VERSIONS = frozenset(("release", "amend"))
SIGNED_AT_ONCE = AUTHORITY | VERSIONS | {"genesis", "issue"}

_HEX32 = re.compile(r"[0-9a-f]{32}")

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


def _is_roles(value: Json) -> bool:
    return bool(value) and _all_roles(value)


def _all_roles(value: Json) -> bool:
    """Known roles, each once, possibly none."""
    return isinstance(value, list) and all(role in ROLES for role in value) and each_once(value)


def _is_verified(value: Json) -> bool:
    return isinstance(value, dict) and all(is_text(value.get(key)) for key in ("how", "by"))


def _is_rules(value: Json) -> bool:
    return isinstance(value, dict) and isinstance(value.get("four_eyes"), bool) and _all_roles(value.get("approval"))


def _is_people(value: Json) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_enrolled(person) for person in value)


def _is_enrolled(value: Json) -> bool:
    return isinstance(value, dict) and all(key in value and form(value[key]) for key, form in _PERSON.items())


_EVERY: tuple[tuple[str, Form], ...] = (
    ("n", is_count),
    ("prev", is_digest),
    ("do", is_string),
    ("by", is_person),
    ("at", is_time),
    ("on?", is_day),
    ("why?", is_text),
)
_PERSON: dict[str, Form] = {
    "person": is_person,
    "name": is_plain_text,
    "roles": _is_roles,
    "key": is_key,
    "verified": _is_verified,
}
_VERSION: dict[str, Form] = {"version": is_version, "data": is_digest, "spec": is_digest, "inputs": is_digest}

# What each kind has besides; a "?" marks what may be absent.
_KINDS: dict[str, dict[str, Form]] = {
    "genesis": {
        "format": one_of(FORMAT),
        "study": is_plain_text,
        "sponsor": is_plain_text,
        "nonce": lambda value: isinstance(value, str) and _HEX32.fullmatch(value) is not None,
        "origin": is_name,
        "rules": _is_rules,
        "people": _is_people,
        "log_key": is_key,
        "keys": one_of("personal", "demonstration"),
        "purpose": one_of("study", "record"),
        "tool": is_string,
    },
    "enrol": {**_PERSON, "possession": is_string},
    "key-add": {"person": is_person, "key": is_key, "possession": is_string},
    "role": {"person": is_person, "roles": _is_roles},
    "key-revoke": {"key": is_name, "since?": is_count, "why": is_text},
    "log-key": {"key": is_key, "why": is_text},
    "release": _VERSION,
    "amend": {**_VERSION, "amendment": is_number_from_1, "submission?": is_number_from_1, "what": is_list},
    "issue": {
        "of": is_count,
        "files": is_digest,
        "documents": is_list,
        "kept": one_of("bytes", "trees"),
        "replaces?": is_list,
    },
    "sign": {"of": is_count, "note": is_string},
    "signed-elsewhere": {
        "of": is_count,
        "kind": one_of(*ELSEWHERE),
        "signer": is_text,
        "meaning": one_of(*MEANINGS),
        "object": is_digest,
        "bytes": is_count,
        "on": is_day,
    },
    "correct": {"of": is_count, "text": is_text},
    "note": {"text": is_text},
    "redact": {"sealed": is_digest, "why": is_text},
    "anchor": {
        "kind": one_of("cosignature", "timestamp"),
        "size": is_number_from_1,
        "object": is_digest,
        "time": is_time,
    },
    "submit": {
        "version": is_version,
        "body": is_string,
        "sites": is_words,
        "documents": is_documents,
        "on": is_day,
        "to?": is_count,
        "submission?": is_number_from_1,
        "external?": is_list,
        "answers?": is_list,
        "response?": is_letters,
    },
    "decision": {
        "body": is_string,
        "reference": is_plain_text,
        "outcome": one_of(*OUTCOMES),
        "decided": is_day,
        "effective?": is_day,
        "expires?": is_day,
        "received": is_day,
        "sites": is_words,
        "documents": is_documents,
        "version?": is_version,
        "of?": is_count,
        "letter?": is_letter,
        "stipulations?": is_texts,
        "class?": is_text,
        "reconsent?": is_list,
    },
    "activate": {
        "version": is_version,
        "site": is_string,
        "documents?": is_documents,
        "on": is_day,
        "trained?": is_letter,
    },
    "receive": {
        "of": is_count,
        "site": is_string,
        "language": is_string,
        "document": is_string,
        "file": is_letter,
        "against": is_digest,
        "compared": one_of(*COMPARED),
        "changes?": is_list,
    },
    "deviation": {
        "number": is_plain_text,
        "site": is_string,
        "category": is_string,
        "important": is_flag,
        "text": is_text,
        "on": is_day,
        "reported?": is_list,
    },
    "package": {
        "profile": is_string,
        "kind": is_string,
        "site?": is_string,
        "manifest": is_digest,
        "contents": is_digest,
        "of?": is_count,
        "on": is_day,
    },
    "urgent-safety": {
        "hazard": is_text,
        "measure": is_text,
        "decided_by": is_text,
        "known?": is_time,
        "sites": is_moments,
    },
    "import": {"object": is_digest, "source": is_text, "title": is_text, "on": is_day},
    "snapshot": {"data": is_digest, "spec": is_digest, "inputs": is_digest},
    "clock": {"reads": is_time},
    "recovered": {"object": is_digest, "bytes": is_count},
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
