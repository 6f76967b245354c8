"""Heads leave the house and come back; a board cosigns only what goes on from the head it remembers."""

from pathlib import Path

import pytest

from regdocs.audit.checkpoint import parse_checkpoint
from regdocs.audit.cosignature import cosignatures
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import COSIGNATURE, BadSignature, parse_note
from regdocs.audit.proof import parse_proof
from regdocs.audit.tree import leaf_hash
from regdocs.versions.actors import NotAllowed
from regdocs.versions.anchoring import NotConsistent, cosign_head, cosigned, own_note, proof_of, stamped
from regdocs.versions.facts import note
from tests.versions.logs import JANE, begin_log, recorded
from tests.versions.test_logbook import faults

BOARD = demonstration_signer("irb.example.org/board", COSIGNATURE)
NOW = 1_772_356_000


def test_a_board_cosigns_a_log_that_goes_on(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    seen = logbook.head
    logbook = recorded(logbook, note(JANE, "one"))
    found = cosign_head(logbook, seen, BOARD, NOW)
    assert cosignatures(found, [BOARD.key]) == ((BOARD.key, NOW),)
    assert parse_checkpoint(found.text) == logbook.head


def test_a_board_refuses_a_log_that_was_rolled_back(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    later = recorded(logbook, note(JANE, "one")).head
    with pytest.raises(NotConsistent, match="rolled back"):
        cosign_head(logbook, later, BOARD, NOW)


def test_a_board_refuses_another_history(tmp_path: Path):
    one = recorded(begin_log(tmp_path / "one"), note(JANE, "one"))
    other = recorded(begin_log(tmp_path / "other"), note(JANE, "other"), note(JANE, "more"))
    with pytest.raises(NotConsistent, match="another root"):
        cosign_head(other, one.head, BOARD, NOW)


def test_a_cosigned_head_that_came_back_is_anchored_and_kept(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    back = cosign_head(logbook, None, BOARD, NOW).to_bytes()
    logbook = recorded(logbook, note(JANE, "meanwhile"))
    anchor, size, whole = cosigned(logbook, back, [BOARD.key], JANE)
    logbook.folder.put_head(size, whole)
    logbook = recorded(logbook, anchor.entry, objects=anchor.objects)
    assert logbook.entry(3)["time"] == "2026-03-01T09:06:40Z"
    assert cosignatures(parse_note(logbook.folder.kept_head(2) or b""), [BOARD.key])
    assert faults(logbook.study) == []


def test_a_head_that_nobody_known_cosigned_is_not_anchored(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    with pytest.raises(NotAllowed, match="none of the cosigners"):
        cosigned(logbook, own_note(logbook).to_bytes(), [BOARD.key], JANE)


def test_a_false_cosignature_is_refused(tmp_path: Path):
    logbook = begin_log(tmp_path / "study")
    first = cosign_head(logbook, None, BOARD, NOW)
    logbook = recorded(logbook, note(JANE, "one"))
    moved = own_note(logbook).with_signatures(first.signatures[-1])
    with pytest.raises(BadSignature):
        cosigned(logbook, moved.to_bytes(), [BOARD.key], JANE)


def test_a_proof_shows_that_an_entry_is_under_the_head(tmp_path: Path):
    logbook = recorded(begin_log(tmp_path / "study"), *(note(JANE, str(n)) for n in range(9)))
    for n in range(logbook.head.size):
        proof = parse_proof(proof_of(logbook, n))
        key = demonstration_signer(logbook.origin).key
        assert proof.verify(leaf_hash(logbook.line(n)), [key]) == logbook.head
    with pytest.raises(Exception, match="no entry 99"):
        proof_of(logbook, 99)


def test_a_time_stamp_needs_a_head_that_is_kept(tmp_path: Path):
    with pytest.raises(NotAllowed, match="no head of size 2 is kept"):
        stamped(begin_log(tmp_path / "study"), 2, b"", b"", JANE)
