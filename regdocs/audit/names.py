"""How people, keys, origins, signed text fields and paths may be written, and how an origin is made.

Knows texts only; does not know who is enrolled nor what lies on a disk.
"""

import re
import unicodedata
from collections.abc import Iterable

from regdocs.errors import Refusal

LONGEST_NAME = 200
LONGEST_TEXT = 200
LONGEST_PATH = 240
NO_NAMESPACE = "regdocs.invalid"
"""Stands for the domain of a sponsor who gave none; RFC 2606 keeps `.invalid` from ever being one."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._/@-]*")
_DOMAIN = re.compile(r"(?=.{1,100}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()+-]{0,59}")
_NONCE = re.compile(r"[0-9a-f]{32}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# Control characters, half surrogate pairs, what sets the direction of writing, and the two other ends of a line.
_NOT_IN_SIGNED_TEXT = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
# Names that Windows gives to devices, with any ending: `nul.txt` is `nul`. Also with ¹, ² and ³ as digits.
_DEVICE = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)
_LONGEST_SLUG = 60


class NotAnOrigin(Refusal):
    """No origin can be made of what was given."""


def is_name(text: str) -> bool:
    """Tell whether the text may be the name of a person, a key or an origin.

    Source: docs/formats/audit-log.md, "A line", Names.
    """
    return len(text) <= LONGEST_NAME and _NAME.fullmatch(text) is not None


def is_person(text: str) -> bool:
    """Tell whether the text may be the name of a person: a name without `/`."""
    return is_name(text) and "/" not in text


def is_signed_text(text: str) -> bool:
    """Tell whether the text may stand in a field that is signed, where it has to read as one line and as it is stored.

    Source: docs/formats/audit-log.md, "A line", Text fields.
    """
    if not 1 <= len(text) <= LONGEST_TEXT or _NOT_IN_SIGNED_TEXT.search(text):
        return False
    return text == text.strip() and unicodedata.is_normalized("NFC", text)


def is_version_name(text: str) -> bool:
    """Tell whether the text may be the name of a version: a folder has it, and no other name looks like it in print.

    Source: docs/formats/audit-log.md, "So that two readers agree", Forms.
    """
    return _VERSION.fullmatch(text) is not None and problem_of_path(text) is None


# ------------------------------------------------------------------------------------------------------------- paths


def problem_of_path(path: str) -> str | None:
    """Return in words why no file of a log may have this path, or None when one may.

    A path that is allowed stays inside its folder on every system, and is one file on each of them.

    Source: docs/formats/audit-log.md, "A version", Paths.
    """
    if len(path) > LONGEST_PATH:
        return f"longer than {LONGEST_PATH} characters"
    if _CONTROL.search(path) or any("\ud800" <= letter <= "\udfff" for letter in path):
        return "with a control character"
    if "\\" in path or ":" in path:
        return "with a backslash or a colon"
    if not unicodedata.is_normalized("NFC", path):
        return "not in Unicode's form NFC"
    return next(filter(None, map(_problem_of_segment, path.split("/"))), None)


def problem_of_paths(paths: Iterable[str]) -> str | None:
    """Return the first problem of a list of paths, beginning with the path in quotes, or None.

    Besides each path by itself: no two are the same without regard to case (Unicode's full case folding).
    """
    seen: dict[str, str] = {}
    for path in paths:
        if problem := problem_of_path(path):
            return f"{path!a}: {problem}"
        folded = path.casefold()
        if folded in seen:
            return f"{path!a}: the same as {seen[folded]!a}, but for upper and lower case"
        seen[folded] = path
    return None


def _problem_of_segment(segment: str) -> str | None:
    if segment == "":
        return "with an empty segment, or beginning or ending in /"
    if segment in (".", ".."):
        return f'with a segment "{segment}"'
    if segment[-1] in ". ":
        return "with a segment that ends in a dot or a space"
    if _DEVICE.fullmatch(segment.partition(".")[0].strip()):
        return f"with {segment!a}, a name that Windows keeps for a device"
    return None


# ------------------------------------------------------------------------------------------------------------ origin


def origin_of(namespace: str | None, study: str, nonce: str) -> str:
    """Return the name of a study's log: domain, slug of the study's id, and the nonce's first 8 digits.

    Marks are taken from letters for the slug ("é" is "e"), and what is then neither a letter a–z nor a digit is "-".
    The nonce, and not the slug, keeps two logs apart.

    Args:
        namespace: A domain that the sponsor holds, in lower case; None: `regdocs.invalid`.
        study: The study's id as people write it.
        nonce: 32 hex digits.

    Raises:
        NotAnOrigin: A namespace that is no domain, a nonce of another form, or an id without any letter or digit.
    """
    domain = NO_NAMESPACE if namespace is None else namespace
    if not _DOMAIN.fullmatch(domain):
        raise NotAnOrigin(f"{domain!a} is not a domain in lower case, as in research.example.org")
    if not _NONCE.fullmatch(nonce):
        raise NotAnOrigin("the nonce of a log is 32 lower-case hex digits")
    slug = _slug(study)
    if not slug:
        raise NotAnOrigin(f"the study's id {study!a} has no letter a-z and no digit to name its log by")
    return f"{domain}/{slug}/{nonce[:8]}"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
