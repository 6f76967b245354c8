"""The manifest of a build: which documents were made, from what, with which digests. `out/manifest.json`.

Knows its JSON form both ways; does not know how documents are made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FILE = "manifest.json"
FORMAT = "regdocs.manifest/v1"


@dataclass(frozen=True, slots=True)
class Made:
    """One document file.

    Attributes:
        kind, site, language, format, profile: Which document it is; site and profile are None where there is none.
        path: Where it lies, relative to the output folder, "/" between folders.
        sha256, bytes: Digest and size of the file.
        reads: Protocol paths that its words or conditions depend on.
        template: Name and digest of its template.
        key: Digest of everything its bytes are made from; equal keys mean equal bytes.
        stale: True when it was left as it was although the study has changed since (`build --only`).
    """

    kind: str
    site: str | None
    language: str
    format: str
    profile: str | None
    path: str
    sha256: str
    bytes: int
    reads: tuple[str, ...]
    template: dict[str, str]
    key: str
    stale: bool = False


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build left behind.

    Attributes:
        documents: In the order of kinds, sites, languages, formats.
        protocol: sha256 and version of `protocol.yaml`.
        draft: Whether the documents are drafts.
        todo, assumptions: How many values of the protocol are to be completed, and assumed.
        toolchain: Versions of what shapes the bytes.
        inputs: Digest of everything that was read; equal inputs need no new build.
    """

    documents: tuple[Made, ...]
    protocol: dict[str, str]
    draft: bool
    todo: int
    assumptions: int
    toolchain: dict[str, str]
    inputs: str

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as it is written."""
        return {"format": FORMAT, **asdict(self)}

    def to_bytes(self) -> bytes:
        """Return the file: indented, so that a person can read it; keys in fixed order."""
        return (json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output folder, or None where there is none that can be read.

    A manifest that cannot be read is as good as none: the build makes everything anew.
    """
    try:
        return _from_json(json.loads((folder / FILE).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _from_json(tree: Mapping[str, Any]) -> Manifest:
    fields = {key: value for key, value in tree.items() if key != "format"}
    if tree["format"] != FORMAT:
        raise ValueError(f"unknown manifest format {tree['format']!r}")
    documents = tuple(Made(**{**made, "reads": tuple(made["reads"])}) for made in fields.pop("documents"))
    return Manifest(documents=documents, **fields)
