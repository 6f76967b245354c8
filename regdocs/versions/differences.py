"""What differs between two recorded versions, or between one and the working copy: the protocol and the documents.

Words of documents change because the protocol did, or because a template, a translation or the program did. To tell
which, the old protocol is composed with the new templates and translations by today's program: what then differs from
the old documents has another reason. Writes nothing and never reads the clock.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from regdocs.amendment.blocks import BlockChange, changed_blocks
from regdocs.amendment.change import Change
from regdocs.amendment.changes import changes_of
from regdocs.amendment.impact import DocumentChange, Impact, impact_of
from regdocs.amendment.renames import renames_between
from regdocs.audit.steps import steps_between
from regdocs.build.study import Inputs
from regdocs.canonical import sha256_hex
from regdocs.content.model import Document
from regdocs.documents.phrases import phrases
from regdocs.errors import Refusal
from regdocs.versions.composing import Apart, CannotCompose, compose_apart
from regdocs.versions.logbook import Logbook, Version, no_log_yet, open_logbook
from regdocs.versions.sides import WORKING, Side, side_of
from regdocs.versions.snapshot import toolchain_bytes

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class DocumentDifference:
    """What differs in one document.

    Attributes:
        stem: Which one ("consent/north/en").
        blocks: Blocks whose words changed with the protocol, as far as the reasons can be told apart.
        other: Blocks whose words changed for another reason; one that changed for both stands in both.
        is_new, is_gone: Whether only one side has the document.
        otherwise: Whether it differs and no words do: order, form or layout.
    """

    stem: str
    blocks: tuple[BlockChange, ...] = ()
    other: tuple[BlockChange, ...] = ()
    is_new: bool = False
    is_gone: bool = False
    otherwise: bool = False

    @property
    def differs(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.blocks or self.other or self.is_new or self.is_gone or self.otherwise)


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two sides.

    Attributes:
        old, new: Their names.
        old_form, new_form: Their data forms.
        changes: What changed in the protocol.
        documents: Every document of either side.
        impact: What each change touches.
        notes: What could not be told, and why.
    """

    old: str
    new: str
    old_form: Mapping[str, object]
    new_form: Mapping[str, object]
    changes: tuple[Change, ...]
    documents: tuple[DocumentDifference, ...]
    impact: Impact
    notes: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether nothing changed."""
        return not self.changes and not any(one.differs for one in self.documents)


def differences(study: Path, old: str | None = None, new: str | None = None, clock: Clock = lambda: 0.0) -> Differences:
    """Return what differs between two sides: names of recorded versions, or "working".

    The old side is the last recorded version when not given, the new one the working copy.

    Raises:
        Refusal: There is no log, no recorded version or none of that name; the store does not have what the log names,
            or something else than it names; protocol.yaml cannot be read.
    """
    logbook = open_logbook(study)
    if logbook is None:
        raise no_log_yet(study)
    if old is None and not logbook.versions:
        raise Refusal('nothing is recorded to compare with; "regdocs release" records the original protocol')
    before = side_of(logbook, old or logbook.versions[-1].name)
    return compared(before, side_of(logbook, new or WORKING, before), clock)


def compared(before: Side, after: Side, clock: Clock = lambda: 0.0) -> Differences:
    """Return what differs between two sides at hand."""
    steps = steps_between(before.form, after.form, renames_between(before.form, after.form))
    changes = changes_of(steps, before.form, after.form)
    notes = [side.lacking for side in (before, after) if side.lacking]
    documents: tuple[DocumentDifference, ...] = ()
    apart: Apart | None = None
    if not notes:
        try:
            apart = _apart(before, after.inputs, after.toolchain, clock)
        except CannotCompose as error:
            notes.append(f"reasons cannot be told apart: version {before.name} does not compose today: {error}")
        documents = tuple(_documents(before, after, apart))
    impact = impact_of([one.path for one in changes], [_read(one, before, after, apart) for one in documents])
    return Differences(before.name, after.name, before.form, after.form, changes, documents, impact, tuple(notes))


def other_reasons(
    logbook: Logbook, version: Version, inputs: Inputs, clock: Clock = lambda: 0.0
) -> dict[str, tuple[BlockChange, ...]]:
    """Return the blocks of a recorded version's documents that have other words for another reason, by stem.

    They differ although the protocol is the recorded one: by the templates or translations of `inputs`, or by today's
    program. A document that comes or goes for such a reason has all its blocks here.

    Raises:
        CannotCompose: The recorded protocol does not compose with them today.
        NotIssued, ObjectMissing, ObjectDiffers, DoesNotFit: As `documents_of`.
    """
    side = side_of(logbook, version.name)
    apart = _apart(side, inputs, sha256_hex(toolchain_bytes()), clock)
    return {} if apart is None else _reasons(side.trees, apart.trees)


# ------------------------------------------------------------------------------------------------------------ reasons


def _apart(before: Side, inputs: Inputs, toolchain: str | None, clock: Clock) -> Apart | None:
    """Return the old protocol composed with other templates and translations; None where they are the same.

    `toolchain` made the new side. With the same files and the same program there is no other reason.
    """
    same_files = (before.inputs.templates, before.inputs.translations) == (inputs.templates, inputs.translations)
    if same_files and before.toolchain == toolchain:
        return None
    return compose_apart(replace(inputs, protocol=before.inputs.protocol), clock)


def _reasons(before: Mapping[str, Document], apart: Mapping[str, Document]) -> dict[str, tuple[BlockChange, ...]]:
    found = {stem: _translated(before.get(stem), apart.get(stem)) for stem in (*apart, *before)}
    return {stem: blocks for stem, blocks in found.items() if blocks}


def _translated(old: Document | None, new: Document | None) -> tuple[BlockChange, ...]:
    """Return what differs, but for words that a newer translation no longer has: the newer protocol does not ask it."""
    if old == new:
        return ()
    mark = phrases(new.language).not_translated if new else ""
    return tuple(one for one in changed_blocks(old, new) if not mark or mark not in (one.new or ""))


def _documents(before: Side, after: Side, apart: Apart | None) -> Iterator[DocumentDifference]:
    reasons = _reasons(before.trees, apart.trees) if apart else {}
    as_today = after.toolchain == sha256_hex(toolchain_bytes())
    for stem in dict.fromkeys((*after.trees, *before.trees)):
        old, new = before.trees.get(stem), after.trees.get(stem)
        actual = () if old == new else changed_blocks(old, new)
        blocks, other = _told_apart(actual, {one.block: one for one in reasons.get(stem, ())}, as_today)
        otherwise = not actual and old != new
        yield DocumentDifference(stem, blocks, other, old is None, new is None, otherwise)


def _told_apart(
    actual: tuple[BlockChange, ...], reasons: Mapping[str, BlockChange], as_today: bool
) -> tuple[tuple[BlockChange, ...], tuple[BlockChange, ...]]:
    """Return what changed with the protocol, and what changed for another reason.

    A block that changed for both stands in both, each with its part of the way; but only where the new side is what
    today's program makes: what lies between is made by it.
    """
    blocks: list[BlockChange] = []
    other: list[BlockChange] = []
    for one in actual:
        reason = reasons.get(one.block)
        if reason is None:
            blocks.append(one)
            continue
        other.append(reason if as_today else one)
        if as_today and reason.new != one.new:
            blocks.append(replace(one, old=reason.new))
    return tuple(blocks), tuple(other)


def _read(one: DocumentDifference, before: Side, after: Side, apart: Apart | None) -> DocumentChange:
    kind, *place = one.stem.split("/")
    sources = (before.reads, after.reads, apart.reads if apart else {})
    reads = frozenset(path for source in sources for path in source.get(one.stem, ()))
    return DocumentChange(one.stem, kind, place[0] if len(place) > 1 else None, reads, one.blocks)
