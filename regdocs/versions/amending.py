"""An amendment as declared, held against what changed: nothing changes in silence, nothing is declared in vain.

Joins what people declare in amendment.yaml with the differences from the last recorded version. Knows neither bases nor
paper; asks nobody and writes nothing.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from regdocs.amendment.blocks import BlockChange
from regdocs.amendment.coverage import OWN, coverage_slips
from regdocs.amendment.declaration import Declaration
from regdocs.amendment.declaration_lint import Setting, setting_of
from regdocs.amendment.declared import FILE, Declared, load_declaration, open_findings, setting_findings
from regdocs.amendment.draft import by_element, draft_declaration
from regdocs.errors import Refusal
from regdocs.finding import Finding
from regdocs.spec.protocol import Protocol
from regdocs.versions.differences import Differences, DocumentDifference, compared
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.own_version import Stem
from regdocs.versions.sides import Side

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Amending:
    """An amendment as declared, and what changed.

    Attributes:
        text: The bytes of amendment.yaml.
        declared: What came of reading them.
        differences: From the last recorded version to the working copy.
        findings: What does not fit, but for what is still open.
        still_open: What is still to be completed, as errors.
    """

    text: bytes
    declared: Declared
    differences: Differences
    findings: tuple[Finding, ...]
    still_open: tuple[Finding, ...]

    @property
    def declaration(self) -> Declaration:
        """The declaration.

        Raises:
            Refusal: The text allows none; `findings` say why.
        """
        if self.declared.declaration is None:
            raise Refusal(f"{FILE} has mistakes")
        return self.declared.declaration


def read_declaration(place: Path) -> bytes | None:
    """Return the bytes of a declaration, or None where there is no such file.

    Raises:
        Refusal: It is a link, no file, too large, or cannot be read.
    """
    try:
        if place.is_symlink():
            raise Refusal(f'"{place}" is a link; put the file itself there')
        if not place.exists():
            return None
        if not place.is_file() or place.stat().st_size > MAX_BYTES:
            raise Refusal(f'"{place}" is not a file of at most {MAX_BYTES:,} bytes')
        return place.read_bytes()
    except OSError as error:
        raise Refusal(f'"{place}" cannot be read: {error.strerror}') from error


def changes_between(before: Side, after: Side, clock: Callable[[], float]) -> Differences:
    """Return what an amendment changes of the last recorded version.

    Raises:
        Refusal: Nothing but version and date changed.
    """
    found = compared(before, after, clock)
    if not any(one.path not in OWN for one in found.changes) and not any(one.differs for one in found.documents):
        raise Refusal(f"nothing changed since version {before.name}, so there is nothing to amend")
    return found


def amending(text: bytes, found: Differences, protocol: Protocol, setting: Setting) -> Amending:
    """Return the declaration held against what changed; mistakes are findings, and all of them are told."""
    declared = load_declaration(text)
    findings = [*declared.findings, *setting_findings(declared, setting)]
    if declared.declaration is not None:
        slips = coverage_slips(declared.declaration, changed_places(found), other_blocks(found, protocol.language))
        findings += declared.all_told(slips)
    return Amending(text, declared, found, tuple(findings), open_findings(declared))


def first_declaration(found: Differences, protocol: Protocol, setting: Setting) -> bytes:
    """Return the text of a first amendment.yaml: what changed, and TODO for what only people know."""
    blocks = other_blocks(found, protocol.language)
    words = draft_declaration(
        setting.version or "", setting.number, setting.on or "", by_element(found.changes), blocks
    )
    return words.encode("utf-8")


def setting_in(logbook: Logbook, last: Version, protocol: Protocol, number: int) -> Setting:
    """Return what an amendment of that number has to fit: the protocol, the version before, what the log holds."""
    urgent = tuple(entry["n"] for entry in logbook.entries() if entry["do"] == "urgent-safety")
    since = json.loads(logbook.object(last.data)).get("date")
    return setting_of(protocol, number, since if isinstance(since, str) else None, urgent)


def changed_places(found: Differences) -> dict[str, str]:
    """Return the changed places of the protocol that have to be declared, each with its label."""
    return {one.path: one.label for one in found.changes if one.path not in OWN}


def other_blocks(found: Differences, language: str) -> dict[str, str]:
    """Return the blocks that another reason changed, as a declaration names them, each with words for people.

    The same block of several sites or languages is one. A translated block whose source changed with the protocol is
    none: its translation had to follow.
    """
    followed = _followed(found.documents, language)
    blocks: dict[str, str] = {}
    for document in found.documents:
        own = Stem.of(document.stem)
        for one in document.other:
            if own.language == language or (own.kind, own.site, one.block) not in followed:
                where = f'"{one.section}"' if one.section else "its pages"
                blocks.setdefault(block_name(document.stem, one), f"words of {own.kind} in {where}")
    return blocks


def block_name(stem: str, block: BlockChange) -> str:
    """Return a block of a document as a declaration names it: "consent#consent.risks"."""
    return f"{Stem.of(stem).kind}#{block.block}"


def _followed(documents: Iterable[DocumentDifference], language: str) -> frozenset[tuple[str, str | None, str]]:
    sources = ((Stem.of(one.stem), one) for one in documents)
    return frozenset(
        (own.kind, own.site, block.block) for own, one in sources if own.language == language for block in one.blocks
    )
