"""Which elements of consent a template leaves out: marks of the whole tree that no placed block carries.

Knows marks (`clause=`) only; what an element means is on the page of elements.
"""

from collections.abc import Collection

from regdocs.content.model import Document
from regdocs.content.query import walk_tagged


def elements_not_placed(document: Document, placed_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return each element that the document gives and the placed blocks do not, with the ids of the blocks giving it.

    In the order of the document. "Given" means that a block carries the mark, not that its words are good enough.
    """
    giving: dict[str, list[str]] = {}
    for tagged in walk_tagged(document):
        for clause in tagged.clauses:
            giving.setdefault(clause, []).append(tagged.id)
    return {clause: tuple(ids) for clause, ids in giving.items() if not any(one in placed_ids for one in ids)}
