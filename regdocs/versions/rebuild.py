"""Making recorded documents again from what the log keeps, and comparing: `regdocs verify --rebuild`.

Protocol, templates and trees of a log are hostile input: composing and printing run in processes with limits of time
and memory, the templates in the build's own sandbox. Nothing is written, and nothing of the working copy is read.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from regdocs.audit.telling import NOT_REBUILT
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Listed
from regdocs.build.examine import examine, trees_of
from regdocs.build.study import Inputs
from regdocs.build.workers import Limits, Task, make_all
from regdocs.build.writers import Print
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.errors import Refusal, RegdocsError
from regdocs.finding import Severity
from regdocs.versions.issued import DoesNotFit, IssuedDocument, documents_of
from regdocs.versions.issued_beside import Issued, companions_issued, identities_of, unnamed_files
from regdocs.versions.logbook import Logbook, Version, open_logbook
from regdocs.versions.printed import Printer, prints_with, tree_of
from regdocs.versions.redlines_again import remade
from regdocs.versions.snapshot import stored_inputs, toolchain_bytes

LIMITS = Limits(seconds=300, memory_bytes=3 * 2**30)
_OTHER = "it was made with another tool chain"


class Rebuilt(NamedTuple):
    """What came of it: faults, what is worth knowing, what was checked and what was not, in words."""

    faults: tuple[Fault, ...]
    listed: tuple[Listed, ...]
    checked: tuple[str, ...]
    unchecked: tuple[str, ...]


@dataclass(slots=True)
class _Notes:
    faults: list[Fault] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    compared: int = 0
    versions: int = 0
    left: bool = False
    other_bytes: int = 0

    def failed(self, message: str, n: int | None = None) -> None:
        """Note what was asked for and could not be done: it is a fault, lest it pass for checked."""
        self.left = True
        self.faults.append(Fault(Verdict.REBUILT_OTHERWISE, message, n))


def rebuild(study: Path, audit: Path | None = None, printer: Printer | None = None) -> Rebuilt:
    """Compose and print every recorded version again, and compare trees and bytes with what was issued.

    `audit` is the log's folder when it is not the one in the study. With another tool chain than the recorded one only
    trees are compared. What cannot be made again, and a log that does not hold, is a fault: "could not be rebuilt".
    """
    notes = _Notes()
    printer = replace(printer or Printer(), limits=LIMITS)
    try:
        _versions(open_logbook(study, audit), printer, notes)
    except RegdocsError as error:
        notes.failed(f"the documents could not be rebuilt: {error}")
    return Rebuilt(tuple(notes.faults), tuple(notes.listed), _checked(notes), _unchecked(notes))


def _versions(logbook: Logbook | None, printer: Printer, notes: _Notes) -> None:
    if logbook is None:
        notes.failed("the documents could not be rebuilt: there is no log")
        return
    if not logbook.versions:
        notes.left = True
        notes.listed.append(Listed("nothing was rebuilt: no version is recorded"))
    for version in logbook.versions:
        _version(logbook, version, printer, notes)


def _checked(notes: _Notes) -> tuple[str, ...]:
    if notes.faults or not notes.versions:
        return ()
    return (
        f"{notes.versions} recorded versions made again from what the log keeps: "
        f"trees are the recorded ones, {notes.compared} files have the recorded bytes",
    )


def _unchecked(notes: _Notes) -> tuple[str, ...]:
    other = f"the bytes of {notes.other_bytes} documents, which another tool chain made"
    return (*((NOT_REBUILT,) if notes.left else ()), *((other,) if notes.other_bytes else ()))


def _version(logbook: Logbook, version: Version, printer: Printer, notes: _Notes) -> None:
    try:
        inputs = stored_inputs(logbook, version)
        documents = documents_of(logbook, version) if version.issues else ()
        strange = unnamed_files(logbook, version) if version.issues else ()
        composed = _composed_apart(inputs, printer.clock)
    except DoesNotFit as error:
        notes.faults.append(Fault(Verdict.ALTERED, str(error), version.issues[-1].n))
        return
    except RegdocsError as error:
        notes.failed(f"version {version.name} could not be rebuilt: {error}", version.n)
        return
    notes.versions += 1
    if not documents:
        notes.listed.append(Listed(f"version {version.name} has no documents yet", version.n))
        return
    for path in strange:
        message = f'"{path}" was issued for version {version.name} and is no document of it'
        notes.faults.append(Fault(Verdict.ALTERED, message, version.issues[-1].n))
    here = sha256_hex(toolchain_bytes())
    same: list[Issued] = [one for one in _trees(version, documents, composed, here, notes) if one.since is None]
    _bytes(logbook, version, [*same, *_beside(logbook, version, printer.clock, here, notes)], inputs, printer, notes)


# ------------------------------------------------------------------------------------------------------------- trees


def _composed_apart(inputs: Inputs, clock: Callable[[], float]) -> dict[str, Any]:
    """Return what comes of composing in a process with limits: trees by stem, what is wrong.

    Raises:
        Refusal: It took too long, too much memory, or the process broke down.
    """
    task = Task("the documents", 1, partial(composed_as_json, inputs))
    made, failures = make_all((task,), 1, lambda name: None, clock, LIMITS)
    if failures:
        raise Refusal(f"it could not be composed: {failures[0].why}")
    found: dict[str, Any] = json.loads(made["the documents"])
    return found


def composed_as_json(inputs: Inputs) -> bytes:
    """Return what composing gives, as JSON: `trees` and `wrong`. Runs in a process of its own."""
    examined = examine(inputs, checked=False)
    wrong = [f"{one.file}: {one.message}" for one in examined.findings if one.severity is Severity.ERROR]
    return canonical_json({"trees": trees_of(examined), "wrong": wrong[:3]})


def _trees(
    version: Version, documents: tuple[IssuedDocument, ...], composed: Mapping[str, Any], here: str, notes: _Notes
) -> list[IssuedDocument]:
    """Compare trees; return the documents whose bytes can be compared as well."""
    trees: dict[str, str] = composed["trees"]
    n = version.issues[-1].n
    for stem in sorted(trees.keys() - {one.stem for one in documents}):
        notes.faults.append(Fault(_verdict(documents[0], here), f'"{stem}" comes out and was not issued', n))
    same: list[IssuedDocument] = []
    for one in documents:
        if trees.get(one.stem) != one.tree:
            notes.faults.append(Fault(_verdict(one, here), _differs(version, one, composed), n, _cause(one, here)))
        elif one.toolchain == here:
            same.append(one)
        elif one.since is None:
            notes.other_bytes += 1
            message = f"{one.stem} of version {version.name}: bytes not compared, {_OTHER}; the trees agree"
            notes.listed.append(Listed(message, n))
    return same


def _differs(version: Version, one: IssuedDocument, composed: Mapping[str, Any]) -> str:
    if one.stem in composed["trees"]:
        return f'"{one.stem}" of version {version.name} comes out with other words'
    why = f": {composed['wrong'][0]}" if composed["wrong"] else ""
    return f'"{one.stem}" of version {version.name} does not come out{why}'


def _verdict(one: Issued, here: str) -> Verdict:
    return Verdict.ALTERED if one.toolchain == here else Verdict.REBUILT_OTHERWISE


def _cause(one: Issued, here: str) -> str:
    inputs = "not made from the recorded inputs"
    return f"it was {inputs}" if one.toolchain == here else f"{_OTHER}, or the documents were {inputs}"


# ------------------------------------------------------------------------------------------------------------ beside


def _beside(
    logbook: Logbook, version: Version, clock: Callable[[], float], here: str, notes: _Notes
) -> Iterator[Issued]:
    """Make the redlines again from their trees; yield what was issued beside documents and has comparable bytes."""
    try:
        made, companions = remade(logbook, version, clock, LIMITS), companions_issued(logbook, version)
    except DoesNotFit as error:
        notes.faults.append(Fault(Verdict.ALTERED, str(error), version.issues[-1].n))
        return
    except RegdocsError as error:
        notes.failed(f"redlines of version {version.name} could not be made again: {error}", version.issues[-1].n)
        return
    for redline, agrees in made:
        if not agrees:
            message = f'"{redline.stem}" of version {version.name} is not the difference of its base and its document'
            notes.faults.append(Fault(_verdict(redline, here), message, version.issues[-1].n, _cause(redline, here)))
    listed: list[Issued] = [one for one, agrees in made if agrees]
    if companions:
        message = f"version {version.name}: {len(companions)} documents of the amendment were not composed again"
        notes.listed.append(Listed(message, version.issues[-1].n))
    for one in (*listed, *companions):
        if one.toolchain == here:
            yield one
        else:
            notes.other_bytes += 1


# ------------------------------------------------------------------------------------------------------------- bytes


def _bytes(
    logbook: Logbook,
    version: Version,
    documents: list[Issued],
    inputs: Inputs,
    printer: Printer,
    notes: _Notes,
) -> None:
    if not documents:
        return
    wanted: dict[str, Print] = {}
    try:
        identities = identities_of(logbook, version)
        for one in documents:
            formats = [file.path.rpartition(".")[2] for file in one.files]
            tree = tree_of(logbook.object(one.tree))
            wanted |= prints_with(tree, identities[one.stem], one.stem, formats, inputs.templates)
        made = printer.print(wanted, apart=True)
    except RegdocsError as error:
        notes.failed(f"documents of version {version.name} could not be printed again: {error}", version.issues[-1].n)
        return
    notes.compared += len(made)
    for path in _other_bytes(documents, made):
        message = f'"{path}" of version {version.name} comes out with other bytes'
        cause = "it was not made from the recorded tree, or shows another version, date or head"
        notes.faults.append(Fault(Verdict.ALTERED, message, version.issues[-1].n, cause))


def _other_bytes(documents: list[Issued], made: Mapping[str, bytes]) -> Iterator[str]:
    for one in documents:
        for file in one.files:
            if sha256_hex(made[file.path]) != file.sha256:
                yield file.path
