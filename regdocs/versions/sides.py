"""The two sides of a comparison: a recorded version, as the log keeps it, or the working copy.

Knows the store, the study's folder and how its documents are composed; compares nothing and writes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

from regdocs.audit.line import Json, parse_value
from regdocs.build.examine import Examined, examine
from regdocs.build.study import Inputs, read_inputs
from regdocs.canonical import sha256_hex
from regdocs.content.model import Document
from regdocs.content.query import paths_read
from regdocs.errors import Refusal
from regdocs.finding import has_errors
from regdocs.spec.tree import data_form
from regdocs.versions.issued import documents_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.printed import tree_of
from regdocs.versions.snapshot import TOOLCHAIN, data_bytes, demand_inputs, stored_inputs, toolchain_bytes

WORKING = "working"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        name: The version's name, or "working".
        version: The recorded version; None of the working copy.
        inputs: What its documents are made from.
        form: The data form.
        trees: The documents by stem: as issued, or as they are composed now.
        reads: Paths that each of them reads, as far as that is known.
        toolchain: Digest of the tool chain it was made with, or None where none is named.
        lacking: Why it has no documents; None when it has.
    """

    name: str
    version: Version | None
    inputs: Inputs
    form: Mapping[str, Json]
    trees: Mapping[str, Document]
    reads: Mapping[str, frozenset[str]]
    toolchain: str | None
    lacking: str | None = None


def side_of(logbook: Logbook, name: str, beside: Side | None = None) -> Side:
    """Return the recorded version of that name, or for "working" the working copy.

    When the working copy and the program are what the side `beside` was made from, nothing is composed.

    Raises:
        Refusal: There is no such version; the store does not have what the log names; protocol.yaml cannot be read.
    """
    if name != WORKING:
        return _recorded(logbook, logbook.version(name))
    inputs = read_inputs(logbook.study)
    return _the_same(inputs, beside) or _working(inputs)


def _recorded(logbook: Logbook, version: Version) -> Side:
    form = parse_value(logbook.object(version.data))
    if not isinstance(form, dict):
        raise Refusal(f'the data form of version {version.name} is none; run "regdocs verify"')
    inputs = stored_inputs(logbook, version)
    toolchain = demand_inputs(logbook, version).digest_of(TOOLCHAIN)
    if not version.issues:
        lacking = f'version {version.name} has no documents yet; "regdocs amend --resume" completes it'
        return Side(version.name, version, inputs, form, {}, {}, toolchain, lacking)
    trees = {one.stem: tree_of(logbook.object(one.tree)) for one in documents_of(logbook, version)}
    reads = {stem: frozenset(paths_read(tree)) for stem, tree in trees.items()}
    return Side(version.name, version, inputs, form, trees, reads, toolchain)


def _the_same(inputs: Inputs, beside: Side | None) -> Side | None:
    if beside is None or beside.lacking or beside.inputs.digest != inputs.digest:
        return None
    if beside.toolchain != sha256_hex(toolchain_bytes()):
        return None
    return replace(beside, name=WORKING, version=None)


def _working(inputs: Inputs) -> Side:
    return side_composed(WORKING, inputs, examine(inputs))


def side_composed(name: str, inputs: Inputs, examined: Examined) -> Side:
    """Return the side of inputs that were composed just now.

    Raises:
        Refusal: protocol.yaml cannot be read, or holds what no record can hold.
    """
    tree = examined.loaded.tree
    if tree is None or examined.loaded.protocol is None:
        raise Refusal('protocol.yaml has mistakes; "regdocs check" lists them')
    form = cast("dict[str, Json]", data_form(tree))
    data_bytes(form)  # what no record can hold is refused here, in words
    wrong = has_errors(examined.findings)
    documents = () if wrong else examined.documents
    trees = {one.stem: one.composed.document for one in documents}
    reads = {one.stem: frozenset(one.composed.reads) for one in documents}
    lacking = 'the working copy has mistakes; "regdocs check" lists them' if wrong else None
    return Side(name, None, inputs, form, trees, reads, sha256_hex(toolchain_bytes()), lacking)
