"""Packages in the log: the one with the same contents, the one that another goes on from, and the log that goes along.

Knows entries of the kind `package`; makes none.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.footer import footer_text
from regdocs.audit.forms import is_digest, is_reference
from regdocs.audit.line import Json
from regdocs.audit.note import parse_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.tree import consistency_proof, inclusion_proof, root_of, verify_consistency
from regdocs.errors import Refusal
from regdocs.submission.archive import Part
from regdocs.submission.manifest import LOG
from regdocs.versions.logbook import Logbook

WITH_SIGNATURE = 2  # entries: the package's own, and its signature
_NAMING = ("file", "response", "external", "documents", "redlines", "companions")  # keys that say what files are
LINES, CHECKPOINT, PROOF, LISTS = f"{LOG}log.jsonl", f"{LOG}checkpoint", f"{LOG}package.tlog-proof", f"{LOG}lists/"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a package stands in the log.

    Attributes:
        n: Number of its entry; that of the next entry for one that is not recorded.
        root: Root of the log before it.
        on, by: Day, and who made it.
        before: The entry of the package that it goes on from, or None.
        found: Whether it is recorded.
    """

    n: int
    root: bytes
    on: str
    by: str
    before: dict[str, Any] | None
    found: bool

    def head(self) -> dict[str, Json]:
        """Return the log's head before it, as the manifest has it."""
        return {"size": self.n, "root": self.root.hex()}

    def words(self) -> str:
        """Return the same as pages show it."""
        return footer_text(self.n, self.root)


def packages_in(logbook: Logbook) -> tuple[dict[str, Any], ...]:
    """Return the entries of packages, in the order of the log."""
    known = logbook.worked_out.get(("packages", logbook.head.size))
    if known is None:
        listed = tuple(entry for entry in logbook.entries() if entry["do"] == "package")
        known = logbook.worked_out["packages", logbook.head.size] = listed
    found: tuple[dict[str, Any], ...] = known
    return found


def places_of(logbook: Logbook, contents: str, said: tuple[str, str, str | None], on: str, by: str) -> Iterator[Place]:
    """Yield where a package with these contents may stand: where such are recorded, newest first, then the log's end.

    Args:
        said: Name of the profile, kind and site, as an entry has them.
        on, by: Of one that is not recorded yet.
    """
    listed = packages_in(logbook)
    for entry in reversed(listed):
        if entry["contents"] == contents and _said(entry) == said:
            before = next((one for one in listed if one["n"] == entry.get("of")), None)
            yield Place(entry["n"], _root(logbook, entry["n"]), entry["on"], entry["by"], before, found=True)
    earlier = [one for one in listed if one.get("site") == said[2]]
    yield Place(logbook.head.size, logbook.head.root, on, by, earlier[-1] if earlier else None, found=False)


def _said(entry: dict[str, Any]) -> tuple[str, str, str | None]:
    return entry["profile"], entry["kind"], entry.get("site")


def _root(logbook: Logbook, size: int) -> bytes:
    return root_of(logbook.leaves[:size])


def extension(logbook: Logbook, place: Place) -> dict[str, Json] | None:
    """Return the package that this one goes on from, with the proof that the log then is the beginning of the log now.

    Raises:
        Refusal: The proof does not hold, which means a fault of this program.
    """
    if place.before is None:
        return None
    old, new = place.before["n"] + WITH_SIGNATURE, place.n
    root, proof = _root(logbook, old), consistency_proof(logbook.leaves, old, new)
    if not verify_consistency(old, new, root, place.root, proof):
        raise Refusal("the log of the package before is not the beginning of this one")
    told: dict[str, Json] = {"entry": place.before["n"], "on": place.before["on"], "size": old, "root": root.hex()}
    return told | {"proof": [one.hex() for one in proof]}


def extension_words(extends: dict[str, Json] | None, place: Place) -> str:
    """Return the same in a sentence for the letter; "" for the first package."""
    if extends is None:
        return ""
    shown = f"extends the package of {extends['on']}: {extends['size']} → {place.n}"
    return f"This package {shown} entries of the study's history, of which a consistency proof is in its manifest."


def log_parts(logbook: Logbook, n: int, named: Iterable[int]) -> Iterator[Part]:
    """Yield the files below `log/`: the log up to the package's signature, its head and proof, and lists of issues.

    Args:
        n: Number of the package's entry.
        named: Entries that the manifest names for its files.

    Raises:
        Refusal: The head behind the package was not kept.
    """
    size = n + WITH_SIGNATURE
    note = kept_note(logbook, size)
    lines = b"".join(line + b"\n" for line in logbook.folder.lines(0, size))
    yield Part(LINES, lines)
    yield Part(CHECKPOINT, note)
    hashes = inclusion_proof(logbook.leaves, n, size)
    yield Part(PROOF, TlogProof(n, tuple(hashes), parse_note(note)).to_bytes())
    digests = {digest for one in named for digest in needed_objects(logbook.entry(one))}
    yield from (Part(f"{LISTS}{digest}", logbook.object(digest)) for digest in sorted(digests))


def kept_note(logbook: Logbook, size: int) -> bytes:
    """Return the head behind a package. Raises Refusal where it was not kept."""
    note = logbook.folder.kept_head(size)
    if note is None:
        raise Refusal(f"heads/{size}.note, the head behind this package, is not there; take it from another copy")
    return note


def needed_objects(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield the objects without which a reader cannot tell what an entry names: its list, and long values.

    `entry` is as it stands in the log, and may be anybody's.
    """
    if entry.get("do") == "issue" and is_digest(entry.get("files")):
        yield entry["files"]
    for key in _NAMING:
        if is_reference(entry.get(key)):
            yield entry[key]["object"]
