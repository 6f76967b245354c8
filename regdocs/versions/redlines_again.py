"""Issued redlines made again from the two stored trees they are the difference of, and compared.

Trees of a log are hostile input: the difference is made in a process with limits. Renders nothing.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from regdocs.build.workers import Limits, Task, make_all
from regdocs.canonical import canonical_json
from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import Document
from regdocs.content.query import plain_text
from regdocs.content.redline import redline
from regdocs.content.tracked_identity import with_tracked_identity
from regdocs.errors import Refusal
from regdocs.versions.bases import EFFECTS
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.issued_beside import IssuedRedline, redlines_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.printed import tree_of
from regdocs.versions.redlines import MARK, identity_words
from regdocs.versions.submissions import filed_entries


def remade(
    logbook: Logbook, version: Version, clock: Callable[[], float], limits: Limits
) -> tuple[tuple[IssuedRedline, bool], ...]:
    """Return the redlines of a version, each with whether it is the difference of its base and its document.

    One whose base or document is not among those that were issued is not.

    Raises:
        DoesNotFit: What the log says of them does not fit together.
        Refusal: A tree is missing or cannot be read, or the difference took too long or too much memory.
    """
    listed = redlines_of(logbook, version)
    pairs = {one.stem: pair for one in listed if (pair := _pair(logbook, version, one)) is not None}
    found = _differences(tuple(pairs.values()), clock, limits) if pairs else ()
    named = {one.stem: one for one in listed}
    made = {stem: _titled(logbook, version, named[stem], tree) for stem, tree in zip(pairs, found, strict=True)}
    return tuple(
        (one, one.stem in made and _agrees(logbook, one, tree_of(logbook.object(one.tree)), made[one.stem]))
        for one in listed
    )


def differences_as_json(pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the trees of the redlines of base and document, as JSON. Runs in a process of its own."""
    return canonical_json([to_json(redline(tree_of(base), tree_of(new))) for base, new in pairs])


def _differences(
    pairs: tuple[tuple[bytes, bytes], ...], clock: Callable[[], float], limits: Limits
) -> tuple[Document, ...]:
    task = Task("the redlines", 1, partial(differences_as_json, pairs))
    made, failures = make_all((task,), 1, lambda name: None, clock, limits)
    if failures:
        raise Refusal(f"redlines could not be made again: {failures[0].why}")
    return tuple(map(from_json, json.loads(made["the redlines"])))


def _pair(logbook: Logbook, version: Version, one: IssuedRedline) -> tuple[bytes, bytes] | None:
    """Return the stored trees of base and document."""
    base = next((other for other in logbook.versions if other.name == one.base and other.n <= version.n), None)
    old = None if base is None or not base.issues else _issued(logbook, base, one)
    new = _issued(logbook, version, one)
    return None if old is None or new is None else (logbook.object(old.tree), logbook.object(new.tree))


def _titled(logbook: Logbook, version: Version, one: IssuedRedline, made: Document) -> Document:
    """Return the difference with running titles as they were asked for."""
    base = _issued(logbook, logbook.version(one.base), one)
    if not one.tracks_identity or base is None:
        return made
    was, now = (
        identity_words(base.version, base.date, one.base),
        identity_words(one.version, one.date, version.name),
    )
    return with_tracked_identity(made, was, now)


def _issued(logbook: Logbook, version: Version, one: IssuedRedline) -> IssuedDocument | None:
    return next((document for document in documents_of(logbook, version) if document.stem == one.document), None)


def _agrees(logbook: Logbook, one: IssuedRedline, stored: Document, made: Document) -> bool:
    """Tell whether the trees are the same but for the line on each page that names the base, and that line is true."""
    count = len(made.furniture.marks)
    own, added = stored.furniture.marks[:count], stored.furniture.marks[count:]
    words = [plain_text(line) for line in added]
    if len(words) != 1 or not _names_base(logbook, one, words[0]):
        return False
    return replace(stored, furniture=replace(stored.furniture, marks=own)) == made


def _names_base(logbook: Logbook, one: IssuedRedline, words: str) -> bool:
    """Tell whether the line names the base document as it was issued, and each decision or reason of the entry."""
    base = _issued(logbook, logbook.version(one.base), one)
    if base is None or one.base_version != base.version:
        return False
    filed = {entry["n"]: entry for entry in filed_entries(logbook)}
    approvals = [_approval(filed.get(n)) for n in one.decisions]
    reasons = [one.against] if one.against is not None else []
    if not words.startswith(f"{MARK} {base.version} of {base.date}, "):
        return False
    return bool(approvals or reasons) and all(part is not None and part in words for part in (*approvals, *reasons))


def _approval(entry: Mapping[str, Any] | None) -> str | None:
    """Return how a line names a decision that approved a base; None where it is no such decision."""
    if entry is None or entry["do"] != "decision" or "letter" not in entry or EFFECTS[entry["outcome"]][0] != "makes":
        return None
    return f"{entry['reference']}, {entry['decided']}"
