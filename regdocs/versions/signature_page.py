"""The signature page of an entry: who signed what, in which meaning, when, with which key.

Made from what `verify` found to hold and from nothing else, through the content tree and our writers. Signatures that
were made elsewhere are listed apart, as not checked. The page proves nothing by itself: the log does.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from regdocs.audit.entry import VERSIONS
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.file_list import FileList
from regdocs.audit.footer import footer_text
from regdocs.audit.trust import Trust
from regdocs.audit.verdict import Fault, Verdict
from regdocs.audit.verification import Asked, Signed
from regdocs.audit.verify import verify
from regdocs.build.study import REFERENCE_DOCX, read_inputs
from regdocs.build.writers import Print, print_document
from regdocs.content.identity import Identity
from regdocs.content.model import (
    Block,
    Box,
    Cell,
    Document,
    Furniture,
    Heading,
    Inlines,
    PageCount,
    PageNumber,
    Paragraph,
    ParagraphRole,
    Row,
    Section,
    Styled,
    Table,
    Text,
)
from regdocs.errors import Refusal
from regdocs.versions.logbook import Logbook

Pair = tuple[str, str]


class NotVerified(Refusal):
    """The log does not hold, or nobody signed the entry, so no page is made of it."""


def signature_page(logbook: Logbook, n: int, *, trust: Trust | None, zone: str, form: str) -> bytes:
    """Return the page of entry `n` as a PDF or DOCX file; the same log gives the same bytes.

    Args:
        logbook: The log.
        n: The entry whose signatures are shown.
        trust: Keys that somebody outside vouches for; None: the page says that nobody does.
        zone: Name of the time zone in which times are shown beside UTC.
        form: "pdf" or "docx".

    Raises:
        NotVerified: The log has a fault, or the entry has no signature that holds.
    """
    verification = verify(FolderEvidence(logbook.study), Asked(trust=trust))
    if faults := _grave(verification.faults, trust):
        raise NotVerified(f'no page is made: {faults[0].message}. "regdocs verify" says more')
    signed = [one for one in verification.signatures if one.of == n]
    elsewhere = _elsewhere(logbook, n)
    if not signed and not elsewhere:
        raise NotVerified(f"entry {n} has no signature")
    document = _document(logbook, n, _blocks(logbook, n, signed, elsewhere, trust, zone))
    reference = read_inputs(logbook.study).templates[REFERENCE_DOCX]
    identity = Identity(version=_version_of(logbook, n) or f"entry {n}")
    return print_document(Print(document, identity, form, None if form == "docx" else "accessible", reference))


def _grave(faults: Iterable[Fault], trust: Trust | None) -> list[Fault]:
    """Return the faults that keep a page from being made; that no head was given is none of them."""
    passed = {Verdict.UNDECIDED} | (set() if trust else {Verdict.UNKNOWN_KEY})
    return [fault for fault in faults if fault.verdict not in passed]


def _elsewhere(logbook: Logbook, n: int) -> list[dict[str, object]]:
    return [one for one in logbook.entries(n + 1) if one["do"] == "signed-elsewhere" and one["of"] == n]


def _version_of(logbook: Logbook, n: int) -> str | None:
    entry = logbook.entry(n)
    of = n if entry["do"] in VERSIONS else entry["of"] if entry["do"] == "issue" else None
    return next((one.name for one in logbook.versions if one.n == of), None)


# -------------------------------------------------------------------------------------------------------- the page


def _document(logbook: Logbook, n: int, blocks: tuple[Block, ...]) -> Document:
    title = f"Signatures of entry {n}"
    head = footer_text(logbook.head.size, logbook.head.root)
    footer = (_text(head), (), (Text("Page "), PageNumber(), Text(" of "), PageCount()))
    furniture = Furniture(
        header=(_text(str(logbook.genesis["study"])), (), _text(title)),
        footer=footer,
        marks=tuple(_text(mark) for mark in _marks(logbook)),
    )
    section = Section(id="signatures", blocks=blocks)
    return Document(
        kind="signature-page",
        language="en",
        title=title,
        subject=str(logbook.genesis["study"]),
        furniture=furniture,
        sections=(section,),
    )


def _marks(logbook: Logbook) -> list[str]:
    marks = ["DEMONSTRATION KEYS – ANYBODY CAN SIGN WITH THEM"] if logbook.demonstration else []
    if any(json.loads(logbook.object(one.data)).get("demonstration") is True for one in logbook.versions[-1:]):
        marks.insert(0, "FICTIONAL DEMONSTRATION – NOT A REAL STUDY")
    return marks


def _blocks(
    logbook: Logbook,
    n: int,
    signed: list[Signed],
    elsewhere: list[dict[str, object]],
    trust: Trust | None,
    zone: str,
) -> tuple[Block, ...]:
    """Return the page from top to bottom: what is signed, who signed, and last the lists, which may be long."""
    parts: list[Block] = [_paragraph("title", f"Signatures of entry {n}", "title")]
    parts.append(_facts("about", _about(logbook, n)))
    if signed:
        parts.append(_heading("signed", "Signatures in the log, verified"))
    for number, one in enumerate(signed, 1):
        parts.append(_boxed(_facts(f"signature-{number}", _told(logbook, one, zone))))
    if elsewhere:
        parts.append(_heading("elsewhere", "Signatures made elsewhere, not checked cryptographically"))
    for number, entry in enumerate(elsewhere, 1):
        parts.append(_boxed(_facts(f"elsewhere-{number}", _told_elsewhere(entry))))
    parts += _files(logbook, n)
    parts.append(_paragraph("basis", _basis(logbook, trust), "small"))
    return tuple(parts)


def _about(logbook: Logbook, n: int) -> list[Pair]:
    entry, version = logbook.entry(n), _version_of(logbook, n)
    pairs = [("Study", str(logbook.genesis["study"])), ("Sponsor", str(logbook.genesis["sponsor"]))]
    pairs.append(("Entry", f"{n} ({entry['do']}), recorded {entry['at']}"))
    if version is not None:
        pairs.append(("Version of the protocol", version))
    for key, label in (("data", "SHA-256 of the data form"), ("spec", "SHA-256 of protocol.yaml")):
        if entry["do"] in VERSIONS:
            pairs.append((label, entry[key]))
    return [*pairs, ("Leaf hash of the entry", logbook.leaves[n].hex()), ("Log", logbook.origin)]


def _files(logbook: Logbook, n: int) -> list[Block]:
    """Return the documents of an issue with their versions and digests, from its own list of files."""
    entry = logbook.whole_entry(n)
    if entry["do"] != "issue":
        return []
    files = FileList.parse(logbook.object(entry["files"]))
    listed = [(path, digest) for path, digest in files.entries if not path.endswith(".tree")]
    documents = [(_document_name(one), f"version {one['version']}, {one['date']}") for one in entry["documents"]]
    return [
        _heading("documents", "Documents"),
        _facts("documents.versions", documents),
        _heading("files", "Files, by SHA-256"),
        _facts("documents.files", listed),
    ]


def _document_name(said: dict[str, object]) -> str:
    return " / ".join(str(said[key]) for key in ("kind", "site", "language") if said.get(key))


def _told(logbook: Logbook, one: Signed, zone: str) -> list[Pair]:
    key = logbook.people.keys[one.key.rpartition("+")[0]].key
    pairs = [("Printed name", one.name), ("Role", one.role), ("Meaning", one.meaning)]
    if one.for_whom is not None:
        pairs.append(("For", f"{one.for_whom}, under entry {one.under}"))
    return [
        *pairs,
        ("Time", _time(one.time, zone)),
        ("Key", one.key),
        ("Fingerprint of the key", f"SHA-256 {sha256(key.public).hexdigest()}"),
        ("Recorded in entry", str(one.entry)),
    ]


def _told_elsewhere(entry: dict[str, object]) -> list[Pair]:
    return [
        ("Signer, as recorded", str(entry["signer"])),
        ("Meaning, as recorded", str(entry["meaning"])),
        ("Kind", str(entry["kind"])),
        ("Day of signing, as recorded", str(entry["on"])),
        ("SHA-256 of the file", str(entry["object"])),
        ("Recorded in entry", f"{entry['n']}, by {entry['by']}, {entry['at']}"),
    ]


def _time(time: str, zone: str) -> str:
    """Return a time in its zone with the offset, and in UTC."""
    moment = datetime.fromisoformat(time.removesuffix("Z")).replace(tzinfo=UTC)
    local = moment.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    return f"{local:%Y-%m-%d %H:%M:%S} {zone} (UTC{offset[:3]}:{offset[3:]}); {moment:%Y-%m-%d %H:%M:%S} UTC"


def _basis(logbook: Logbook, trust: Trust | None) -> str:
    vouched = (
        "The keys were compared with a trust file."
        if trust
        else "Nothing outside the log vouched for its key when this page was made."
    )
    return (
        f"Made by regdocs from the log {logbook.origin} at size {logbook.head.size}, after verifying it. {vouched} "
        "Times are those of the computer that recorded. Who wants to check this page verifies the log itself."
    )


# ------------------------------------------------------------------------------------------------------- the blocks


def _text(words: str) -> Inlines:
    return (Text(words),)


def _paragraph(name: str, words: str, role: ParagraphRole) -> Paragraph:
    return Paragraph(id=f"signature-page.{name}", inlines=_text(words), role=role)


def _heading(name: str, words: str) -> Heading:
    return Heading(id=f"signature-page.{name}", level=2, inlines=_text(words))


def _facts(name: str, pairs: Iterable[Pair]) -> Table:
    rows = tuple(_row(f"signature-page.{name}.{number}", pair) for number, pair in enumerate(pairs, 1))
    return Table(id=f"signature-page.{name}", columns=(3, 7), head=(), rows=rows, role="facts")


def _boxed(table: Table) -> Box:
    """Return a signature in a frame, which no page splits."""
    return Box(id=f"{table.id}.box", blocks=(table,))


def _row(name: str, pair: Pair) -> Row:
    label = Paragraph(id=f"{name}.label", inlines=(Styled("strong", _text(pair[0])),), role="line")
    value = Paragraph(id=f"{name}.value", inlines=_text(pair[1]), role="line")
    return Row(id=name, cells=(Cell(blocks=(label,), header=True), Cell(blocks=(value,))))
