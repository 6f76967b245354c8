"""A value of the protocol edited in protocol.yaml, where the words that changed are one recorded value."""

from regdocs.content.model import Value
from regdocs.returned.sources import PROTOCOL, Draft
from regdocs.returned.yaml_edit import edited
from regdocs.spec.paths import node_at, position_of
from regdocs.spec.tree import Mapping, Node, Scalar
from regdocs.spec.yaml_text import parse_yaml


def edit_value(draft: Draft, value: Value, old: str, new: str, wanted: dict[str, str]) -> str | None:
    """Edit the value in the draft; return why it cannot be done, or None where it is done.

    `wanted` is what each path is to say by what was proposed before; a file that gives two numbers for one value is
    not decided here.
    """
    source = draft.text(PROTOCOL) or ""
    tree, _ = parse_yaml(source.encode("utf-8"), PROTOCOL)
    if tree is None:
        return f"{PROTOCOL} cannot be read"
    path = value.paths[0]
    if len(value.paths) != 1:
        return f"it is made from several values: {_places(tree, value.paths)}; decide there"
    if path in wanted:
        same = wanted[path] == new
        return None if same else f'the file gives {_place(tree, path)} twice otherwise: "{wanted[path]}" and "{new}"'
    if not new:
        return f"it is a value, {_place(tree, path)}, and cannot just be left out"
    scalar = _scalar(node_at(tree, path))
    text = edited(source, scalar, old, new) if scalar is not None else None
    if text is None:
        return f"the words are made from {_place(tree, path)}, which does not have them as they stand; decide there"
    wanted[path] = new
    draft.texts[PROTOCOL] = text
    return None


def _scalar(node: Node | None) -> Scalar | None:
    if isinstance(node, Mapping):
        entry = node.entry("value")
        node = entry.node if entry is not None else None
    return node if isinstance(node, Scalar) else None


def _places(tree: Node, paths: tuple[str, ...]) -> str:
    return ", ".join(_place(tree, path) for path in paths[:5])


def _place(tree: Node, path: str) -> str:
    return f"{path} ({PROTOCOL}:{position_of(tree, path).line})"
