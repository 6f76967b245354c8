"""Names of fields: as people write them in a template, as Jinja can read them, and the nearest one to a wrong one.

A field is named by the id of a block ("consent.risks-lead"), by a path of the protocol ("protocol.title.public",
"/title/public") or by a part of the identity ("version"). Jinja would read a dash as minus and a dot as a step into
something, so inside `{{ }}` the whole name is written with letters that stand for them.
"""

import difflib
import re

MAX_NAME = 200
_FOUND_NAME = re.compile(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")
_IN_BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
# Letters of no language that forms are written in; Jinja takes them as part of a name.
_LETTERS = {".": "\u01c0", "-": "\u01c1"}
_BACK = str.maketrans({letter: sign for sign, letter in _LETTERS.items()})
_THERE = str.maketrans(_LETTERS)


def named(written: str) -> str:
    """Return the name of a field as this program lists it: a path of the protocol gets its dots."""
    written = written.strip()
    return f"protocol{written.replace('/', '.')}" if written.startswith("/") else written


def to_jinja(name: str) -> str:
    """Return the name as Jinja takes it for one name."""
    return name.translate(_THERE)


def from_jinja(name: str) -> str:
    """Return the name as people write it."""
    return name.translate(_BACK)


def with_jinja_names(text: str) -> str:
    """Return the text of a template with every name inside its braces in the form that Jinja takes for one name."""
    return _IN_BRACES.sub(lambda found: _translated(found[0]), text)


def _translated(braces: str) -> str:
    pieces = _QUOTED.split(braces)
    return "".join(
        piece if number % 2 else _FOUND_NAME.sub(lambda found: _name_of(found[0]), piece)
        for number, piece in enumerate(pieces)
    )


def _name_of(written: str) -> str:
    name, dashes = written.rstrip("-"), len(written) - len(written.rstrip("-"))
    return to_jinja(name) + "-" * dashes  # "-}}" closes braces without the space after them


def nearest(name: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Return up to three known names that are like a wrong one, the likest first."""
    return tuple(difflib.get_close_matches(name[:MAX_NAME], known, n=3, cutoff=0.6))


def way_out(name: str, known: tuple[str, ...]) -> str:
    """Return what to do about a wrong name, in words."""
    near = nearest(name, known)
    if not near:
        return '"regdocs fill --fields" lists every field'
    return f"did you mean {' or '.join(f'{one!r}' for one in near).replace(chr(39), chr(34))}?"
