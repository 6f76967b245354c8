"""The version that a changed document gets by rule: the protocol's, a site's own, or a translation's own.

    2.0         its wording changed with the protocol
    2.0-north   only this site's form changed; the forms of the same kind at other sites stay as they are
    2.0-vi.1    only the translation changed; the text that it translates stays as it is

A site's or a translation's version goes on from the one the document had ("2.0-north.2", "2.0-vi.2"). Identity and
white space are not in a content tree, so they alone never give a version. A person may say another one.
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple


class Stem(NamedTuple):
    """Which document it is: "consent/north/en" in parts; `site` is None where there is none."""

    kind: str
    site: str | None
    language: str

    @classmethod
    def of(cls, stem: str) -> "Stem":
        """Return the parts of a document's path without its ending."""
        kind, *site, language = stem.split("/")
        return cls(kind, site[0] if site else None, language)


def own_version(
    stem: str, version: str, had: Mapping[str, str], changed: Collection[str], known: Collection[str], language: str
) -> str:
    """Return the version of a document whose tree changed.

    Args:
        stem: The document.
        version: The protocol's.
        had: Version that each document had before, by stem.
        changed: Stems of the documents whose trees changed, new ones among them.
        known: Stems of all documents of this version.
        language: The protocol's, which translations are made from.
    """
    if stem not in had:
        return version
    own = Stem.of(stem)
    source = "/".join(part for part in (own.kind, own.site, language) if part)
    if own.language != language and source in known and source not in changed:
        return _next(had[stem], own.language, first=".1")
    if own.site is not None and _only_here(own, changed, known):
        return _next(had[source if source in had else stem], own.site, first="")
    return version


def _only_here(own: Stem, changed: Collection[str], known: Collection[str]) -> bool:
    """Tell whether forms of this kind are at other sites too, and none of them changed."""
    others = [stem for stem in known if Stem.of(stem).kind == own.kind and Stem.of(stem).site != own.site]
    return bool(others) and not any(stem in changed for stem in others)


def _next(had: str, of: str, first: str) -> str:
    """Return the version after the one it had, of this site or language: "2.0-vi.1" is followed by "2.0-vi.2"."""
    found = re.fullmatch(rf"(?P<before>.+)-{re.escape(of)}(?:\.(?P<number>[0-9]+))?", had)
    if found is None:
        return f"{had}-{of}{first}"
    return f"{found['before']}-{of}.{int(found['number'] or 1) + 1}"
