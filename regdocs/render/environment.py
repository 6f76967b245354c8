"""What the machine lacks for making PDFs, and the exact remedy.

Tries the shared libraries by name, as WeasyPrint does, without starting WeasyPrint: its import prints a banner when a
library is missing, and with no font at hand it brings the whole process down.
"""

import ctypes
import sys
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

from regdocs.errors import EnvironmentLacks
from regdocs.render.fonts import REMEDY as FONT_REMEDY
from regdocs.render.fonts import find_fonts

# What each library is called on Linux, macOS and Windows.
_LIBRARIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("GObject", ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll", "gobject-2.0")),
    ("Pango", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll", "pango-1.0")),
    ("HarfBuzz", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll", "harfbuzz")),
    ("fontconfig", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll", "fontconfig")),
    ("PangoFT2", ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll", "pangoft2-1.0")),
)
_REMEDIES = {
    "linux": "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0",
    "darwin": "brew install pango (and where it is still not found: DYLD_FALLBACK_LIBRARY_PATH=/opt/homebrew/lib)",
    "win32": (
        "install MSYS2, then in its shell: pacman -S mingw-w64-ucrt-x86_64-pango; "
        "the folder of the libraries (C:\\msys64\\ucrt64\\bin) must be in PATH"
    ),
}


class Problem(NamedTuple):  # made in a fifth of the time of a dataclass, each time the program starts
    """One thing that is missing: what, and what to do about it."""

    what: str
    remedy: str


def pdf_environment(can_load: Callable[[str], bool] | None = None) -> tuple[Problem, ...]:
    """Return what keeps PDFs from being made; () when nothing does.

    Args:
        can_load: Tells whether a shared library of that name can be loaded; the machine is asked when left out.
    """
    return _missing_libraries(can_load or _can_load) + _missing_packages() + _missing_fonts()


def _missing_libraries(can_load: Callable[[str], bool]) -> tuple[Problem, ...]:
    remedy = _REMEDIES.get(sys.platform, _REMEDIES["linux"])
    return tuple(
        Problem(f"the library {name} cannot be loaded", remedy)
        for name, files in _LIBRARIES
        if not any(can_load(file) for file in files)
    )


def _can_load(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        # A whole file name that the loader does not know will not be found by searching either, only slowly.
        from ctypes.util import find_library

        is_file_name = any(ending in name for ending in (".so", ".dylib", ".dll"))
        return not is_file_name and find_library(name) is not None
    return True


def _missing_packages() -> tuple[Problem, ...]:
    if find_spec("weasyprint") is None:
        return (Problem("the Python package weasyprint is not installed", "install the Python package weasyprint"),)
    return ()


def _missing_fonts() -> tuple[Problem, ...]:
    try:
        find_fonts()
    except EnvironmentLacks as lack:
        return (Problem(str(lack), FONT_REMEDY),)
    return ()
