"""The texts of DEMO-101 in each of its versions, and what was declared of its amendments.

The folder of the example holds the newest version; `tools/example_history/README.md` says how older ones are kept.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from regdocs.build.study import PROTOCOL, TRANSLATIONS

ROOT = Path(__file__).resolve().parent.parent
DEMO = "demo-101"
VERSIONS = ("3.1", "3.0", "2.0", "1.0")  # the newest first
_HISTORY = Path(__file__).resolve().parent / "example_history"


def files_of(version: str) -> dict[str, bytes]:
    """Return the files of the example as they were in a version: protocol.yaml and translations.

    In the folder they lie as the newest version has them; each older one is made from the next newer one.

    Raises:
        ValueError: A text is not found as often as it should be, so a list of replacements is out of date.
    """
    top = ROOT / "examples" / DEMO
    found = [top / PROTOCOL, *sorted((top / TRANSLATIONS).rglob("*.yaml"))]
    files = {file.relative_to(top).as_posix(): file.read_bytes() for file in found}
    for older in VERSIONS[1 : VERSIONS.index(version) + 1]:
        files = _before(older, files)
    return files


def declaration_of(version: str) -> bytes:
    """Return what was declared of the amendment that a version is; what a board asked for has another file."""
    number = VERSIONS[::-1].index(version)
    return (_HISTORY / f"amendment-{number}.yaml").read_bytes()


def response_of(version: str) -> bytes:
    """Return the answers to the stipulations that led to a version."""
    return (_HISTORY / f"response-{version}.yaml").read_bytes()


def write_files(study: Path, files: Mapping[str, bytes]) -> None:
    """Lay files into a folder, such as those of a version into the study's."""
    for name, data in files.items():
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_bytes(data)


def _before(older: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    name = f"{older}.yaml"
    listed: dict[str, list[dict[str, Any]]] = yaml.safe_load((_HISTORY / name).read_text("utf-8"))
    return {file: _replaced(f"{name}: {file}", data, listed.get(file, [])) for file, data in files.items()}


def _replaced(where: str, data: bytes, replacements: list[dict[str, Any]]) -> bytes:
    text = data.decode("utf-8")
    for one in replacements:
        found, expected = text.count(one["now"]), one.get("times", 1)
        if found != expected:
            raise ValueError(f"example_history/{where}: {one['now']!r} stands there {found} times, not {expected}")
        text = text.replace(one["now"], one["then"])
    return text.encode("utf-8")
