"""A translation's file with some of its texts changed: everything else stays byte for byte, comments among it.

Only the places of changed texts are written over; new ones go behind the text that stands before them in the document.
The result is read again and held against what was meant, so nothing is lost unseen. Knows YAML's marks.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from regdocs.errors import Refusal
from regdocs.finding import has_errors
from regdocs.spec.load import load_translation
from regdocs.spec.translation import Translation
from regdocs.translating.taking import Change
from regdocs.translating.texts import SourceText, Work

_PLAIN = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)+")
_LISTS = {"text": ("blocks", "id"), "value": ("values", "source")}
_SAID_ALREADY = ("same", "false")  # what a file says that does not say it
_HEAD = """translation: 1
language: {language}
kind: {kind}
translator: "TODO: who translated it"
date: "TODO: when"
certified: false
"""


def with_changes(work: Work, changes: Sequence[Change]) -> bytes:
    """Return the bytes of the file of a translation with these changes.

    Raises:
        Refusal: The file is written so that it cannot be changed without changing something else.
    """
    head = _HEAD.format(language=work.language, kind=work.kind.name)
    text = head if work.data is None else work.data.decode("utf-8")
    for part in ("text", "value"):
        text = _File(text, part).changed([one for one in changes if one.of.part == part], _order(work, part))
    data = text.encode("utf-8")
    _demand_meant(work, changes, data)
    return data


def _order(work: Work, part: str) -> list[str]:
    return [_name(one) for one in work.texts if one.part == part]


def _name(one: SourceText) -> str:
    return one.name if one.part == "text" else one.source


def _fields(change: Change) -> dict[str, str]:
    """Return the keys that a change writes, as YAML."""
    one = change.of
    words = {"text": _quoted(change.text), "same": "true" if change.same else "false"}
    if one.part == "text":
        name = one.name if _PLAIN.fullmatch(one.name) else _quoted(one.name)
        return {"id": name, "source": f"'{one.digest}'", **words}
    return {"source": _quoted(one.source), **words}


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


# -------------------------------------------------------------------------------------------------------------- edits


@dataclass(frozen=True, slots=True)
class _Edit:
    """What stands from `start` to `end` gives way to `text`."""

    start: int
    end: int
    text: str


class _File:
    """The text of a translation, and where the items of one of its lists stand in it."""

    def __init__(self, text: str, part: str) -> None:
        import yaml

        self._text = text
        self._list, self._naming = _LISTS[part]
        self._root = cast(Any, yaml.compose(text, Loader=yaml.SafeLoader))
        self._line = "\r\n" if "\r\n" in text else "\n"
        listed = [value for key, value in self._root.value if key.value == self._list]
        self._node: Any = listed[0] if listed else None
        self._items = {self._name_of(item): item for item in self._node.value} if self._node is not None else {}

    def changed(self, changes: Sequence[Change], order: Sequence[str]) -> str:
        """Return the text with these changes; `order` is that of the document."""
        known = [one for one in changes if _name(one.of) in self._items]
        new = {_name(one.of): one for one in changes if _name(one.of) not in self._items}
        edits = [edit for one in known for edit in self._item(self._items[_name(one.of)], _fields(one))]
        return self._applied([*edits, *self._added(new, order)])

    def _name_of(self, item: Any) -> str:
        return next((str(value.value) for key, value in item.value if key.value == self._naming), "")

    def _applied(self, edits: Iterable[_Edit]) -> str:
        parts, end = [], 0
        for edit in sorted(edits, key=lambda edit: edit.start):  # of one place in the order in which they came
            parts += [self._text[end : edit.start], edit.text]
            end = edit.end
        return "".join((*parts, self._text[end:]))

    def _item(self, item: Any, fields: dict[str, str]) -> Iterator[_Edit]:
        """Yield what changes in an item that is there; its name stays as it is written."""
        there = {key.value: value for key, value in item.value}
        for name, text in fields.items():
            if name in there and name != self._naming:
                yield _Edit(there[name].start_mark.index, self._end(there[name]), text)
        more = {name: text for name, text in fields.items() if name not in there and (name, text) != _SAID_ALREADY}
        if more and item.flow_style:
            told = "".join(f", {json.dumps(name)}: {_in_flow(text)}" for name, text in more.items())
            yield _Edit(end := self._end(item.value[-1][1]), end, told)
        elif more:
            indent = " " * item.value[0][0].start_mark.column
            told = "".join(f"{self._line}{indent}{name}: {text}" for name, text in more.items())
            yield _Edit(end := self._line_end(item.value[-1][1]), end, told)

    def _end(self, node: Any) -> int:
        """Return where a value ends: of a text in lines of its own, the mark stands behind what follows it."""
        start, end = int(node.start_mark.index), int(node.end_mark.index)
        return start + len(self._text[start:end].rstrip())

    def _line_end(self, node: Any) -> int:
        end = self._text.find("\n", self._end(node))
        end = len(self._text) if end < 0 else end
        return end - 1 if self._text[end - 1 : end] == "\r" else end

    # ------------------------------------------------------------------------------------------------------- new items

    def _added(self, new: dict[str, Change], order: Sequence[str]) -> Iterator[_Edit]:
        if not new:
            return
        if self._node is None or not self._node.value:
            yield self._whole_list([new[name] for name in order if name in new])
            return
        before = None
        for name in order:
            if name in new:
                yield self._behind(before or self._node.value[-1], _fields(new[name]))
            before = self._items.get(name, before)

    def _behind(self, item: Any, fields: dict[str, str]) -> _Edit:
        if self._node.flow_style:
            end = self._end(item)
            return _Edit(end, end, f", {_flow_item(fields)}")
        end = self._line_end(item.value[-1][1] if not item.flow_style else item)
        return _Edit(end, end, self._block_item(fields, self._node.start_mark.column))

    def _block_item(self, fields: dict[str, str], column: int) -> str:
        written = [f"{name}: {text}" for name, text in fields.items() if (name, text) != _SAID_ALREADY]
        lines = [f"{' ' * column}{'- ' if n == 0 else '  '}{line}" for n, line in enumerate(written)]
        return "".join(f"{self._line}{line}" for line in lines)

    def _whole_list(self, changes: Sequence[Change]) -> _Edit:
        """Return the list as a whole, where there is none yet, or an empty one."""
        if self._root.flow_style:
            items = f"[{', '.join(_flow_item(_fields(one)) for one in changes)}]"
            if self._node is not None:
                return _Edit(self._node.start_mark.index, self._node.end_mark.index, items)
            end = self._end(self._root.value[-1][1])
            return _Edit(end, end, f', "{self._list}": {items}')
        items = "".join(self._block_item(_fields(one), 2) for one in changes)
        if self._node is not None:
            return _Edit(self._node.start_mark.index, self._node.end_mark.index, items)
        end = len(self._text.rstrip())
        return _Edit(end, len(self._text), f"{self._line}{self._list}:{items}{self._line}")


def _flow_item(fields: dict[str, str]) -> str:
    written = (
        f"{json.dumps(name)}: {_in_flow(text)}" for name, text in fields.items() if (name, text) != _SAID_ALREADY
    )
    return f"{{{', '.join(written)}}}"


def _in_flow(text: str) -> str:
    return _quoted(text.strip("'")) if text.startswith("'") or _PLAIN.fullmatch(text) else text


# -------------------------------------------------------------------------------------------------------------- check


def _demand_meant(work: Work, changes: Sequence[Change], data: bytes) -> None:
    """Refuse a result that says anything else than the file before it with these changes."""
    made, findings, _ = load_translation(data, work.file)
    expected = _said(work.translation)
    for one in changes:
        digest = one.of.digest if one.of.part == "text" else ""
        expected[one.of.part, _name(one.of)] = (digest, one.text, one.same)
    kept = work.translation is None or (made is not None and _facts(made) == _facts(work.translation))
    if made is None or has_errors(findings) or _said(made) != expected or not kept:
        raise Refusal(f"{work.file} cannot be changed without losing something of it; nothing is written")


def _said(translation: Translation | None) -> dict[tuple[str, str], tuple[str, str | None, bool]]:
    if translation is None:
        return {}
    blocks = {("text", one.id): (one.source, one.text, one.same) for one in translation.blocks}
    return {**blocks, **{("value", one.source): ("", one.text, one.same) for one in translation.values}}


def _facts(translation: Translation) -> dict[str, object]:
    return translation.model_dump(exclude={"blocks", "values"})
