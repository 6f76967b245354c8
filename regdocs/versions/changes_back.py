"""Words that bodies changed in copies that came back, and whether people have answered them in an amendment.yaml.

A body's words stand in the form that is used; until they are taken into the protocol, or refused with a reason, the
next amendment would undo them in silence. Knows the log and composed documents; decides nothing.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declaration_lint import REFERENCE
from regdocs.amendment.declared import load_declaration
from regdocs.amendment.slip import Slip
from regdocs.build.examine import Draftable
from regdocs.content.query import plain_text
from regdocs.content.runs import runs
from regdocs.versions.copies_back import receipts_of
from regdocs.versions.logbook import Logbook
from regdocs.versions.snapshot import stored_declaration

UNANSWERED = "AMD-016"


@dataclass(frozen=True, slots=True)
class BodyChange:
    """A change that a body made in a copy of a document ("consent/en/2.0"): number `number` of entry `entry`."""

    entry: int
    number: int
    document: str
    site: str
    was: str
    now: str

    @property
    def words(self) -> str:
        """The change in words."""
        what = f"“{self.was}” is now “{self.now}”" if self.was and self.now else ""
        what = what or (f"“{self.now}” was put in" if self.now else f"“{self.was}” was struck")
        return f"{self.document}, {self.site}: {what}"


def open_changes(logbook: Logbook) -> tuple[BodyChange, ...]:
    """Return the changes that no recorded amendment has answered, in the order of the log."""
    answered = {one for version in logbook.versions for one in _answered(stored_declaration(logbook, version))}
    return tuple(one for one in _made(logbook) if (one.entry, one.number) not in answered)


def first_answers(changes: Iterable[BodyChange]) -> str:
    """Return lines for a first amendment.yaml: each change with TODO for whether it is taken."""
    lines: list[str] = []
    for one in changes:
        lines += [f"  # {json.dumps(one.words, ensure_ascii=False)}", f"  - entry: {one.entry}"]
        lines += [f"    change: {one.number}", '    taken: "TODO: true or false"', '    why: "TODO: why"']
    return "\n".join(("received:", *lines, "")) if lines else ""


def received_slips(
    declaration: Declaration, changes: Iterable[BodyChange], documents: Iterable[Draftable]
) -> Iterator[Slip]:
    """Yield what keeps the changes of bodies from being answered: nobody answered, or the words are not there."""
    standing = {(one.entry, one.number): one for one in changes}
    told = {(one.entry, one.change) for one in declaration.received}
    for key, one in standing.items():
        if key not in told:
            hint = f"write under 'received:' entry: {one.entry}, change: {one.number}, taken: true, or false and why"
            yield Slip(UNANSWERED, "/received", f"a body changed our words, and nobody answered: {one.words}", hint)
    texts = {one.stem: _text(one) for one in documents}
    for place, said in enumerate(declaration.received):
        path, change = f"/received/{place}", standing.get((said.entry, said.change))
        if change is None:
            known = ", ".join(f"{entry} change {number}" for entry, number in standing) or "none"
            message = f"entry {said.entry} has no open change {said.change}"
            yield Slip(REFERENCE, path, message, f"open are: {known}")
        elif said.taken.value is False and said.why is None:
            yield Slip(UNANSWERED, path, "it is not taken, and nothing says why", "write 'why:'")
        elif said.taken.value and change.now and not any(change.now in text for text in _of(change, texts)):
            message = f"it is said to be taken, and the document does not say “{change.now}”"
            yield Slip(UNANSWERED, f"{path}/taken", message, "take the words into protocol.yaml, or write why not")


def _made(logbook: Logbook) -> Iterator[BodyChange]:
    for entry in receipts_of(logbook):
        for number, one in enumerate(entry.get("changes", ()), start=1):
            yield BodyChange(entry["n"], number, entry["document"], entry["site"], one["was"], one["now"])


def _answered(declaration: bytes | None) -> Iterator[tuple[int, int]]:
    told = load_declaration(declaration).declaration if declaration is not None else None
    yield from ((one.entry, one.change) for one in told.received) if told is not None else ()


def _of(change: BodyChange, texts: dict[str, str]) -> Iterator[str]:
    kind, language, _ = change.document.split("/", 2)
    for stem, text in texts.items():
        parts = stem.split("/")
        if parts[0] == kind and parts[-1] == language and (len(parts) == 2 or parts[1] == change.site):
            yield text


def _text(document: Draftable) -> str:
    return " ".join(" ".join(plain_text(run).split()) for run in runs(document.composed.document).values())
