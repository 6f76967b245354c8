"""Version and date of each document of a new version, by rule.

At the release every document gets the protocol's version and date. At an amendment a document whose content tree has
changed gets the amendment's date and the version that `own_version` gives; the others keep theirs. A person may say
another version for a document. Knows stems and digests; does not know the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.audit.names import is_signed_text
from regdocs.errors import Refusal, UsageError
from regdocs.versions.own_version import own_version


@dataclass(frozen=True, slots=True)
class Before:
    """A document of the version before: its own version and date, its tree, and the version that issued it."""

    version: str
    date: str
    tree: str
    source: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A document's own version and date; `since` is the earlier version it stands unchanged from, or None: issued."""

    version: str
    date: str
    since: str | None = None


def propose(
    trees: Mapping[str, str],
    version: str,
    date: str,
    before: Mapping[str, Before],
    chosen: Mapping[str, str],
    used: Mapping[str, frozenset[str]],
    language: str = "en",
) -> dict[str, Proposed]:
    """Return version and date of each document.

    Args:
        trees: Digest of each document's content tree now, by stem.
        version, date: The protocol's.
        before: The documents of the version before; {} at the release.
        chosen: Versions that a person chose, by stem; such a document is issued anew in any case.
        used: Versions that each document has had, by stem: none is given a second time.
        language: The protocol's, which translations are made from.

    Raises:
        UsageError: A chosen version is for a document that there is not, or is no version.
        Refusal: A document would get a version that it had before, with other words.
    """
    _demand_chosen(trees, chosen)
    had = {stem: one.version for stem, one in before.items()}
    changed = {stem for stem, tree in trees.items() if stem not in before or before[stem].tree != tree}
    versions = {stem: own_version(stem, version, had, changed, trees, language) for stem in changed} | dict(chosen)
    found = {stem: _one(stem, date, before, versions) for stem in trees}
    for stem, one in found.items():
        if one.since is None and one.version in used.get(stem, frozenset()):
            raise Refusal(
                f'"{stem}" has had the version {one.version} before; choose another with --document {stem}=VERSION'
            )
    return found


def parse_chosen(given: tuple[str, ...]) -> dict[str, str]:
    """Return versions by stem from what a person writes: "consent/north/en=2.0".

    Raises:
        UsageError: It is not of that form, or a document stands twice.
    """
    found: dict[str, str] = {}
    for one in given:
        stem, equals, version = one.partition("=")
        if not (stem and equals and version) or stem in found:
            raise UsageError(f'"{one}" has to be KIND/[SITE/]LANGUAGE=VERSION, each document once')
        found[stem] = version
    return found


def _one(stem: str, date: str, before: Mapping[str, Before], versions: Mapping[str, str]) -> Proposed:
    if stem in versions:
        return Proposed(versions[stem], date)
    return Proposed(before[stem].version, before[stem].date, before[stem].source)


def _demand_chosen(trees: Mapping[str, str], chosen: Mapping[str, str]) -> None:
    for stem, version in chosen.items():
        if stem not in trees:
            raise UsageError(f'there is no document "{stem}"; the documents are: {", ".join(sorted(trees))}')
        if not is_signed_text(version):
            raise UsageError(f'the version of "{stem}" has to be one line of 1 to 200 characters')
