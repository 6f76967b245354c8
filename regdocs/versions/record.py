"""Recording a version: release or amendment with its author's signature, then its documents with theirs.

Two appends. The first makes a head; documents are printed with it where their kind shows one; the second issues them.
After a crash between the two `resume` completes the version. Knows the order; what may be recorded was looked at in
`preparation`. The time comes from the caller.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.file_list import FileList
from regdocs.audit.footer import footer_text
from regdocs.audit.line import Json
from regdocs.audit.note import Signer
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.acting import entry_of, signature, write
from regdocs.versions.actors import Actor
from regdocs.versions.amended_rows import Pages
from regdocs.versions.folders import lay_down, missing_folders
from regdocs.versions.issued_beside import files_issued
from regdocs.versions.issuing import Made, listed_companions, listed_documents, listed_redlines, make
from regdocs.versions.logbook import Logbook, Version, open_logbook
from regdocs.versions.preparation import Prepared
from regdocs.versions.printed import Printer
from regdocs.versions.signing import Shown, shown_of
from regdocs.versions.snapshot import TOOLCHAIN, files_of, toolchain_bytes

AUTHORSHIP = "authorship"


@dataclass(frozen=True, slots=True)
class Hands:
    """Who acts, and with what.

    Attributes:
        actor, log_signer: The author, and the log's key.
        now: Says the time.
        printer: How documents are printed.
        show: Shows the author in full what they are going to sign, each time before they are asked.
    """

    actor: Actor
    log_signer: Signer
    now: Callable[[], str]
    printer: Printer
    show: Callable[[Shown], None] = lambda shown: None


@dataclass(frozen=True, slots=True)
class Done:
    """What was recorded.

    Attributes:
        version: The version, with its issue.
        head: The head after both appends.
        printed_head: The head that pages show.
        folder: Where the documents lie; None when their bytes are not kept.
        pages: Where blocks of the documents begin in their PDFs.
    """

    version: Version
    head: Checkpoint
    printed_head: Checkpoint
    folder: Path | None
    pages: Pages


def record(prepared: Prepared, hands: Hands) -> Done:
    """Record the version and issue its documents; of an interrupted one only the documents.

    Raises:
        What `acting.write` raises: nothing more was recorded then.
        Refusal: A document cannot be made. The version is recorded then, and `resume` completes it.
        CannotWrite: The documents are issued and their folder cannot be written; `lay_out_again` does it later.
    """
    logbook = prepared.logbook
    if prepared.recorded is None:
        _record_version(prepared, hands)
        logbook = _reopened(logbook)
    logbook.folder.keep_head()
    words = footer_text(logbook.head.size, logbook.head.root)
    made = make(prepared, words, hands.actor.name, hands.printer)
    head = _issue(prepared, logbook, made, hands)
    after = _reopened(logbook)
    version = after.versions[-1]
    folder = lay_out_again(after, version)
    return Done(version, head, logbook.head, folder, made.pages)


def lay_out_again(logbook: Logbook, version: Version) -> Path | None:
    """Lay what a version issued in `issued/`, from the store; None when no bytes of its own are kept.

    A folder that lies there already stays as it is.
    """
    if not version.issues or all(issue.kept == "trees" for issue in version.issues):
        return None
    kept = {one.path: one.sha256 for one in files_issued(logbook, version) if one.kept}
    wanted = missing_folders(logbook.study, version.name, kept)
    return lay_down(logbook.study, version.name, {path: logbook.object(kept[path]) for path in sorted(wanted)})


# ------------------------------------------------------------------------------------------------------ first append


def _record_version(prepared: Prepared, hands: Hands) -> None:
    asked, snapshot = prepared.asked, prepared.snapshot
    entry = entry_of(
        "release" if prepared.amendment is None else "amend",
        hands.actor.person,
        version=asked.version,
        data=snapshot.data,
        spec=snapshot.spec,
        inputs=snapshot.inputs,
        amendment=prepared.amendment,
        submission=prepared.submission,
        what=None if prepared.amendment is None else list(prepared.steps),
        on=asked.on,
        why=asked.reason,
    )
    _write(prepared.logbook, entry, hands, dict(snapshot.objects))


def _write(logbook: Logbook, entry: dict[str, Json], hands: Hands, objects: dict[str, bytes]) -> Checkpoint:
    hands.show(shown_of(entry, objects.__getitem__))
    signed = signature(None, AUTHORSHIP, hands.actor)
    return write(logbook, [entry, signed], log_signer=hands.log_signer, at=hands.now, objects=objects)


def _reopened(logbook: Logbook) -> Logbook:
    found = open_logbook(logbook.study)
    if found is None:
        raise Refusal("the log is gone")
    return found


# ----------------------------------------------------------------------------------------------------- second append


def _issue(prepared: Prepared, logbook: Logbook, made: Made, hands: Hands) -> Checkpoint:
    kept = prepared.asked.keep_bytes
    lines = ((path, sha256_hex(data)) for path, data in (*made.files.items(), *made.trees.items()))
    listed = FileList.of(lines).to_bytes()
    other = _other_toolchain(logbook)
    kept_bytes = (*made.trees.values(), *(made.files.values() if kept else ()), listed, *((other,) if other else ()))
    entry = entry_of(
        "issue",
        hands.actor.person,
        of=logbook.versions[-1].n,
        files=sha256_hex(listed),
        documents=listed_documents(prepared),
        redlines=listed_redlines(prepared, hands.actor.name),
        companions=listed_companions(prepared),
        kept="bytes" if kept else "trees",
        head=logbook.head.size,
        toolchain=sha256_hex(other) if other else None,
        on=prepared.asked.on if prepared.recorded is None else None,
    )
    return _write(logbook, entry, hands, {sha256_hex(data): data for data in kept_bytes})


def _other_toolchain(logbook: Logbook) -> bytes | None:
    """Return the tool chain at hand when it is not the one the version was recorded with."""
    recorded = files_of(logbook, logbook.versions[-1].inputs).digest_of(TOOLCHAIN)
    here = toolchain_bytes()
    return None if sha256_hex(here) == recorded else here
