"""What is and was approved: each document, ours or from outside, by whom, for which site, from when until when.

One line an approval with its letter. It ends where the body let it expire, took it back, or decided on the document
anew; that a newer version of the document came is no end of an approval.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.versions import tmf
from regdocs.versions.decisions import decisions_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import externals_of
from regdocs.versions.tmf import Artifact
from regdocs.versions.validity import USES, holds_from


@dataclass(frozen=True, slots=True)
class Approved:
    """An approval of one document for one site.

    Attributes:
        document: "consent/vi/2.0".
        type: Its kind, or the type of a document from outside.
        title: What it is called.
        outside: Whether it is from outside.
        site, body, reference, outcome: For which site, by whom, as what.
        since: Day from which it holds.
        until: Day from which it does not any more, or None.
        ended: What ended it, in words; None where nothing did.
        letter: Digest of the letter.
        entries: Numbers of the entries: the decision, and the one that ended it.
        tmf: Where the document belongs in a trial master file.
    """

    document: str
    type: str
    title: str
    outside: bool
    site: str
    body: str
    reference: str
    outcome: str
    since: str
    until: str | None
    ended: str | None
    letter: str
    entries: tuple[int, ...]
    tmf: Artifact | None

    @property
    def language(self) -> str:
        """The document's language."""
        return self.document.split("/")[1]


def approved(logbook: Logbook, body: str | None = None, site: str | None = None) -> tuple[Approved, ...]:
    """Return the approvals, by document in the order in which they were decided on, then by site, body and day."""
    counting: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for entry in decisions_of(logbook):
        use = USES[entry["outcome"]]
        if use == "ends" or (use == "permits" and "letter" in entry):
            for document in entry["documents"]:
                for at in entry["sites"]:
                    if body in (None, entry["body"]) and site in (None, at):
                        counting.setdefault((document, at, entry["body"]), []).append(entry)
    outside = {one["document"]: one for _, one in externals_of(logbook)}
    return tuple(
        found
        for (document, at, _), entries in sorted(counting.items(), key=lambda item: _order(item[0], list(counting)))
        for found in _periods(document, at, entries, outside.get(document))
    )


def _order(key: tuple[str, str, str], keys: list[tuple[str, str, str]]) -> tuple[int, str, str]:
    return next(n for n, (document, _, _) in enumerate(keys) if document == key[0]), key[1], key[2]


def _periods(
    document: str, site: str, entries: list[dict[str, Any]], outside: Mapping[str, Any] | None
) -> Iterator[Approved]:
    """Yield a line for each decision that permits, up to the next one of the same body."""
    listed = sorted(entries, key=lambda one: (holds_from(one), one["decided"], one["n"]))
    kind = document.partition("/")[0]
    known = kind_named(kind) or amendment_kind_named(kind)
    title = str(outside.get("title", document)) if outside is not None else known.title if known else kind
    for one, after in zip(listed, (*listed[1:], None), strict=True):
        if USES[one["outcome"]] == "permits":
            until, ended, by = _end(one, after)
            yield Approved(
                document,
                kind if outside is None else str(outside.get("type", "?")),
                title,
                outside is not None,
                site,
                one["body"],
                one["reference"],
                one["outcome"],
                holds_from(one),
                until,
                ended,
                one["letter"]["object"],
                (one["n"], *by),
                tmf.of_document(kind) if outside is None else tmf.of_external(outside.get("type")),
            )


def _end(one: Mapping[str, Any], after: Mapping[str, Any] | None) -> tuple[str | None, str | None, tuple[int, ...]]:
    """Return when an approval ends, what ends it, and by which entry."""
    expires = one.get("expires")
    if after is not None and (expires is None or holds_from(after) <= expires):
        word = "decided on anew" if USES[after["outcome"]] == "permits" else after["outcome"]
        return holds_from(after), f"{word} ({after['reference']}, entry {after['n']})", (after["n"],)
    return (expires, "expires", ()) if expires is not None else (None, None, ())
