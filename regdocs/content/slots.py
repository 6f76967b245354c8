"""A run of inlines as one line of text with slots, and back: what a translator sees, and what they give back.

    You are asked because you are between {/population/minimum_age} and {/population/maximum_age} old.
    <strong>Research.</strong> Write your number here: {#1 Participant number}

`{/path}` is a protocol value (all its paths, separated by spaces), `{#1 …}` something to fill in, with the words that
are read aloud, `{{` and `}}` are braces. The text is hashed before values go in, so a value that changes makes no
translation stale. Docs: `docs/formats/translation.md`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from regdocs.canonical import sha256_hex
from regdocs.content.model import Blank, Comb, Inline, Inlines, LineBreak, Styled, Text, Tick, Value

_TAG_OF = {"strong": "strong", "emphasis": "em", "superscript": "sup", "subscript": "sub", "small": "small"}
_TAG_OF["verbatim"] = "q"
_STYLE_OF = {tag: style for style, tag in _TAG_OF.items()}
_TOKEN = re.compile(r"\{\{|\}\}|\{/[^{}]*\}|\{#\d+[^{}]*\}|</?(?:strong|em|sup|sub|small|q)>|<br/>")


# Styles in styles; a text that goes deeper is a slip, and whoever walks the tree would run out of stack.
_DEEPEST = 8


class SlotError(ValueError):
    """A translated text does not hold the slots of its source; the message says which."""


def slot_text(inlines: Inlines) -> str:
    """Return the run as text with slots."""
    return "".join(_written(inlines, _Counter()))


def slot_hash(text: str) -> str:
    """Return the first 16 hex digits of the text's SHA-256; a translation names its source by it."""
    return sha256_hex(text.encode("utf-8"))[:16]


def has_words(text: str) -> bool:
    """Tell whether there is anything to translate beside values and marks."""
    return any(letter.isalpha() for letter in _TOKEN.sub(_spoken, text))


def fill(text: str, source: Inlines) -> Inlines:
    """Return a translated text as a run, with the values and the things to fill in of its source.

    Raises:
        SlotError: A slot of the source is missing, one is there too often, a tag is not closed or too deep in others.
    """
    slots = _slots_of(source)
    _same_slots(text, slot_text(source))
    stack: list[tuple[str, list[Inline]]] = [("", [])]
    for token in _tokens(text):
        _take(token, stack, slots)
    if len(stack) != 1:
        raise SlotError(f"<{stack[-1][0]}> is not closed")
    return tuple(stack[0][1])


class _Counter:
    """Numbers the things to fill in, in reading order."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> int:
        self.count += 1
        return self.count


def _written(inlines: Inlines, counter: _Counter) -> Iterator[str]:
    for inline in inlines:
        match inline:
            case Text(text):
                yield text.replace("{", "{{").replace("}", "}}")
            case Value():
                yield f"{{{' '.join(inline.paths)}}}"
            case Styled(style, inner):
                yield f"<{_TAG_OF[style]}>{''.join(_written(inner, counter))}</{_TAG_OF[style]}>"
            case LineBreak():
                yield "<br/>"
            case Blank() | Tick() | Comb():
                yield f"{{#{counter.next()} {_braceless(inline.label)}}}"
            case _:
                yield f"{{#{counter.next()}}}"


def _braceless(label: str) -> str:
    return label.replace("{", "(").replace("}", ")")


def _slots_of(source: Inlines) -> dict[str, list[Inline]]:
    """Return the source's values by path and its things to fill in by number, in reading order."""
    found: dict[str, list[Inline]] = {}
    counter = _Counter()

    def note(inlines: Inlines) -> None:
        for inline in inlines:
            if isinstance(inline, Value):
                found.setdefault("/" + " ".join(inline.paths).lstrip("/"), []).append(inline)
            elif isinstance(inline, Styled):
                note(inline.inlines)
            elif not isinstance(inline, Text | LineBreak):
                found[f"#{counter.next()}"] = [inline]

    note(source)
    return found


def _same_slots(text: str, source: str) -> None:
    there, wanted = _slot_names(text), _slot_names(source)
    for name in wanted - there:
        raise SlotError(f"the slot {{{name}}} of the source is missing")
    for name in there - wanted:
        raise SlotError(f"the slot {{{name}}} is not in the source, or stands there less often")


def _slot_names(text: str) -> Counter[str]:
    names = (token[1:-1] for token in _TOKEN.findall(text) if token[0] == "{" and token not in ("{{", "}}"))
    return Counter(name.split(" ", 1)[0] if name.startswith("#") else name for name in names)


def _tokens(text: str) -> Iterator[str]:
    end = 0
    for match in _TOKEN.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield match.group()
        end = match.end()
    if end < len(text):
        yield text[end:]


def _take(token: str, stack: list[tuple[str, list[Inline]]], slots: dict[str, list[Inline]]) -> None:
    run = stack[-1][1]
    if token in ("{{", "}}"):
        _add_text(run, token[0])
    elif token == "<br/>":
        run.append(LineBreak())
    elif token.startswith("</"):
        _close(token[2:-1], stack)
    elif token.startswith("<") and token[1:-1] in _STYLE_OF:
        _open(token[1:-1], stack)
    elif token.startswith("{/"):
        run.append(slots[token[1:-1]].pop(0))
    elif token.startswith("{#"):
        number, _, label = token[1:-1].partition(" ")
        run.append(_labelled(slots[number][0], label.strip()))
    else:
        _add_text(run, token)


def _open(tag: str, stack: list[tuple[str, list[Inline]]]) -> None:
    if len(stack) > _DEEPEST:
        raise SlotError(f"more than {_DEEPEST} tags stand in one another")
    stack.append((tag, []))


def _close(tag: str, stack: list[tuple[str, list[Inline]]]) -> None:
    opened, inner = stack.pop()
    if opened != tag or not stack:
        raise SlotError(f"</{tag}> closes nothing")
    stack[-1][1].append(Styled(_STYLE_OF[tag], tuple(inner)))  # type: ignore[arg-type]  # a key of the table


def _add_text(run: list[Inline], text: str) -> None:
    before = run[-1] if run else None
    if isinstance(before, Text):
        run[-1] = Text(before.text + text)
    else:
        run.append(Text(text))


def _labelled(inline: Inline, label: str) -> Inline:
    return replace(inline, label=label) if label and isinstance(inline, Blank | Tick | Comb) else inline


def _spoken(match: re.Match[str]) -> str:
    """Return the words read aloud of something to fill in; they are translated too."""
    token = match.group()
    return token.partition(" ")[2] if token.startswith("{#") else ""
