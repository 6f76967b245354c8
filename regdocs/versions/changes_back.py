"""Words that bodies changed in copies that came back, and whether people have answered them in an amendment.yaml.

A body's words stand in the form that is used; until they are taken into the protocol, or refused with a reason, the
next amendment would undo them in silence. Knows the log and composed documents; decides nothing.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from regdocs.amendment.declaration import BodyChange as Answer
from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declaration_lint import REFERENCE, TWICE
from regdocs.amendment.declared import load_declaration
from regdocs.amendment.slip import Slip
from regdocs.build.examine import Draftable
from regdocs.versions.copies_back import receipts_of
from regdocs.versions.issued import documents_of
from regdocs.versions.likeness import text_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.overseen import name_of
from regdocs.versions.printed import tree_of
from regdocs.versions.snapshot import stored_declaration

UNANSWERED = "AMD-016"
_AFTER = re.compile(r"after “(.*)”$")
_NO_WORDS = re.compile(r"\[[a-z ]+\]")  # a note over a page without words, or a page without any
_NEAR = 2  # words before a change that show its place


@dataclass(frozen=True, slots=True)
class BodyChange:
    """A change that a body made in a copy of a document ("consent/en/2.0"): number `number` of entry `entry`.

    `where` is its place in the copy, as the entry has it.
    """

    entry: int
    number: int
    document: str
    site: str
    was: str
    now: str
    where: str = ""

    @property
    def content(self) -> tuple[str, ...]:
        """What was changed where in which document, in whichever copy."""
        return (self.document, self.site, self.was, self.now, _before(self.where))

    @property
    def words(self) -> str:
        """The change in words."""
        what = f"“{self.was}” is now “{self.now}”" if self.was and self.now else ""
        what = what or (f"“{self.now}” was put in" if self.now else f"“{self.was}” was struck")
        return f"{self.document}, {self.site}: {what}"


def open_changes(logbook: Logbook, last: Version | None = None) -> tuple[BodyChange, ...]:
    """Return the changes that no recorded amendment has answered, in the order of the log.

    The same change in another copy of the document is answered with it. With `last` only what was recorded up to that
    version counts as answered.
    """
    amended = (one for one in logbook.versions if one.amendment is not None)
    versions = [one for one in amended if last is None or one.n <= last.n]
    told = {one for version in versions for one in _answered(stored_declaration(logbook, version))}
    made = tuple(_made(logbook))
    answered = {one.content for one in made if (one.entry, one.number) in told}
    return tuple(one for one in made if one.content not in answered)


def first_answers(changes: Iterable[BodyChange]) -> str:
    """Return lines for a first amendment.yaml: each change with TODO for whether it is taken."""
    lines: list[str] = []
    for one in changes:
        lines += [f"  # {json.dumps(one.words, ensure_ascii=False)}", f"  - entry: {one.entry}"]
        lines += [f"    change: {one.number}", '    taken: "TODO: true or false"', "    why: null  # needed for false"]
    return "\n".join(("received:", *lines, "")) if lines else ""


def received_slips(
    logbook: Logbook, declaration: Declaration, changes: Iterable[BodyChange], documents: Iterable[Draftable]
) -> Iterator[Slip]:
    """Yield what keeps the changes of bodies from being answered: nobody answered, or the words are not there."""
    standing = {(one.entry, one.number): one for one in changes}
    told = [(one.entry, one.change) for one in declaration.received]
    answered = {standing[one].content for one in told if one in standing}
    for one in standing.values():
        if one.content not in answered:
            hint = f"write under 'received:' entry: {one.entry}, change: {one.number}, taken: true, or false and why"
            yield Slip(UNANSWERED, "/received", f"a body changed our words, and nobody answered: {one.words}", hint)
    texts = {one.stem: text_of(one.composed.document) for one in documents if told}
    for place, said in enumerate(declaration.received):
        path, change = f"/received/{place}", standing.get(told[place])
        if told[place] in told[:place]:
            message = f"change {said.change} of entry {said.entry} is answered twice"
            yield Slip(TWICE, path, message, "keep one of the answers")
        elif change is None:
            known = ", ".join(f"{entry} change {number}" for entry, number in standing) or "none"
            message = f"entry {said.entry} has no open change {said.change}"
            yield Slip(REFERENCE, path, message, f"open are: {known}")
        else:
            yield from _answer_slips(path, said, change, logbook, texts)


def _answer_slips(
    path: str, said: Answer, change: BodyChange, logbook: Logbook, texts: Mapping[str, str]
) -> Iterator[Slip]:
    if said.taken.value is False and said.why is None:
        yield Slip(UNANSWERED, path, "it is not taken, and nothing says why", "write 'why:'")
    elif said.taken.value and not _is_taken(logbook, change, texts):
        still = f"still says “{change.was}”" if not change.now else f"does not say “{change.now}” there"
        message = f"it is said to be taken, and the document {still}"
        yield Slip(UNANSWERED, f"{path}/taken", message, "take the words into protocol.yaml, or write why not")


# ---------------------------------------------------------------------------------------------------------- the words


def _is_taken(logbook: Logbook, change: BodyChange, texts: Mapping[str, str]) -> bool:
    """Tell whether a document has the body's words: at their place, or once more than the one that was issued.

    In running titles, and where a note over a page has no words, nothing can be looked for: there people are believed.
    """
    if change.where.startswith("running title") or _NO_WORDS.fullmatch(change.now):
        return True
    own = tuple(_squeezed(one) for one in _of(change, texts))
    before = _squeezed(" ".join(_before(change.where).split()[-_NEAR:]))
    words = _squeezed(change.now or change.was)
    there = any(before + words in text for text in own)
    if before and there == bool(change.now):
        return bool(own)
    issued = max((_squeezed(one).count(words) for one in _issued(logbook, change)), default=0)
    counts = [text.count(words) for text in own]
    return any(one > issued if change.now else one < issued for one in counts)


def _squeezed(text: str) -> str:
    """Return a text without what a page's layout changes: white space and hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).replace("-", "").split())


def _before(where: str) -> str:
    found = _AFTER.search(where)
    return found[1] if found else ""


def _issued(logbook: Logbook, change: BodyChange) -> Iterator[str]:
    """Yield the text of the document as it was issued."""
    for version in (one for one in logbook.versions if one.issues):
        for one in documents_of(logbook, version):
            if name_of(one) == change.document and one.site in (None, change.site):
                yield text_of(tree_of(logbook.object(one.tree)))
                return


def _made(logbook: Logbook) -> Iterator[BodyChange]:
    for entry in receipts_of(logbook):
        for number, one in enumerate(entry.get("changes", ()), start=1):
            yield BodyChange(
                entry["n"], number, entry["document"], entry["site"], one["was"], one["now"], one.get("where", "")
            )


def _answered(declaration: bytes | None) -> Iterator[tuple[int, int]]:
    told = load_declaration(declaration).declaration if declaration is not None else None
    yield from ((one.entry, one.change) for one in told.received) if told is not None else ()


def _of(change: BodyChange, texts: Mapping[str, str]) -> Iterator[str]:
    kind, language, _ = change.document.split("/", 2)
    for stem, text in texts.items():
        parts = stem.split("/")
        if parts[0] == kind and parts[-1] == language and (len(parts) == 2 or parts[1] == change.site):
            yield text
