"""Where the templates write each block, and under which conditions: read from their text, without running them.

A block's id may hold a value (`consent.risks.{{ risk.id }}`); then its pattern matches every id that can come of it.
Knows Jinja's tokens and `id="…"`; knows no view and no protocol.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from regdocs.documents.sandbox import Template, sandbox

_VALUE = "\ue002"  # in place of a value inside an id
_ID = re.compile(r'\bid="([^"]*)"')
_CALL = re.compile(r"(?:^|\.)(\w+)\(")
_QUOTED = re.compile(r"[\"']([^\"']+)[\"']")
_ENDS = {"endif": "if", "endfor": "for", "endmacro": "macro", "endcall": "call", "endblock": "block"}
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for a text to be written: `if` with an expression, or `for` with what is gone through.

    `macro` stands for a text that is written where the macro of that name is called.
    """

    kind: str
    said: str
    template: str
    line: int


@dataclass(frozen=True, slots=True)
class WrittenBlock:
    """A block as a template writes it: its id with "…" for values in it, where, and what has to hold there."""

    id: str
    template: str
    line: int
    conditions: tuple[Condition, ...]
    pattern: re.Pattern[str]

    @property
    def exact(self) -> bool:
        """Whether its id holds no value."""
        return "…" not in self.id


@dataclass(slots=True)
class _Read:
    """What stands in one template: its blocks, what it includes, and which macros it calls, each with conditions."""

    blocks: list[WrittenBlock] = field(default_factory=list)
    includes: list[tuple[str, tuple[Condition, ...]]] = field(default_factory=list)
    imports: list[str] = field(default_factory=list)
    calls: dict[str, list[tuple[Condition, ...]]] = field(default_factory=dict)


def written_blocks(root: str, templates: Mapping[str, Template]) -> tuple[WrittenBlock, ...]:
    """Return every block that a template of a kind can write, with those of what it includes and calls."""
    return _written(root, tuple(sorted(templates.items())))


@lru_cache(maxsize=32)
def _written(root: str, items: tuple[tuple[str, Template], ...]) -> tuple[WrittenBlock, ...]:
    templates, found = dict(items), dict[WrittenBlock, None]()
    read = {name: _read(name, templates[name].text) for name in _reached(root, templates)}
    calls: dict[str, list[tuple[Condition, ...]]] = {}
    routes = list(_routes(root, (), read, 0))
    for name, around in routes:
        for macro, places in read[name].calls.items():
            calls.setdefault(macro, []).extend((*around, *place) for place in places)
    imported = [(name, ()) for one in read.values() for name in one.imports if name in read]
    for name, around in (*routes, *imported):
        for block in read[name].blocks:
            for conditions in _called((*around, *block.conditions), calls):
                found[WrittenBlock(block.id, block.template, block.line, conditions, block.pattern)] = None
    return tuple(found)


def _routes(
    name: str, around: tuple[Condition, ...], read: Mapping[str, _Read], depth: int
) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """Yield each template that is included, with the conditions under which it is."""
    if name not in read or depth > _DEEPEST:
        return
    yield name, around
    for included, conditions in read[name].includes:
        yield from _routes(included, (*around, *conditions), read, depth + 1)


def _called(
    conditions: tuple[Condition, ...], calls: Mapping[str, list[tuple[Condition, ...]]]
) -> Iterator[tuple[Condition, ...]]:
    """Yield the conditions of a block; of one in a macro, those of each place where the macro is called."""
    macro = next((one for one in conditions if one.kind == "macro"), None)
    if macro is None:
        yield conditions
        return
    for place in calls.get(macro.said, [])[:_DEEPEST]:
        yield (*place, *conditions)


def _reached(root: str, templates: Mapping[str, Template]) -> list[str]:
    """Return the templates that a template includes or imports, itself first."""
    found: dict[str, None] = {}
    todo = [root]
    while todo:
        name = todo.pop(0)
        if name in found or name not in templates:
            continue
        found[name] = None
        one = _read(name, templates[name].text)
        todo += [included for included, _ in one.includes] + one.imports
    return list(found)


@lru_cache(maxsize=256)
def _read(name: str, text: str) -> _Read:
    reading = _Reading(name)
    kind, first, pieces = "", 1, list[str]()
    for line, token, value in sandbox({}).lex(text):
        if token == "data":
            reading.words(line, value)
        elif token in ("variable_begin", "block_begin"):
            kind, first, pieces = token, line, []
        elif token == "variable_end":
            reading.value("".join(pieces).strip())
        elif token == "block_end":
            reading.statement(first, "".join(pieces).strip())
        elif kind:
            pieces.append(value)
    return reading.done()


class _Reading:
    """A template while it is read: the conditions that are open, and its text with marks for values."""

    def __init__(self, name: str) -> None:
        self._name, self._read = name, _Read()
        self._open: list[Condition] = []
        self._text, self._size = list[str](), 0
        self._places: list[tuple[int, int, tuple[Condition, ...]]] = []

    def words(self, line: int, text: str) -> None:
        """Take words of the template's own."""
        for number, one in enumerate(text.split("\n")):
            self._places.append((self._size, line + number, tuple(self._open)))
            piece = one if number == 0 else f"\n{one}"
            self._text.append(piece)
            self._size += len(piece)

    def value(self, expression: str) -> None:
        """Take a value, or the call of a macro."""
        self._text.append(_VALUE)
        self._size += 1
        for macro in _CALL.findall(expression):
            self._read.calls.setdefault(macro, []).append(tuple(self._open))

    def statement(self, line: int, text: str) -> None:
        """Take a statement."""
        word, _, rest = text.partition(" ")
        rest = rest.strip()
        if word in ("if", "for", "macro", "call", "block"):
            self._open.append(Condition(word, rest.partition("(")[0] if word == "macro" else rest, self._name, line))
        elif word in ("elif", "else") and self._open and self._open[-1].kind == "if":
            before = self._open.pop().said
            said = f"not ({before})" if word == "else" else f"not ({before}) and ({rest})"
            self._open.append(Condition("if", said, self._name, line))
        elif word in _ENDS and self._open:
            self._open.pop()
        elif word == "include" and (quoted := _QUOTED.search(rest)):
            self._read.includes.append((quoted[1], tuple(self._open)))
        elif word in ("import", "from") and (quoted := _QUOTED.search(rest)):
            self._read.imports.append(quoted[1])

    def done(self) -> _Read:
        """Return what was read."""
        text, at = "".join(self._text), 0
        for found in _ID.finditer(text):
            while at + 1 < len(self._places) and self._places[at + 1][0] <= found.start():
                at += 1
            _, line, conditions = self._places[at]
            pattern = ".+".join(map(re.escape, found[1].split(_VALUE)))
            self._read.blocks.append(
                WrittenBlock(found[1].replace(_VALUE, "…"), self._name, line, conditions, re.compile(pattern))
            )
        return self._read
