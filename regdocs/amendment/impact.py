"""What each change of the protocol touches: documents and their sections, sites, forms, entries of the registry.

Knows changed paths, what each document reads, and which of its blocks say something else; does not know why.
A change touches a document where a changed block prints a value from its place. Where no block does, and blocks have
changed that no other change accounts for, it touches every such document that reads the place: in a condition.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from regdocs.amendment.blocks import BlockChange
from regdocs.amendment.places import parent_of, segments_of

T = TypeVar("T")

FORMS, REGISTRY = "crf", "registry"  # kinds of documents whose sections are forms, whose rows are entries


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document before and after.

    Attributes:
        stem: Which one ("consent/north/en").
        kind, site: Its kind, and its site or None.
        reads: Paths that its words or conditions depend on, before or after.
        blocks: Blocks whose words changed.
    """

    stem: str
    kind: str
    site: str | None
    reads: frozenset[str]
    blocks: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """What one change touches.

    Attributes:
        documents: Sections by document, each sorted as printed; () where it changed a document outside any section.
        blocks: Ids of the changed blocks by document.
        sites: Ids of the sites whose documents it touches, or that it is about.
        forms: Case report forms.
        entries: Entries of the registry text.
    """

    documents: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    blocks: Mapping[str, tuple[str, ...]] = field(default_factory=dict, kw_only=True)
    sites: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """What the changes touch.

    Attributes:
        by_path: What each touches, by its path.
        touched, untouched: Stems of documents of which words changed, and of those of which none did.
    """

    by_path: Mapping[str, Touched]
    touched: tuple[str, ...]
    untouched: tuple[str, ...]


def impact_of(paths: Iterable[str], documents: Iterable[DocumentChange]) -> Impact:
    """Return what changes at these paths of the data form touch among all documents of the study."""
    listed, places = tuple(documents), tuple(dict.fromkeys(paths))
    blocks: dict[str, list[tuple[DocumentChange, tuple[BlockChange, ...]]]] = {path: [] for path in places}
    for document in listed:
        for path, found in _blocks_by_path(places, document).items():
            blocks[path].append((document, found))
    return Impact(
        {path: _touched(path, found) for path, found in blocks.items()},
        tuple(one.stem for one in listed if one.blocks),
        tuple(one.stem for one in listed if not one.blocks),
    )


def _blocks_by_path(paths: Iterable[str], document: DocumentChange) -> dict[str, tuple[BlockChange, ...]]:
    """Return the changed blocks of one document that each path accounts for."""
    if not document.blocks:
        return {}
    printing = _ByPath((read, block) for block in document.blocks for read in block.paths)
    printed = {path: printing.meeting(path) for path in paths}
    accounted = {place for found in printed.values() for one in found for place in (one.block, _row(one))}
    others = tuple(one for one in document.blocks if accounted.isdisjoint((one.block, _row(one) or one.block)))
    reads = _ByPath((read, read) for read in document.reads)
    return {path: found or others for path, found in printed.items() if found or (others and reads.meeting(path))}


def _row(block: BlockChange) -> tuple[str, str] | None:
    """Return the row of a table that a block stands in: what accounts for one cell accounts for the row."""
    return (block.section, block.entry) if block.entry else None


class _ByPath(Generic[T]):
    """Things by their paths, found by a place that is their path, holds it, or lies below it."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._at: dict[str, dict[T, None]] = {}
        self._below: dict[str, dict[T, None]] = {}
        for path, thing in pairs:
            self._at.setdefault(path, {})[thing] = None
            for above in _ancestors(path):
                self._below.setdefault(above, {})[thing] = None

    def meeting(self, path: str) -> tuple[T, ...]:
        """Return what is found by a place, each once."""
        found = {**self._below.get(path, {}), **self._at.get(path, {})}
        for above in _ancestors(path):
            found |= self._at.get(above, {})
        return tuple(found)


def _ancestors(path: str) -> Iterable[str]:
    while path:
        path = parent_of(path)
        yield path


def _touched(path: str, found: Sequence[tuple[DocumentChange, tuple[BlockChange, ...]]]) -> Touched:
    documents = {document.stem: _each(one.section for one in blocks) for document, blocks in found}
    changed = {document.stem: _each(one.block for one in blocks) for document, blocks in found}
    sites = [document.site for document, _ in found if document.site is not None]
    segments = segments_of(path)
    own = segments[1:2] if segments[:1] == ["sites"] else []
    forms = (one.section for document, blocks in found if document.kind == FORMS for one in blocks)
    entries = (one.entry or one.section for document, blocks in found if document.kind == REGISTRY for one in blocks)
    return Touched(documents, _each([*own, *sites]), _each(forms), _each(entries), blocks=changed)


def _each(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in words if one))
