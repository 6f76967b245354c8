"""Which documents a change of protocol.yaml can reach: by the elements of the protocol that they read.

An element is what a path's first two segments name (`/eligibility/E02`, `/design/enrolment`), or a top-level list as
the order of its ids. So a change inside an element counts for every document that reads anything of it: rather one
document too many than one too few. Whether a document really changes is decided by its tree (`jobs`).
"""

from collections.abc import Iterable
from collections.abc import Mapping as Digests

from regdocs.canonical import digest_of
from regdocs.spec.paths import node_at
from regdocs.spec.tree import Mapping, Node, Sequence, data_form, id_of

ABSENT = "absent"


def elements_of(reads: Iterable[str]) -> frozenset[str]:
    """Return the elements that these paths lie in, and the top-level keys that they begin with."""
    parts = [path.split("/") for path in reads]
    return frozenset("/".join(segments[:count]) for segments in parts for count in (2, 3))


def element_digests(tree: Node, elements: Iterable[str]) -> dict[str, str]:
    """Return the digest of each element as it stands in the protocol, sorted by element."""
    return {element: _digest(tree, element) for element in sorted(elements)}


def changed_elements(before: Digests[str, str], tree: Node) -> frozenset[str]:
    """Return the elements whose digest is not what it was."""
    now = element_digests(tree, before)
    return frozenset(element for element, digest in now.items() if digest != before[element])


def reached(reads: Iterable[str], changed: frozenset[str]) -> bool:
    """Tell whether a document that reads these paths can be reached by a change of these elements."""
    return not changed.isdisjoint(elements_of(reads))


def _digest(tree: Node, element: str) -> str:
    node = node_at(tree, element)
    if node is None:
        return ABSENT
    if element.count("/") == 1 and isinstance(node, Sequence):
        return digest_of([id_of(item) for item in node.items])
    if element.count("/") == 1 and isinstance(node, Mapping):
        return ABSENT  # a group of keys: its parts are elements of their own
    return digest_of(data_form(node))
