"""The manifest of a build: which documents were made, from what, with which digests. `out/manifest.json`.

Knows its JSON form both ways; does not know how documents are made.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import NoneType
from typing import Any

FILE = "manifest.json"
FORMAT = "regdocs.manifest/v3"
USE = "not for use"  # of what lies there; forms for use are in `current/`
MAX_BYTES = 50_000_000


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
        draft: Why it has a draft mark, in words; None when it has none.
        translation: Of a translation in words whether it is certified; None in the language of the protocol.
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
    draft: str | None = None
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a build left behind.

    Attributes:
        documents: In the order of kinds, sites, languages, formats.
        protocol: sha256 and version of `protocol.yaml`.
        draft: Whether the documents are drafts.
        todo, assumptions: How many values of the protocol are to be completed, and assumed.
        toolchain: Versions of what shapes the bytes.
        inputs: Digest of everything that was read; equal inputs need no new build. None when the output is not whole,
            because a call asked for some documents only.
        final: Whether documents without a draft mark were asked for.
        elements: Digest of each element of the protocol that some document reads (`dependence`).
    """

    documents: tuple[Made, ...]
    protocol: dict[str, str]
    draft: bool
    todo: int
    assumptions: int
    toolchain: dict[str, str]
    inputs: str | None
    final: bool = False
    elements: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the manifest as it is written."""
        return {"format": FORMAT, "use": USE, **asdict(self)}

    def to_bytes(self) -> bytes:
        """Return the file: indented, so that a person can read it; keys in fixed order."""
        return (json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def read_manifest(folder: Path) -> Manifest | None:
    """Return the manifest of an output folder, or None where there is none that can be read.

    A manifest that cannot be read, or that is not as we write it, is as good as none: the build makes everything anew.
    What it says may still be untrue; anyone may have edited it.
    """
    path = folder / FILE
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
            return None
        return _from_json(json.loads(path.read_bytes()))
    except (OSError, ValueError, RecursionError):
        return None


# The field of each class → what its value may be.
_TEXT, _TEXT_OR_NONE = (str,), (str, NoneType)
_MADE: dict[str, tuple[type, ...]] = {
    "kind": _TEXT,
    "site": _TEXT_OR_NONE,
    "language": _TEXT,
    "format": _TEXT,
    "profile": _TEXT_OR_NONE,
    "path": _TEXT,
    "sha256": _TEXT,
    "bytes": (int,),
    "reads": (list,),
    "template": (dict,),
    "key": _TEXT,
    "stale": (bool,),
    "draft": _TEXT_OR_NONE,
    "translation": _TEXT_OR_NONE,
}
_MANIFEST: dict[str, tuple[type, ...]] = {
    "format": _TEXT,
    "use": _TEXT,
    "documents": (list,),
    "protocol": (dict,),
    "draft": (bool,),
    "todo": (int,),
    "assumptions": (int,),
    "toolchain": (dict,),
    "inputs": _TEXT_OR_NONE,
    "final": (bool,),
    "elements": (dict,),
}


def _from_json(tree: object) -> Manifest:
    fields = _checked(tree, _MANIFEST)
    if (fields.pop("format"), fields.pop("use")) != (FORMAT, USE):
        raise ValueError("unknown manifest format")
    if not {"sha256", "version"} <= set(_texts(fields["protocol"])):
        raise ValueError("the protocol of a manifest has a digest and a version")
    _texts(fields["toolchain"])
    _texts(fields["elements"])
    return Manifest(**{**fields, "documents": tuple(_made_from_json(made) for made in fields["documents"])})


def _made_from_json(tree: object) -> Made:
    fields = _checked(tree, _MADE)
    _texts(fields["template"])
    if not set(map(type, fields["reads"])) <= {str}:
        raise ValueError("what was read is told as texts")
    made = Made(**{**fields, "reads": tuple(fields["reads"])})
    if not _is_own_path(made):
        raise ValueError("a document lies where its kind, site, language and format say")
    return made


def _is_own_path(made: Made) -> bool:
    """Tell whether the path is one that we give, so that no build takes somebody's own file for a document of ours."""
    parts = (made.kind, made.site, made.language) if made.site is not None else (made.kind, made.language)
    stem = "/".join(parts)
    return made.path in (f"{stem}.{made.format}", f"{stem}.{made.profile}.{made.format}")


def _checked(tree: object, fields: Mapping[str, tuple[type, ...]]) -> dict[str, Any]:
    if not isinstance(tree, dict) or set(tree) != set(fields):
        raise ValueError(f"expected an object with {', '.join(fields)}")
    for name, types in fields.items():
        if type(tree[name]) not in types:
            raise ValueError(f"{name} is not what it should be")
    return tree


def _texts(tree: Mapping[str, object]) -> Mapping[str, object]:
    if not set(map(type, tree.values())) <= {str}:
        raise ValueError("expected texts")
    return tree
