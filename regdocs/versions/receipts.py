"""Copies that a body sent back as the form to use, such as stamped ones: kept, and held against what was submitted.

Refused is what is not that document: another version, another language, other words. What is odd about it is recorded
and told. Source: docs/formats/audit-log.md, "Kinds of entries".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.line import Json
from regdocs.canonical import sha256_hex
from regdocs.documents.phrases import phrases
from regdocs.errors import Refusal
from regdocs.render.text_layer import LINE_END, TextLayer
from regdocs.versions.acting import entry_of, refuse_in_record
from regdocs.versions.candidates import MARK as CANDIDATE
from regdocs.versions.checkout import restored
from regdocs.versions.issued import IssuedDocument, IssuedFile, documents_of
from regdocs.versions.letters import kept_file
from regdocs.versions.likeness import likest, table_heads
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of, require_day
from regdocs.versions.printed import Printer, tree_of
from regdocs.versions.read_apart import compared_apart, words_apart
from regdocs.versions.redlines import MARK as REDLINE
from regdocs.versions.word_changes import ALIKE, WordChange

_READ = ("pdf", "docx")
NOT_THE_FORM = (REDLINE, CANDIDATE, f"{phrases('en').draft.partition(' ')[0]} –")
"""What redlines, candidates and drafts say of themselves on each page, drafts in every language."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came back, as the person says who records it.

    Attributes:
        decision: Number of the decision's entry.
        site, language: Whose form it is.
        on: Day on which it came.
        kind: Kind of the document; None where the decision names only one in that language, or its words tell.
    """

    decision: int
    site: str
    language: str
    on: str
    kind: str | None = None


def receipt(
    logbook: Logbook, by: str, said: Received, file: bytes, printer: Printer
) -> tuple[dict[str, Json], dict[str, bytes]]:
    """Return the entry of a copy that came back, and the copy as an object.

    Raises:
        NotAllowed: The log is of a public record, or the day is none.
        Refusal: The decision is not about such a document, or the file is not that document, or cannot be read.
        ObjectMissing, ObjectDiffers: As `restored`.
    """
    refuse_in_record(logbook, "receive")
    require_day("on", said.on)
    decision = logbook.whole_entry(said.decision)
    kept = kept_file(file)
    document = document_for(logbook, decision, said, (file, str(kept["kind"])))
    issued = _issued_file(document, str(kept["kind"]))
    others = _of_the_site(logbook, decision, said.site)
    found = _compared(logbook, document, issued, (file, str(kept["kind"])), printer, others)
    entry = entry_of(
        "receive",
        by,
        of=said.decision,
        site=said.site,
        language=said.language,
        document=name_of(document),
        file=kept,
        against=issued.sha256,
        compared=found.compared,
        stamp=found.stamp or None,
        changes=[one.as_entry() for one in found.changes] or None,
        on=said.on,
    )
    return entry, {sha256_hex(file): file}


def document_for(
    logbook: Logbook, decision: Mapping[str, Any], said: Received, came: tuple[bytes, str]
) -> IssuedDocument:
    """Return the document that came back: the one of that site and language that the decision names.

    Where it names several and no kind is said, it is the one whose words the file (with its kind) has.

    Raises:
        Refusal: There is none, or none of several is plainly the one.
    """
    if said.site not in decision["sites"]:
        raise Refusal(f"the decision in entry {decision['n']} is for {', '.join(decision['sites'])}, not {said.site}")
    here = [one for one in _of_the_site(logbook, decision, said.site) if name_of(one) in decision["documents"]]
    found = [one for one in here if one.language == said.language and said.kind in (None, one.kind)]
    if not found:
        known = ", ".join(name_of(one) for one in here)
        what = f"no {said.kind or 'document'} in {said.language}"
        raise Refusal(f"the decision in entry {decision['n']} names {what} for {said.site}; it names: {known}")
    likely = likest(logbook, found, words_apart(*came)) if len(found) > 1 and came[1] in _READ else found[0]
    if likely is None:
        kinds = ", ".join(one.kind for one in found)
        raise Refusal(f"say which document came back, with --document KIND: the decision names {kinds}")
    return likely


def _of_the_site(logbook: Logbook, decision: Mapping[str, Any], site: str) -> tuple[IssuedDocument, ...]:
    listed = documents_of(logbook, logbook.version(decision["version"]))
    return tuple(one for one in listed if one.site in (None, site))


def _issued_file(document: IssuedDocument, kind: str) -> IssuedFile:
    found = next((one for one in document.files if one.path.endswith(f".{kind}")), None)
    if found is None:
        raise Refusal("what came back has to be a PDF or a Word file")
    return found


# ---------------------------------------------------------------------------------------------------------- comparing


@dataclass(frozen=True, slots=True)
class _Found:
    """How the words were compared, what stands in the place of the stamp, and which words differ."""

    compared: str
    stamp: str = ""
    changes: tuple[WordChange, ...] = ()


def _compared(
    logbook: Logbook,
    document: IssuedDocument,
    issued: IssuedFile,
    came: tuple[bytes, str],
    printer: Printer,
    others: Iterable[IssuedDocument],
) -> _Found:
    """Return what came of comparing the words.

    Args:
        others: The documents of that version for the site, of which it may be another.

    Raises:
        Refusal: It is another document, or another version of it.
    """
    file, kind = came
    tree = tree_of(logbook.object(document.tree))
    [laid] = restored(logbook, document.source, printer, {issued.path})
    stamp, heads = tree.furniture.stamp_area, table_heads(tree)
    theirs, found = compared_apart(laid.data, file, kind, stamp_area=stamp, heads=heads)
    _refuse_marked(theirs)
    if found is None:
        return _Found("no-text", _stamp(theirs))
    _demand_identity(logbook, document, theirs)
    likely = likest(logbook, others, theirs)
    if likely is not None and likely.stem != document.stem:
        raise Refusal(f"it is not {name_of(document)}: by its words it is {name_of(likely)}")
    if found.kept < ALIKE:
        raise Refusal(f"it is another document than {name_of(document)}: most of its words are others")
    return _Found("words", _stamp(theirs), found.changes)


def _refuse_marked(found: TextLayer) -> None:
    """Refuse what says of itself that it is not the form: a redline, a candidate or a draft."""
    words = " ".join(one.text for one in found.words)
    for mark in NOT_THE_FORM:
        if mark in words:
            raise Refusal(f'it says "{mark}" of itself, so it is not the form that was submitted for use')


def _stamp(found: TextLayer) -> str:
    """Return what stands in the place of the stamp, notes over it among it: what several pages say alike once."""
    said = [(one.page, one.text) for one in found.words if one.stamped]
    said += [(one.page, one.text) for one in found.notes if one.stamped]
    pages: dict[int, list[str]] = {}
    for page, text in said:
        pages.setdefault(page, []).append(text)
    return " | ".join(dict.fromkeys(" ".join(pages[page]) for page in sorted(pages)))


def _demand_identity(logbook: Logbook, document: IssuedDocument, found: TextLayer) -> None:
    """Refuse a file that does not say the version and date of the document; one that it says is named."""
    words = " ".join(one.text.replace(LINE_END, "-").strip(".,;:()") for one in found.words)
    if _says(words, document):
        return
    others = [one for version in logbook.versions if version.issues for one in documents_of(logbook, version)]
    same = (
        one for one in others if (one.kind, one.language, one.site) == (document.kind, document.language, document.site)
    )
    said = next((one for one in same if _says(words, one)), None)
    what = f"it says version {said.version} of {said.date}" if said else "it says neither that version nor that date"
    raise Refusal(f"this is not {name_of(document)} of {document.date}: {what}")


def _says(words: str, document: IssuedDocument) -> bool:
    padded = f" {words} "
    return f" {document.version} " in padded and f" {document.date} " in padded
