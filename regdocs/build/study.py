"""The study folder: where it is, and every byte that documents are made from.

Reads files; understands none of them. A study's own template of a name wins over the one that came with the program.
"""

import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from regdocs.canonical import digest_of, sha256_hex
from regdocs.errors import Refusal, UsageError
from regdocs.shipped import shipped

PROTOCOL = "protocol.yaml"
TEMPLATES = "templates"
TRANSLATIONS = "translations"
REFERENCE_DOCX = "reference.docx"
_TEMPLATE_ENDINGS = (".xml", ".docx")
MAX_TEMPLATE_BYTES = 2_000_000
MAX_FILES = 500
MAX_PROTOCOL_BYTES = 4_000_000


@dataclass(frozen=True)
class Inputs:
    """Every byte that a build reads from the study and from the program's own data.

    Attributes:
        protocol: Bytes of `protocol.yaml`.
        templates: Bytes of each template by name ("consent/consent.xml", "reference.docx").
        own: Names of the templates that are the study's own.
        translations: Bytes of each translation by name ("vi/consent.yaml").
    """

    protocol: bytes
    templates: Mapping[str, bytes]
    own: frozenset[str]
    translations: Mapping[str, bytes] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """Digest of all of it, by name."""
        listed = {name: sha256_hex(data) for name, data in self.templates.items()}
        other = {name: sha256_hex(data) for name, data in self.translations.items()}
        return digest_of({"protocol": sha256_hex(self.protocol), "templates": listed, "translations": other})


def find_study(start: Path) -> Path:
    """Return the nearest folder upward from `start` that holds a `protocol.yaml`.

    Raises:
        UsageError: `start` is no folder, or no folder upward holds one.
    """
    if not start.is_dir():
        raise UsageError(f'there is no folder "{start}"')
    for folder in (start.resolve(), *start.resolve().parents):
        if os.path.lexists(folder / PROTOCOL):  # also when it is no file: reading it says so
            return folder
    raise UsageError(f'no {PROTOCOL} in "{start}" or above it; go to a study folder, or begin one with "regdocs init"')


def read_inputs(study: Path) -> Inputs:
    """Read the study's protocol and all templates, the study's own over the shipped ones.

    Raises:
        Refusal: A file is a link out of the study, not a regular file, too large, or unreadable.
    """
    ours = shipped(TEMPLATES)
    templates = _files_in(ours, ours, _TEMPLATE_ENDINGS)
    own = {} if _same(study / TEMPLATES, ours) else _files_in(study / TEMPLATES, study, _TEMPLATE_ENDINGS)
    translations = _files_in(study / TRANSLATIONS, study, (".yaml",))
    protocol = _read(study / PROTOCOL, study, MAX_PROTOCOL_BYTES)
    return Inputs(protocol, {**templates, **own}, frozenset(own), translations)


def _same(one: Path, other: Path) -> bool:
    return one.is_dir() and one.resolve() == other.resolve()


def _files_in(folder: Path, within: Path, endings: tuple[str, ...]) -> dict[str, bytes]:
    if not os.path.lexists(folder):
        return {}
    if not folder.is_dir() or (folder.is_symlink() and folder != within):
        raise Refusal(f'"{folder}" has to be a folder of its own, not a file or a link; what lies there is not used')
    paths = sorted(folder.rglob("*"))
    folders = {path for path in paths if path.is_dir()}
    for path in sorted(folders):
        if path.is_symlink():
            raise Refusal(f'"{path}" is a link to a folder; put the files themselves there')
    files = [path for path in paths if path.suffix in endings and path not in folders]
    if len(files) > MAX_FILES:
        raise Refusal(f'"{folder}" has {len(files):,} files; at most {MAX_FILES:,} are read')
    homes = {path: path.resolve() for path in {folder, *folders}}
    return {_name(path, folder): _read(path, within, MAX_TEMPLATE_BYTES, homes.get(path.parent)) for path in files}


def _name(path: Path, folder: Path) -> str:
    name = path.relative_to(folder).as_posix()
    if not name.isprintable():  # bytes that are no text come as lone surrogates, which cannot be written
        raise Refusal(f"the name of a file has characters that cannot be shown: {name!a}")
    return name


@lru_cache(maxsize=4)
def _resolved(folder: Path) -> Path:
    return folder.resolve()


def _read(path: Path, within: Path, limit: int, home: Path | None = None) -> bytes:
    """Return the bytes of a regular file inside `within`; nothing in a study can name a file outside it.

    `home` is where the file's folder truly lies, when that is known: to follow each part of each path takes long.
    """
    try:
        place = path.resolve() if home is None or path.is_symlink() else home / path.name
        if not place.is_relative_to(_resolved(within)):
            raise Refusal(f'"{path}" is a link to a file outside "{within}"; put the file itself there')
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would let us wait for ever
            raise Refusal(f'"{path}" is not a file')
        if status.st_size > limit:
            raise Refusal(f'"{path}" has {status.st_size:,} bytes; at most {limit:,} are read')
        return path.read_bytes()
    except OSError as error:
        raise Refusal(f'"{path}" cannot be read: {error.strerror}') from error
    except RuntimeError as error:  # links in a circle
        raise Refusal(f'"{path}" cannot be read: its links lead nowhere') from error
