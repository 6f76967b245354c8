"""One value of a YAML file edited where it stands, and nothing else: the file is read again to see that it is so."""

import json
import re
from collections.abc import Iterator

import yaml

from regdocs.returned.returned_file import one_line
from regdocs.returned.words_replaced import Replaced, replaced, replacements
from regdocs.spec.tree import Mapping, Node, Scalar, Sequence
from regdocs.spec.yaml_text import parse_yaml

_BLOCKS = "|>"  # what begins so has no quotes
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def edited(source: str, scalar: Scalar, old: str, new: str) -> str | None:
    """Return the source with words of a value replaced; None where that cannot be done without doing more.

    Args:
        source: The file's text.
        scalar: The value, as it was read from this text.
        old: The words as they are printed; they may be the value itself, or made from it, such as "21 weeks" of "P21W".
        new: The words that are wanted in their place.
    """
    span = _span(source, scalar)
    for text, wanted in _candidates(source, scalar.text, span, old, new) if span is not None else ():
        if text is not None and _only_changed(source, text, scalar.text, wanted):
            return text
    return None


def _candidates(source: str, value: str, span: tuple[int, int], old: str, new: str) -> Iterator[tuple[str | None, str]]:
    """Yield sources that may be the wanted one, the least change first, each with what the value is to read there."""
    start, end = span
    ways = list(_ways(value, old, new))
    for changes, wanted in ways:
        quoted = [Replaced(one.old, _quoted(source[start], one.new), one.nth) for one in changes]
        yield replaced(source, start, end, quoted), wanted
    if ways and source[start] not in _BLOCKS:
        wanted = ways[-1][1]
        yield source[:start] + json.dumps(wanted, ensure_ascii=False) + source[end:], wanted


def _ways(text: str, old: str, new: str) -> Iterator[tuple[tuple[Replaced, ...], str]]:
    """Yield the ways to edit a value: word by word, and where it is only a number, by the number."""
    plain = one_line((text,))
    if plain == one_line((old,)):
        yield replacements(plain, new), new
        yield (Replaced(plain, new, 0),), new
        return
    changes = replacements(old, new)
    if all(len(re.findall(re.escape(one.old), plain)) == 1 for one in changes):
        result = plain
        for one in changes:
            result = result.replace(one.old, one.new)
        yield tuple(Replaced(one.old, one.new, 0) for one in changes), result
        yield (Replaced(plain, result, 0),), result


def _quoted(first: str, words: str) -> str:
    """Return words as they are written in a value that begins with this mark."""
    if first == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("'", "''") if first == "'" else words


def _span(source: str, scalar: Scalar) -> tuple[int, int] | None:
    """Return where a value begins and ends in its file."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", source))]
    try:
        for token in yaml.scan(source, Loader=_LOADER):
            place = (token.start_mark.line + 1, token.start_mark.column + 1)
            if isinstance(token, yaml.ScalarToken) and place == (scalar.position.line, scalar.position.column):
                start, end = (starts[mark.line] + mark.column for mark in (token.start_mark, token.end_mark))
                return start, end
    except (yaml.YAMLError, IndexError):
        return None
    return None


def _only_changed(source: str, text: str, old: str, wanted: str) -> bool:
    """Tell whether two files differ in one value alone, which reads as wanted."""
    before, after = (_values(one) for one in (source, text))
    if before is None or after is None or len(before) != len(after):
        return False
    differing = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    return len(differing) == 1 and differing[0][0] == old and one_line((differing[0][1],)) == wanted


def _values(text: str) -> list[str] | None:
    tree, findings = parse_yaml(text.encode("utf-8"), "")
    return None if tree is None or findings else [*_texts(tree)]


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Scalar():
            yield node.text
        case Mapping():
            for entry in node.entries:
                yield entry.key
                yield from _texts(entry.node)
        case Sequence():
            for item in node.items:
                yield from _texts(item)
