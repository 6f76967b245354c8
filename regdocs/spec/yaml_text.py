"""Bytes of a YAML file → tree with places, or findings. A strict part of YAML 1.2, the same for every reader.

Knows the syntax: which constructs are taken, and the bounds on size. Does not know what a key means (the model).
It works on PyYAML's events, so that nothing is expanded: an alias is a finding, never a copy. libyaml does the
scanning when PyYAML has it; the Python scanner gives the same trees, more slowly.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

import yaml

from regdocs.finding import Finding
from regdocs.source import START, Position
from regdocs.spec import yaml_rules as rules
from regdocs.spec.tree import DecimalText, Entry, Mapping, Node, Scalar, Sequence
from regdocs.spec.yaml_characters import NO_CHARACTER, check_text, check_value, clean_text
from regdocs.spec.yaml_problems import report_problem
from regdocs.spec.yaml_report import Report
from regdocs.spec.yaml_rules import YamlRule
from regdocs.spec.yaml_scalars import Unreadable, read_plain

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_KEYS = 2_000  # of one mapping
MAX_SCALAR = 200_000
MAX_ESCAPES = 20_000  # backslashes; the Python scanner takes microseconds for each escape
MAX_WORD = 1_000  # a word that fills pages takes the layout of a PDF hours

_Beginning: TypeAlias = yaml.ScalarEvent | yaml.SequenceStartEvent | yaml.MappingStartEvent
_FAST_LOADER = getattr(yaml, "CSafeLoader", None)


def parse_yaml(data: bytes, file: str, *, pure: bool = False) -> tuple[Node | None, tuple[Finding, ...]]:
    """Return the tree and everything found on the way, in the order of the text.

    The tree is None when a part of the text could not become part of it (syntax, a bound, an alias …); it may be
    there although there are findings (a key given twice, a character not allowed), so that a later check can
    say the rest at once. Whoever uses the tree for anything but checking looks at the findings first.
    A UTF-8 byte order mark at the beginning is passed over: Windows editors write it.

    Args:
        data: The file's bytes.
        file: The file's name as findings show it.
        pure: Use PyYAML's Python scanner although libyaml is there.
    """
    refused = _refuse_bytes(data, file)
    if refused:
        return None, refused
    text = data.decode("utf-8").removeprefix("\ufeff")
    clean = clean_text(text)
    report = Report(file, clean)
    check_text(text, report)
    node = _read(clean, report, pure=pure)
    return (node if report.whole else None), report.findings()


def _refuse_bytes(data: bytes, file: str) -> tuple[Finding, ...]:
    """Return the finding that keeps the bytes from being decoded at all, if there is one."""
    if len(data) > MAX_BYTES:
        message = f"the file has {len(data):,} bytes; {MAX_BYTES:,} are accepted"
        return _refused(file, rules.TOO_LARGE, message)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, file, error.start)
    if data.count(b"\\") > MAX_ESCAPES:
        return _refused(file, rules.TOO_LONG, f"the file has more than {MAX_ESCAPES:,} backslashes")
    return ()


def _refused(file: str, rule: YamlRule, message: str) -> tuple[Finding, ...]:
    report = Report(file, "")
    report.broken(rule, message, START)
    return report.findings()


def _not_utf8(data: bytes, file: str, offset: int) -> tuple[Finding, ...]:
    before = data[:offset].decode("utf-8").removeprefix("\ufeff")
    report = Report(file, clean_text(before))
    position = Position(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    guess = "; it looks like UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
    report.broken(rules.NOT_UTF8, f"byte 0x{data[offset]:02X} cannot stand here in UTF-8{guess}", position)
    return report.findings()


def _read(text: str, report: Report, *, pure: bool) -> Node | None:
    loader = yaml.SafeLoader if pure or _FAST_LOADER is None else _FAST_LOADER
    try:
        return _Composer(yaml.parse(text, Loader=loader), report).document()
    except _Stop as stop:
        report.broken(stop.rule, stop.message, stop.position)
    except yaml.YAMLError as error:
        report_problem(error, report)
    except (ValueError, OverflowError):  # the Python scanner on "\U00110000", which libyaml reports itself
        report.broken(rules.CHARACTER, NO_CHARACTER, START)
    return None


class _Stop(Exception):
    """Reading ends here, with one last finding."""

    def __init__(self, rule: YamlRule, message: str, position: Position) -> None:
        super().__init__(message)
        self.rule, self.message, self.position = rule, message, position


class _Composer:
    """Makes the tree of one document from PyYAML's events. Recursion is bounded by `MAX_DEPTH`."""

    def __init__(self, events: Iterator[yaml.Event], report: Report) -> None:
        self._events = events
        self._report = report
        self._nodes = 0

    def document(self) -> Node | None:
        """Return the first document's tree; a second document is a finding and is not read."""
        next(self._events)  # the stream starts
        start = next(self._events)
        if not isinstance(start, yaml.DocumentStartEvent):
            raise _Stop(rules.EMPTY, "the file has no content", START)
        self._refuse_directives(start)
        node = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            self._report.broken(rules.SEVERAL_DOCUMENTS, "a second document begins here", _place(after))
        return self._mapping_at_top(node)

    def _mapping_at_top(self, node: Node) -> Mapping | None:
        match node:
            case Mapping():
                return node
            case Scalar(value=None) if self._report.whole:
                raise _Stop(rules.EMPTY, "the file has no content", START)
            case Scalar():
                kind = "a single value"
            case Sequence():
                kind = "a list"
        raise _Stop(rules.TOP_LEVEL, f'{kind} stands at the top of the file; "key: value" lines are expected', START)

    def _refuse_directives(self, start: yaml.DocumentStartEvent) -> None:
        for number, line in enumerate(self._report.lines[: _place(start).line], start=1):
            if line.startswith("%"):
                message = f'"{line.split()[0]}" is a directive, which is not accepted'
                self._report.broken(rules.DIRECTIVE, message, Position(number, 1))

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._keep_bounds(event, depth)
        if isinstance(event, yaml.AliasEvent):
            self._report.broken(rules.ALIAS, f'"*{event.anchor}" is an alias, which is not accepted', _place(event))
            return Scalar("", None, _place(event))
        if isinstance(event, _Beginning):
            self._refuse_properties(event)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(depth)), _place(event))
        return Mapping(tuple(self._entries(depth)), _place(event))

    def _keep_bounds(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _Stop(rules.TOO_MANY, f"the file has more than {MAX_NODES:,} values", _place(event))
        if depth > MAX_DEPTH:
            raise _Stop(rules.TOO_DEEP, f"this is nested more than {MAX_DEPTH} levels deep", _place(event))

    def _refuse_properties(self, event: _Beginning) -> None:
        if event.anchor is not None:
            message = f'"&{event.anchor}" is an anchor, which is not accepted'
            self._report.broken(rules.ANCHOR, message, _place(event))
        if self._tagged(event):
            self._report.broken(rules.TAG, "a tag is not accepted", _place(event))

    def _tagged(self, event: _Beginning) -> bool:
        if event.tag is not None:
            return True
        # libyaml forgets the tag "!", so look at the text; an empty value has no text of its own to look at.
        place = _place(event)
        return place != _end(event) and self._report.lines[place.line - 1].startswith("!", place.column - 1)

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[Entry]:
        seen: dict[str, Position] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if len(seen) >= MAX_KEYS:
                raise _Stop(rules.TOO_MANY, f"one mapping has more than {MAX_KEYS:,} keys", _place(event))
            key = self._node(event, depth + 1)
            node = _at_key(self._node(next(self._events), depth + 1), key.position)
            if self._is_key(key, event) and isinstance(key, Scalar) and self._is_new(key, seen):
                yield Entry(key.text, key.position, node)

    def _is_key(self, key: Node, event: yaml.Event) -> bool:
        """Tell whether an entry can have this key; a number as a key is a finding, but its text will do."""
        if isinstance(event, yaml.AliasEvent):
            return False
        if not isinstance(key, Scalar):
            self._report.broken(rules.COMPLEX_KEY, "a key has to be text, not a list or mapping", key.position)
            return False
        if isinstance(event, yaml.ScalarEvent) and not event.style and key.text == "<<":
            self._report.broken(rules.MERGE_KEY, '"<<" is a merge key, which is not accepted', key.position)
            return False
        if not isinstance(key.value, str) or isinstance(key.value, DecimalText):
            self._report.add(rules.KEY_NOT_TEXT, _not_text(key), key.position)
        return True

    def _is_new(self, key: Scalar, seen: dict[str, Position]) -> bool:
        first = seen.setdefault(key.text, key.position)
        if first == key.position:
            return True
        message = f'"{_shown(key.text)}" stands here and in line {first.line}, column {first.column}'
        self._report.add(rules.DUPLICATE_KEY, message, key.position)
        return False

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text, position = event.value, _place(event)
        if len(text) > MAX_SCALAR:
            raise _Stop(rules.TOO_LONG, f"this text is longer than {MAX_SCALAR:,} characters", position)
        check_value(text, position, _end(event).line, self._report)
        value = text if event.style or self._tagged(event) else read_plain(text)
        if isinstance(value, Unreadable):
            self._refuse_number(value, text, position)
            value = text
        elif isinstance(value, str) and _longest_word(text) > MAX_WORD:
            raise _Stop(rules.TOO_LONG, f"a word in this text is longer than {MAX_WORD:,} characters", position)
        return Scalar(text, value, position)

    def _refuse_number(self, reason: Unreadable, text: str, position: Position) -> None:
        rule = rules.NUMBER if reason is Unreadable.NUMBER_TOO_LARGE else rules.NOT_A_NUMBER
        self._report.add(rule, f'"{_shown(text)}" is not a number that can be kept', position)


def _at_key(node: Node, position: Position) -> Node:
    """Give an empty value the place of its key: it has none of its own, and scanners differ in what they say."""
    return replace(node, position=position) if isinstance(node, Scalar) and node.text == "" else node


def _longest_word(text: str) -> int:
    return max(map(len, text.split()), default=0) if len(text) > MAX_WORD else 0


def _place(event: yaml.Event) -> Position:
    mark = event.start_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START


def _end(event: yaml.Event) -> Position:
    mark = event.end_mark
    return Position(mark.line + 1, mark.column + 1) if mark else START


def _not_text(key: Scalar) -> str:
    return f'"{_shown(key.text)}" as a key is read as a number, true, false or null' if key.text else "a key is empty"


def _shown(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
