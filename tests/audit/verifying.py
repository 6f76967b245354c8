"""Verifying a study's folder in a test: what is given beside it, and what is expected to be found."""

from collections.abc import Iterable
from pathlib import Path

from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.footer import parse_footer
from regdocs.audit.heads import read_head
from regdocs.audit.state import State
from regdocs.audit.trust import trust_in
from regdocs.audit.verification import Asked, Head, Verification
from regdocs.audit.verify import verify
from tests.audit.log_maker import ORIGIN, TRUST


def asked_of(
    heads: Iterable[bytes] = (),
    trust: str | None = TRUST,
    footers: Iterable[str] = (),
    roots: bytes | None = None,
    origin: str = ORIGIN,
) -> Asked:
    read = [read_head(head) for head in heads]
    given = tuple(Head(f"head {number}", one.note, one.checkpoint) for number, one in enumerate(read))
    keys = None if trust is None else trust_in(trust, origin)
    return Asked(keys, given, tuple(parse_footer(text) for text in footers), roots)


def found_in(study: Path, asked: Asked | None = None, state: State | None = None) -> Verification:
    return verify(FolderEvidence(study), asked or asked_of(), state)


def codes_of(found: Verification) -> set[int]:
    return {int(fault.verdict) for fault in found.faults}


def check(study: Path, codes: set[int], entry: int | None = None, words: str = "", asked: Asked | None = None) -> None:
    """The verdicts are these, and one fault names the entry and has the words."""
    found = found_in(study, asked)
    told = [(int(fault.verdict), fault.entry, fault.message) for fault in found.faults]
    assert codes_of(found) == codes, told
    if entry is not None or words:
        assert any(fault.entry == entry and words in fault.message for fault in found.faults), told
