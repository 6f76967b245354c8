"""A snapshot of a study: what a version was made from, by digest, and the bytes that the log keeps of it.

Knows which files shape documents; does not know the log. Fonts and styles come with the program: they are named and not
kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from regdocs.audit.file_list import FileList
from regdocs.audit.kept import NOT_KEPT, problem_of_inputs
from regdocs.audit.line import Json, NotALine, encode_value
from regdocs.build.recorded import input_files
from regdocs.build.study import PROTOCOL, TEMPLATES, TRANSLATIONS, Inputs
from regdocs.build.toolchain import toolchain
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal
from regdocs.render.fonts import find_fonts
from regdocs.spec.load import Loaded
from regdocs.spec.tree import data_form
from regdocs.versions.logbook import Logbook, Version

TOOLCHAIN = "toolchain.json"
AMENDMENT = "amendment.yaml"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a study was at one moment.

    Attributes:
        spec, data, inputs: Digests in hex: bytes of protocol.yaml, data form, list of inputs.
        tree: The data form.
        objects: Bytes by digest of everything that is kept.
        files: The list of inputs.
    """

    spec: str
    data: str
    inputs: str
    tree: Mapping[str, Json]
    objects: Mapping[str, bytes]
    files: FileList


def take_snapshot(inputs: Inputs, loaded: Loaded, declaration: bytes | None = None) -> Snapshot:
    """Return a snapshot of what was read; of an amendment with what was declared of it, which its documents print.

    Raises:
        Refusal: The protocol cannot be read, or holds a text or a number that no record can hold.
        NotAFileList: A template or translation has a name that a list of files cannot hold.
        EnvironmentLacks: The fonts are not there.
    """
    if loaded.tree is None or loaded.protocol is None:
        raise Refusal('protocol.yaml has mistakes; "regdocs check" lists them')
    tree = cast("dict[str, Json]", data_form(loaded.tree))
    data = data_bytes(tree)
    kept = {**input_files(inputs), TOOLCHAIN: toolchain_bytes()}
    kept |= {AMENDMENT: declaration} if declaration is not None else {}
    listed = FileList.of([*((path, sha256_hex(one)) for path, one in kept.items()), *_come_with_the_program()])
    objects = {sha256_hex(one): one for one in (data, listed.to_bytes(), *kept.values())}
    spec = sha256_hex(inputs.protocol)
    return Snapshot(spec, sha256_hex(data), sha256_hex(listed.to_bytes()), tree, objects, listed)


def data_bytes(tree: Json) -> bytes:
    """Return the one text of a data form.

    Raises:
        Refusal: It holds what no record can hold.
    """
    try:
        return encode_value(tree)
    except NotALine as error:
        raise Refusal(f"protocol.yaml holds what cannot be recorded: {error}") from error


def toolchain_bytes() -> bytes:
    """Return the text of the tool chain at hand, as it is kept."""
    return canonical_json(toolchain())


def files_of(logbook: Logbook, inputs: str) -> FileList:
    """Return a recorded list of inputs by its digest.

    Raises:
        ObjectMissing, ObjectDiffers: It is not in the store.
        NotAFileList: It is no such list.
    """
    return FileList.parse(logbook.object(inputs))


def demand_inputs(logbook: Logbook, version: Version) -> FileList:
    """Return a recorded version's list of inputs, which is about the protocol.yaml that its entry names.

    Raises as `files_of`, and Refusal when it names another.
    """
    listed = files_of(logbook, version.inputs)
    if problem := problem_of_inputs(listed, version.spec):
        raise Refusal(f'version {version.name}: {problem}; run "regdocs verify"')
    return listed


def stored_inputs(logbook: Logbook, version: Version) -> Inputs:
    """Return the inputs of a recorded version from the store, as `read_inputs` returns those of a working copy.

    Raises as `demand_inputs`.
    """
    listed = dict(demand_inputs(logbook, version).entries)
    kept = {path: logbook.object(digest) for path, digest in listed.items() if not path.startswith(NOT_KEPT)}
    templates = _below(TEMPLATES, kept)
    return Inputs(kept[PROTOCOL], templates, frozenset(templates), _below(TRANSLATIONS, kept))


def recorded_inputs(listed: FileList) -> dict[str, str]:
    """Return the digests of what the documents of a study are made from, by path.

    The tool chain is not among them, nor what was declared of the amendment: only documents about it print that.
    """
    apart = (TOOLCHAIN, AMENDMENT)
    return {path: digest for path, digest in listed.entries if path not in apart and not path.startswith(NOT_KEPT)}


def stored_declaration(logbook: Logbook, version: Version) -> bytes | None:
    """Return what was declared of an amendment, as it was recorded; None of the original protocol.

    Raises as `demand_inputs`.
    """
    digest = demand_inputs(logbook, version).digest_of(AMENDMENT)
    return None if digest is None else logbook.object(digest)


def _below(folder: str, kept: Mapping[str, bytes]) -> dict[str, bytes]:
    start = f"{folder}/"
    return {path.removeprefix(start): data for path, data in kept.items() if path.startswith(start)}


def _come_with_the_program() -> list[tuple[str, str]]:
    styles = sorted(one.name for one in (files("regdocs.render") / "style").iterdir() if one.name.endswith(".css"))
    found = [(name, (files("regdocs.render") / "style" / name).read_bytes()) for name in styles]
    fonts = [(f"fonts/{font.path.name}", font.digest) for font in find_fonts().files]
    return [*((f"styles/{name}", sha256_hex(data)) for name, data in found), *fonts]
