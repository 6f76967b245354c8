"""Private keys are found by name in a folder; their passphrase is asked for at each use."""

from pathlib import Path

import pytest

from regdocs.audit.key_files import KeyFileRefused, WrongPassphrase
from regdocs.audit.note import Key
from regdocs.versions.key_ring import KeyRing, NoSuchKey


def never(name: str) -> str:
    raise AssertionError(f"asked for {name}")


def test_a_person_has_several_keys_and_the_newest_is_taken(tmp_path: Path):
    ring = KeyRing(tmp_path / "keys")
    for _ in range(11):
        ring.new(ring.next_name("jane@example.org"), "secret")
    assert ring.next_name("jane@example.org") == "jane@example.org/k12"
    assert ring.person("jane@example.org", lambda name: "secret").key.name == "jane@example.org/k11"
    assert ring.persons() == ("jane@example.org",)
    assert ring.of_person("jane@example.org")[:3] == [f"jane@example.org/k{n}" for n in (11, 10, 9)]
    assert ring.of_person("jane@example.or") == []


def test_files_of_keys_are_for_their_owner_alone(tmp_path: Path):
    ring = KeyRing(tmp_path / "keys")
    ring.new("jane@example.org/k1", "secret")
    assert ring.path_of("jane@example.org/k1").name == "jane@example.org+k1.pem"
    assert ring.path_of("jane@example.org/k1").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert b"ENCRYPTED" in ring.path_of("jane@example.org/k1").read_bytes()


def test_another_passphrase_signs_nothing(tmp_path: Path):
    ring = KeyRing(tmp_path)
    ring.new("jane@example.org/k1", "secret")
    with pytest.raises(WrongPassphrase):
        ring.one_of(["jane@example.org/k1"], lambda name: "another")


def test_a_key_without_passphrase_asks_nobody(tmp_path: Path):
    ring = KeyRing(tmp_path)
    ring.new("log", None)
    assert ring.one_of(["log"], never).key.name == "log"


def test_the_key_of_the_log_is_found_whatever_its_file_is_called(tmp_path: Path):
    ring = KeyRing(tmp_path)
    made = ring.new("log", None)
    named = Key("regdocs.invalid/study/00000000", made.kind, made.public)
    assert ring.log(named, never).key == named
    with pytest.raises(NoSuchKey, match="--keys"):
        KeyRing(tmp_path / "elsewhere").log(named, never)


def test_a_key_file_is_never_overwritten(tmp_path: Path):
    ring = KeyRing(tmp_path)
    ring.new("log", None)
    with pytest.raises(KeyFileRefused):
        ring.refuse_taken("log")
    with pytest.raises(KeyFileRefused):
        ring.new("log", None)


@pytest.mark.parametrize("name", ["../x", "Jane", "", "a+b", "a b"])
def test_what_is_no_name_is_no_path(tmp_path: Path, name: str):
    with pytest.raises(NoSuchKey):
        KeyRing(tmp_path).path_of(name)
