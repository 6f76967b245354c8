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
from regdocs.audit.issues import TREE
from regdocs.audit.line import Json
from regdocs.audit.note import Signer
from regdocs.build.examine import Draftable
from regdocs.build.recorded import Carried
from regdocs.build.writers import Print
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.versions.acting import entry_of, signature, write
from regdocs.versions.actors import Actor
from regdocs.versions.folders import clean_folder, lay_down
from regdocs.versions.issued import documents_of, shows_head
from regdocs.versions.logbook import Logbook, Version, open_logbook
from regdocs.versions.preparation import Prepared
from regdocs.versions.printed import Printer, prints_of, tree_bytes
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
    """

    version: Version
    head: Checkpoint
    printed_head: Checkpoint
    folder: Path | None


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
    made = _documents(prepared, logbook.head, hands.printer)
    head = _issue(prepared, logbook, made, hands)
    after = _reopened(logbook)
    version = after.versions[-1]
    folder = lay_out_again(after, version)
    return Done(version, head, logbook.head, folder)


def lay_out_again(logbook: Logbook, version: Version) -> Path | None:
    """Lay the issued documents of a version in `issued/`, from the store; None when no bytes of its own are kept.

    What lies there already stays as it is.
    """
    target = clean_folder(logbook.study, version.name)
    if not version.issues or all(issue.kept == "trees" for issue in version.issues):
        return None
    if target.is_dir():
        return target
    kept = [one for document in documents_of(logbook, version) for one in document.files if one.kept]
    return lay_down(logbook.study, version.name, {one.path: logbook.object(one.sha256) for one in kept})


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


@dataclass(frozen=True, slots=True)
class _Made:
    """Documents of this version that are issued now: bytes by path, and the tree of each path."""

    files: dict[str, bytes]
    trees: dict[str, bytes]


def _documents(prepared: Prepared, head: Checkpoint, printer: Printer) -> _Made:
    words = footer_text(head.size, head.root)
    prints: dict[str, Print] = {}
    trees: dict[str, bytes] = {}
    for one in prepared.documents:
        if prepared.proposed[one.stem].since is not None:
            continue
        tree = tree_bytes(one.composed.document)
        carried = _carried(prepared, one, words, sha256_hex(tree))
        own = prints_of(one.composed.document, carried, one.stem, one.kind.formats, prepared.inputs.templates)
        prints |= own
        trees |= dict.fromkeys(own, tree)
    return _Made(printer.print(prints), trees)


def _carried(prepared: Prepared, one: Draftable, head: str, tree: str) -> Carried:
    own = prepared.proposed[one.stem]
    return Carried(own.version, own.date, prepared.asked.version, head if shows_head(one.kind.name) else None, tree)


def _issue(prepared: Prepared, logbook: Logbook, made: _Made, hands: Hands) -> Checkpoint:
    kept = prepared.asked.keep_bytes
    lines = [(path, sha256_hex(data)) for path, data in made.files.items()]
    lines += [(path + TREE, sha256_hex(tree)) for path, tree in made.trees.items()]
    listed = FileList.of(lines).to_bytes()
    other = _other_toolchain(logbook)
    kept_bytes = (*made.trees.values(), *(made.files.values() if kept else ()), listed, *((other,) if other else ()))
    entry = entry_of(
        "issue",
        hands.actor.person,
        of=logbook.versions[-1].n,
        files=sha256_hex(listed),
        documents=[_listed(prepared, one) for one in prepared.documents],
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


def _listed(prepared: Prepared, one: Draftable) -> dict[str, Json]:
    own = prepared.proposed[one.stem]
    said: dict[str, Json | None] = {
        "kind": one.kind.name,
        "site": one.site.id if one.site else None,
        "language": one.language,
        "version": own.version,
        "date": own.date,
        "formats": list(one.kind.formats),
        "since": own.since,
    }
    return {key: value for key, value in said.items() if value is not None}
