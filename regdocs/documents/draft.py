"""What makes a document a draft: its open values, in words, for every page and for the first.

Knows the tree's value nodes; the rest of the document's identity comes from who builds it.
"""

from dataclasses import dataclass
from typing import Any

from regdocs.content.identity import Draft
from regdocs.content.model import (
    Block,
    Cell,
    Document,
    Heading,
    IdentitySlot,
    Inlines,
    Paragraph,
    Row,
    Table,
    Text,
    Value,
)
from regdocs.content.query import values, walk_inlines
from regdocs.documents.amended_words import AT
from regdocs.documents.phrases import Phrases, phrases
from regdocs.spec.known import Known
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One open value of the protocol that a document prints, or computes with: what to do about it, and its path."""

    what: str
    path: str
    assumed: bool


def open_items(document: Document, protocol: Protocol) -> tuple[OpenItem, ...]:
    """Return what is to be completed or confirmed, each value of the protocol once, in reading order.

    The protocol's version is no value of the tree but part of the identity; where a page prints it and it is open, it
    stands first.
    """
    words, opened = phrases(document.language), _opened(protocol)
    items = (item for value in values(document) if value.state != "known" for item in _items(value, opened, words))
    return tuple(dict.fromkeys((*_open_version(document, protocol, words), *items)))


def draft_of(document: Document, protocol: Protocol) -> Draft:
    """Return the draft mark for every page and the list of open items for the first page."""
    words, items = phrases(document.language), open_items(document, protocol)
    return Draft(mark=_mark(words, len(items)), notice=_notice(words, items) if items else ())


def open_paths(draft: Draft) -> tuple[str, ...]:
    """Return the path of each open item of a draft mark, in the order in which it lists them."""
    tables = (block for block in draft.notice if isinstance(block, Table))
    cells = (cell for table in tables for row in table.rows for cell in row.cells[1:2])
    blocks = (block for cell in cells for block in cell.blocks if isinstance(block, Paragraph))
    return tuple(one.paths[0] for block in blocks for one in block.inlines if isinstance(one, Value) and one.paths)


def _open_version(document: Document, protocol: Protocol, words: Phrases) -> tuple[OpenItem, ...]:
    printed = any(isinstance(one, IdentitySlot) and one.field == "protocol-version" for one in walk_inlines(document))
    return (_item(protocol.version, words),) if printed and protocol.version.state != "known" else ()


def _opened(protocol: Protocol) -> dict[str, list[Known[object]]]:
    """Return the open values by path; a protocol never changes, and all documents of a study ask for the same."""
    if not _LAST or _LAST[0][0] is not protocol:
        found: dict[str, list[Known[object]]] = {}
        for known in known_values(protocol):
            if known.state != "known":
                found.setdefault(known.path, []).append(known)
        _LAST[:] = [(protocol, found)]
    return _LAST[0][1]


# With hundreds of sites, going through all values for each document would be most of the work.
_LAST: list[tuple[Protocol, dict[str, list[Known[object]]]]] = []


def _items(value: Value, opened: dict[str, list[Known[object]]], words: Phrases) -> tuple[OpenItem, ...]:
    """Return what one printed value waits for; where no value is open, a list lacks an element: the words say which."""
    found = tuple(_item(known, words) for path in value.paths for known in opened.get(path, ()))
    return found or tuple(OpenItem(value.text, path, assumed=False) for path in value.paths[:1])


def _item(known: Known[Any], words: Phrases) -> OpenItem:
    if known.todo is not None:
        return OpenItem(words.complete.format(known.todo), known.path, assumed=False)
    why = known.assumption if known.ask is None else f"{known.assumption} ({words.ask.format(known.ask)})"
    return OpenItem(words.confirm.format(why), known.path, assumed=True)


def _mark(words: Phrases, count: int) -> str:
    if count == 0:
        return words.draft
    return words.draft_with_one_item if count == 1 else words.draft_with_items.format(count)


def _notice(words: Phrases, items: tuple[OpenItem, ...]) -> tuple[Block, ...]:
    name, files = "draft.items.head", _files(items)
    head = Row(id=name, cells=tuple(_cell(name, n, text, header=True) for n, text in _columns(words, files)))
    return (
        Heading(id="draft.title", level=1, inlines=(Text(words.open_items_title),)),
        Paragraph(id="draft.explanation", inlines=(Text(words.open_items_explanation.format(files)),)),
        Table(
            id="draft.items",
            columns=(2, 12, 8),
            head=(head,),
            rows=tuple(_row(number, item) for number, item in enumerate(items, start=1)),
        ),
    )


def _files(items: tuple[OpenItem, ...]) -> str:
    """Return the file in which items are completed; what is told of an amendment stands in one of its own."""
    of_amendment = any(item.path.startswith(f"{AT}/") for item in items)
    return "protocol.yaml or amendment.yaml" if of_amendment else "protocol.yaml"


def _columns(words: Phrases, files: str) -> tuple[tuple[int, str], ...]:
    where = words.open_items_where.format(files)
    return tuple(enumerate((words.open_items_number, words.open_items_what, where), start=1))


def _row(number: int, item: OpenItem) -> Row:
    name = f"draft.items.{number}"
    value = Value(item.what, (item.path,), "assumed" if item.assumed else "todo")
    return Row(id=name, cells=(_cell(name, 1, str(number)), _filled(name, 2, (value,)), _cell(name, 3, item.path)))


def _cell(row: str, number: int, text: str, header: bool = False) -> Cell:
    return _filled(row, number, (Text(text),), header)


def _filled(row: str, number: int, inlines: Inlines, header: bool = False) -> Cell:
    return Cell(blocks=(Paragraph(id=f"{row}.{number}", inlines=inlines, role="small"),), header=header)
