"""Words of a translation edited where they stand: the text of a run, or the words of a value."""

from regdocs.content.model import Document, Value
from regdocs.returned.sources import TRANSLATIONS, Draft
from regdocs.returned.words_replaced import replacements
from regdocs.returned.yaml_edit import edited
from regdocs.spec.tree import Mapping, Scalar, Sequence
from regdocs.spec.yaml_text import parse_yaml


def edit_translation(draft: Draft, document: Document, run: str, old: str, new: str) -> str | None:
    """Edit the words of a run; return why that cannot be done, or None where it is done."""
    scalar = _text_of(draft, document, "blocks", "id", run)
    if scalar is None:
        return f'{_file(document)} has no text of "{run}"'
    changes = replacements(old, new)
    if any(scalar.text.count(one.old) != 1 for one in changes):
        return f'the words do not stand once in "{run}" of {_file(document)}:{scalar.position.line}; edit them there'
    text = scalar.text
    for one in changes:
        text = text.replace(one.old, one.new)
    return _edit(draft, document, scalar, text)


def edit_translated_value(draft: Draft, document: Document, value: Value, old: str, new: str) -> str | None:
    """Edit the words of a value in this language; return why that cannot be done, or None where it is done."""
    scalar = _text_of(draft, document, "values", "text", old)
    if scalar is None:
        return f"the words come from {' '.join(value.paths)}, the same in each language; decide in protocol.yaml"
    return _edit(draft, document, scalar, new)


def _edit(draft: Draft, document: Document, scalar: Scalar, new: str) -> str | None:
    file = _file(document)
    text = edited(draft.text(file) or "", scalar, scalar.text, new)
    if text is None:
        return f"the words cannot be replaced alone at {file}:{scalar.position.line}; edit them there"
    draft.texts[file] = text
    return None


def _text_of(draft: Draft, document: Document, listed: str, key: str, name: str) -> Scalar | None:
    """Return the text of the element of a list that has this name under this key."""
    source = draft.text(_file(document))
    tree = parse_yaml(source.encode("utf-8"), "")[0] if source is not None else None
    entry = tree.entry(listed) if isinstance(tree, Mapping) else None
    for item in entry.node.items if entry is not None and isinstance(entry.node, Sequence) else ():
        named = item.entry(key) if isinstance(item, Mapping) else None
        text = item.entry("text") if isinstance(item, Mapping) else None
        if named is not None and text is not None and isinstance(named.node, Scalar) and named.node.text == name:
            return text.node if isinstance(text.node, Scalar) else None
    return None


def _file(document: Document) -> str:
    return f"{TRANSLATIONS}/{document.language}/{document.kind}.yaml"
