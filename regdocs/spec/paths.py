"""Protocol paths: `/eligibility/E02/text` names a value for good, whatever its place in a list.

Segments are keys, and ids of list elements; a list without ids is one value (audit format, "Replay"). RFC 6901 escapes.
"""

from collections.abc import Iterator

from pydantic import BaseModel

from regdocs.source import Position
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.tree import Mapping, Node, Sequence, id_of


def join(path: str, segment: str) -> str:
    """Return the path one segment longer, with `~` and `/` escaped."""
    return f"{path}/{segment.replace('~', '~0').replace('/', '~1')}"


def known_values(protocol: Protocol) -> Iterator[Known[object]]:
    """Give every value of the protocol that may be open, in the order of the model."""
    for _, value in _walk(protocol, ""):
        yield value


def attach_paths(protocol: Protocol) -> None:
    """Tell every value its path. Called once, by `load`, before anyone sees the protocol."""
    for path, value in _walk(protocol, ""):
        value._path = path


def _walk(model: BaseModel, path: str) -> Iterator[tuple[str, Known[object]]]:
    for name in type(model).model_fields:
        yield from _walk_value(getattr(model, name), join(path, name))


def _walk_value(value: object, path: str) -> Iterator[tuple[str, Known[object]]]:
    if isinstance(value, Known):
        yield path, value
    elif isinstance(value, BaseModel):
        yield from _walk(value, path)
    elif isinstance(value, tuple):
        for item in value:
            element = getattr(item, "id", None)
            yield from _walk_value(item, join(path, element) if isinstance(element, str) else path)


def position_of(tree: Node, path: str) -> Position:
    """Return the place of a path in the text: of its key or value, or of the nearest element above it.

    A segment of digits counts the elements of a list from 0; no id looks like that. It finds what has no id, or an
    id that is given twice. The key `value` of a wrapped value may be left out, as paths do.
    """
    node, position = tree, tree.position
    for segment in path.split("/")[1:]:
        step = _step(node, segment.replace("~1", "/").replace("~0", "~"))
        if step is None:
            break
        node, position = step
    return position


def node_at(tree: Node, path: str) -> Node | None:
    """Return what stands at a path, or None where nothing does."""
    node: Node | None = tree
    for segment in path.split("/")[1:]:
        step = _step(node, segment.replace("~1", "/").replace("~0", "~")) if node is not None else None
        node = step[0] if step else None
    return node


def _step(node: Node, segment: str) -> tuple[Node, Position] | None:
    if isinstance(node, Mapping):
        entry, wrapped = node.entry(segment), node.entry("value")
        if entry is None and wrapped is not None:
            return _step(wrapped.node, segment)
        return (entry.node, entry.key_position) if entry else None
    if isinstance(node, Sequence) and segment.isdecimal():
        return next(((item, item.position) for item in node.items[int(segment) : int(segment) + 1]), None)
    if isinstance(node, Sequence):
        return next(((item, item.position) for item in node.items if id_of(item) == segment), None)
    return None
