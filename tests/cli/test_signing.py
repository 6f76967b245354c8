"""Signing at the command line: which key signs, what is shown before, and which time the signature says."""

from pathlib import Path

import pytest

from regdocs.audit.ed25519 import verify
from regdocs.cli import terminal_signer
from regdocs.errors import Refusal
from regdocs.versions.key_ring import KeyRing
from regdocs.versions.rehearsal import Asking
from tests.cli.calling import run

JANE, SECRET = "jane@example.org", "correct horse"


def test_a_person_proves_the_newest_key_and_ten_comes_after_nine(tmp_path: Path):
    ring = KeyRing(tmp_path / "keys")
    for _ in range(10):
        ring.new(ring.next_name(JANE), None)
    origin = "regdocs.invalid/s/00000000000000000000000000000000"
    said = run("-C", tmp_path, "keys", "prove", JANE, "--study", origin, "--out", "proof", "--keys", ring.folder)
    assert said.code == 0, said.err
    assert f"\nkey {JANE}/k10+" in (tmp_path / "proof").read_text()


def _text(at: str, leaf: str, meaning: str = "review") -> bytes:
    lines = ("origin", "regdocs-signature/v1", f"entry 7 {leaf}", f"meaning {meaning}", f"time {at}", "")
    return "\n".join(lines).encode()


def _noted(asked: list[str], name: str) -> str:
    asked.append(name)
    return SECRET


def test_a_text_is_asked_for_once_and_shown_again_where_it_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    ring, asked = KeyRing(tmp_path), list[str]()
    key = ring.new(f"{JANE}/k1", SECRET)
    monkeypatch.setattr(terminal_signer, "ask_person", lambda name: _noted(asked, name))
    signer = terminal_signer.terminal_signer(ring, [key.name])
    assert isinstance(signer, Asking)
    signer.ask(_text("10:00", "ab"))
    assert "meaning review" in capsys.readouterr().err
    signer.ask(_text("10:01", "cd"))
    shown = capsys.readouterr().err
    assert "entry 7 cd" in shown and "time 10:01" in shown and "meaning" not in shown
    with pytest.raises(Refusal, match="nothing was signed"):
        signer.sign(_text("10:02", "cd"))
    signer.ask(_text("10:02", "cd"))
    assert verify(key.public, _text("10:02", "cd"), signer.sign(_text("10:02", "cd")))
    assert asked == [key.name] * 2


def test_two_texts_of_one_person_are_asked_for_twice_and_no_third_is_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ring, asked = KeyRing(tmp_path), list[str]()
    key = ring.new(f"{JANE}/k1", SECRET)
    monkeypatch.setattr(terminal_signer, "ask_person", lambda name: _noted(asked, name))
    signer = terminal_signer.terminal_signer(ring, [key.name])
    assert isinstance(signer, Asking)
    signer.ask(_text("10:00", "ab"))
    signer.ask(_text("10:00", "ab", "approval"))
    assert asked == [key.name] * 2
    with pytest.raises(Refusal, match="nothing was signed"):
        signer.sign(_text("10:00", "ab", "responsibility"))
