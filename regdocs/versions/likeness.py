"""Which issued document a file from outside is most like, by its words in whatever order.

Compares with kept trees, so nothing is printed for it. Knows words; whether they differ in detail is said by
`word_changes`.
"""

from collections import Counter
from collections.abc import Iterable

from regdocs.content.model import Document, Row, Table
from regdocs.content.query import blocks_within, own_runs, plain_text, walk_blocks
from regdocs.content.runs import runs
from regdocs.render.text_layer import TextLayer
from regdocs.versions.issued import IssuedDocument
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import tree_of

_ALIKE, _AHEAD = 0.8, 0.05


def likest(logbook: Logbook, documents: Iterable[IssuedDocument], file: TextLayer) -> IssuedDocument | None:
    """Return the document that shares most words with a file, clearly more than any other; None where none does.

    Raises as `Logbook.object` and `tree_of`.
    """
    there = Counter(one.text for one in file.words)
    shares = [(_share(tree_of(logbook.object(one.tree)), there), one) for one in documents]
    shares.sort(key=lambda one: one[0], reverse=True)
    if not shares or shares[0][0] < _ALIKE:
        return None
    return shares[0][1] if len(shares) == 1 or shares[0][0] - shares[1][0] >= _AHEAD else None


def text_of(document: Document) -> str:
    """Return the words of a document in their order, with single spaces between them."""
    return " ".join(" ".join(plain_text(run).split()) for run in runs(document).values())


def table_heads(document: Document) -> frozenset[str]:
    """Return the words of the head of each table, with single spaces: pages repeat it."""
    tables = (one for one in walk_blocks(document) if isinstance(one, Table) and one.head)
    return frozenset(" ".join(" ".join(map(_words_of_row, table.head)).split()) for table in tables)


def _words_of_row(row: Row) -> str:
    blocks = (block for cell in row.cells for block in blocks_within(cell.blocks))
    return " ".join(plain_text(run) for block in blocks for run in own_runs(block))


def _share(document: Document, there: "Counter[str]") -> float:
    own = Counter(text_of(document).split())
    return 2 * (own & there).total() / max(1, own.total() + there.total())
