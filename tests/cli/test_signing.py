"""Signing at the command line: which key signs, what is shown before, and which time the signature says."""

from pathlib import Path

from regdocs.versions.key_ring import KeyRing
from tests.cli.calling import run

JANE = "jane@example.org"


def test_a_person_proves_the_newest_key_and_ten_comes_after_nine(tmp_path: Path):
    ring = KeyRing(tmp_path / "keys")
    for _ in range(10):
        ring.new(ring.next_name(JANE), None)
    origin = "regdocs.invalid/s/00000000000000000000000000000000"
    said = run("-C", tmp_path, "keys", "prove", JANE, "--study", origin, "--out", "proof", "--keys", ring.folder)
    assert said.code == 0, said.err
    assert f"\nkey {JANE}/k10+" in (tmp_path / "proof").read_text()
