"""The tool chain: what besides the study's own bytes decides the bytes of a document.

Looks versions up without importing anything heavy. Bytes hold for one tool chain only; a manifest records it.
"""

import os
import re
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache

import regdocs
from regdocs import __version__
from regdocs.canonical import digest_of, sha256_hex

_PACKAGES = ("weasyprint", "pydyf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2", "Pyphen", "Jinja2", "pydantic")
# What of this program decides what documents say and how they look. Commands, the log, versions and checks do not.
_SHAPING = ("build", "content", "documents", "render", "spec", "canonical.py", "units.py")
_CHECKING = ("rules",)
_PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
_HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")


@lru_cache(maxsize=1)
def toolchain() -> dict[str, str]:
    """Return name and version of everything that shapes the output, fonts as digests; sorted by name."""
    found = {package.lower(): _version(package) for package in _PACKAGES}
    found["regdocs"] = f"{__version__} {_program(_SHAPING)[:16]}"
    found["python"] = f"{sys.version_info.major}.{sys.version_info.minor}"
    found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    found["pango"] = _library_version(_PANGO, "pango_version_string")
    found["harfbuzz"] = _library_version(_HARFBUZZ, "hb_version_string")
    found["fonts"] = _fonts()
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def checks() -> str:
    """Return the digest of the rules: they shape no document, but decide whether one may be made."""
    return _program(_CHECKING)


def _program(parts: tuple[str, ...]) -> str:
    """Return the digest of parts of this program: between two releases the version number alone says little."""
    return digest_of(dict(_digests(os.path.dirname(regdocs.__file__), parts)))


def _digests(top: str, parts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for part in parts:
        place = f"{top}{os.sep}{part}"
        if not os.path.isdir(place):
            yield part, _digest_of_file(place)
        for folder, _, names in os.walk(place):
            within = folder[len(top) + 1 :].replace(os.sep, "/")
            for name in names:
                if name.endswith((".py", ".css")):
                    yield f"{within}/{name}", _digest_of_file(f"{folder}{os.sep}{name}")


def _digest_of_file(path: str) -> str:
    with open(path, "rb", buffering=0) as file:
        return sha256_hex(file.read())


def _version(package: str) -> str:
    """Return the version that is installed; the first one on the path, which is the one that is imported."""
    return _installed().get(_normal(package)) or _asked_for(package)


@lru_cache(maxsize=1)
def _installed() -> dict[str, str]:
    """Return name and version of what is installed, from the names of the folders where installers record it.

    `importlib.metadata` loads a parser of mail and reads each file, which takes longer than all the rest of a build
    that has nothing to do.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        for name in os.listdir(place) if os.path.isdir(place) else ():
            project, _, version = name.removesuffix(".dist-info").partition("-")
            if name.endswith(".dist-info") and version:
                found.setdefault(_normal(project), version)
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _asked_for(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"


def _library_version(names: tuple[str, ...], function: str) -> str:
    import ctypes

    for name in names:
        try:
            call = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        call.restype = ctypes.c_char_p
        answer = call()
        return answer.decode("ascii") if isinstance(answer, bytes) else "unknown"
    return "absent"


def _fonts() -> str:
    from regdocs.errors import EnvironmentLacks
    from regdocs.render.fonts import find_fonts

    try:
        return digest_of({file.path.name: file.digest for file in find_fonts().files})
    except EnvironmentLacks:
        return "absent"
