"""The fonts a PDF is set in: files, digests, which characters they show, and a fontconfig file that names only them.

With our own fontconfig file a PDF does not depend on the fonts of the machine. Knows font files; does not start any
layout engine and writes nothing: the caller writes the text of `fonts_conf` where it likes.
"""

import os
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from regdocs.errors import EnvironmentLacks

FAMILY = "Source Sans 3"
_PACKAGE = "fontpkg_source_sans_3"
REMEDY = "install the Python package fontpkg-source-sans-3"

# They print nothing by themselves, so no font needs a glyph for them.
_INVISIBLE = frozenset("\n\r\t\u00ad\u200b\u200c\u200d\u2060\ufeff")


# Named tuples: made in a fifth of the time of dataclasses, each time the program starts.
class FontFile(NamedTuple):
    """One font file and the SHA-256 of its bytes."""

    path: Path
    digest: str


class FontSet(NamedTuple):
    """The fonts of one family that a document is set in."""

    family: str
    files: tuple[FontFile, ...]

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of the files, sorted, each once."""
        return tuple(sorted({font.path.parent for font in self.files}))


def find_fonts() -> FontSet:
    """Return the fonts that came with the Python package.

    Raises:
        EnvironmentLacks: The package or its files are not there.
    """
    found = find_spec(_PACKAGE)
    folders = list(found.submodule_search_locations or ()) if found else []
    paths = sorted(path for folder in folders for path in Path(folder).glob("files/*.ttf"))
    if not paths:
        raise EnvironmentLacks(f"the fonts of {FAMILY} are not installed; {REMEDY}")
    return FontSet(FAMILY, tuple(FontFile(path, _digest(path, path.stat().st_mtime_ns)) for path in paths))


@lru_cache(maxsize=64)
def _digest(path: Path, _changed: int) -> str:
    """Return the digest of a file, read once for each time it was changed."""
    return sha256(path.read_bytes()).hexdigest()


def fonts_conf(font_dirs: Iterable[Path], cache_dir: Path) -> str:
    """Return a fontconfig file that knows these folders and nothing else of the machine."""
    from html import escape  # here, because its table of entities takes long to load and digests need none

    folders = "".join(f"  <dir>{escape(str(folder))}</dir>\n" for folder in sorted(font_dirs))
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"{folders}  <cachedir>{escape(str(cache_dir))}</cachedir>\n"
        '  <match target="pattern"><edit name="family" mode="append_last" binding="weak">'
        f"<string>{FAMILY}</string></edit></match>\n"
        "</fontconfig>\n"
    )


def use_fonts_conf(path: Path) -> None:
    """Make fontconfig read this file from the next PDF on, in this process and those it starts.

    WeasyPrint reads the file anew for every document, so another one may be chosen later.

    Raises:
        EnvironmentLacks: The file is not there; without it WeasyPrint might find no font and end the process.
    """
    if not path.is_file():
        raise EnvironmentLacks(f"the font configuration {path} is not there")
    os.environ["FONTCONFIG_FILE"] = str(path.resolve())


def missing_characters(text: str, fonts: FontSet) -> str:
    """Return the characters of `text` that no font of the set shows, each once, in code point order."""
    covered = _covered(tuple(font.path for font in fonts.files))
    return "".join(sorted({one for one in text if ord(one) not in covered and one not in _INVISIBLE}))


@lru_cache(maxsize=8)
def _covered(paths: tuple[Path, ...]) -> frozenset[int]:
    """Return the code points every file shows: what stands upright may also be asked for in italics."""
    from fontTools.ttLib import TTFont

    shown: frozenset[int] | None = None
    for path in paths:
        with TTFont(path, lazy=True) as font:
            points = frozenset(font.getBestCmap() or ())
        shown = points if shown is None else shown & points
    return shown or frozenset()
