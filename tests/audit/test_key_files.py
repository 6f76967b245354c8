"""Key files: made once, readable by their owner only, and refused when something is off."""

import hashlib
import os
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from regdocs.audit import ed25519
from regdocs.audit.disk import DiskRefuses, OddFile
from regdocs.audit.key_files import (
    KeyFileRefused,
    WrongPassphrase,
    demonstration_signer,
    is_demonstration,
    load_signer,
    new_key,
)
from regdocs.audit.note import COSIGNATURE, Key, NotAKey, sign_note, verified

NAME = "jane.doe@example.org/k1"
posix = pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX systems")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jane.pem"


@pytest.mark.parametrize("passphrase", [None, "correct horse", "ключ"])
@pytest.mark.parametrize("kind", [1, COSIGNATURE])
def test_a_new_key_is_loaded_again_with_its_name_and_kind(path: Path, passphrase: str | None, kind: int):
    key = new_key(path, NAME, passphrase, kind)
    signer = load_signer(path, passphrase)
    assert signer.key == key == Key(NAME, kind, key.public)
    assert ed25519.verify(key.public, b"message", signer.sign(b"message"))


def test_a_loaded_key_signs_notes(path: Path):
    key = new_key(path, NAME, "correct horse")
    assert verified(sign_note("text\n", load_signer(path, "correct horse")), [key]) == (key,)


def test_two_keys_are_never_the_same(tmp_path: Path):
    assert new_key(tmp_path / "a", NAME).public != new_key(tmp_path / "b", NAME).public


def test_an_encrypted_file_says_so_and_a_plain_one_does_not(tmp_path: Path):
    new_key(tmp_path / "plain", NAME)
    new_key(tmp_path / "encrypted", NAME, "correct horse")
    assert b"-----BEGIN PRIVATE KEY-----" in (tmp_path / "plain").read_bytes()
    assert b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in (tmp_path / "encrypted").read_bytes()


@pytest.mark.parametrize("passphrase", [None, "", "Correct horse", "correct horse "])
def test_a_missing_or_wrong_passphrase_is_refused(path: Path, passphrase: str | None):
    new_key(path, NAME, "correct horse")
    with pytest.raises(WrongPassphrase):
        load_signer(path, passphrase)


def test_a_passphrase_is_the_same_whichever_keyboard_composed_it(path: Path):
    new_key(path, NAME, "caf\u00e9")
    assert load_signer(path, "cafe\u0301").key.name == NAME


def test_a_plain_file_passes_a_passphrase_over(path: Path):
    new_key(path, NAME)
    assert load_signer(path, "not needed").key.name == NAME


def test_an_empty_passphrase_makes_no_file(path: Path):
    with pytest.raises(KeyFileRefused, match="empty passphrase"):
        new_key(path, NAME, "")
    assert not path.exists()


def test_a_bad_name_makes_no_file(path: Path):
    with pytest.raises(NotAKey):
        new_key(path, "Jane Doe")
    assert not path.exists()


def test_an_existing_file_is_never_overwritten(path: Path):
    path.write_bytes(b"something else")
    with pytest.raises(KeyFileRefused, match="never overwritten"):
        new_key(path, NAME)
    assert path.read_bytes() == b"something else"


@posix
def test_a_link_that_leads_nowhere_is_not_written_through(path: Path, tmp_path: Path):
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(KeyFileRefused):
        new_key(path, NAME)
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_is_not_there_is_the_systems_refusal(tmp_path: Path):
    with pytest.raises(DiskRefuses):
        new_key(tmp_path / "missing" / "jane.pem", NAME)


@posix
def test_a_new_file_is_its_owners_whatever_the_umask(path: Path):
    before = os.umask(0)
    try:
        new_key(path, NAME)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o601, 0o644, 0o777])
def test_a_file_open_to_others_is_refused_with_what_would_help(path: Path, mode: int):
    new_key(path, NAME)
    path.chmod(mode)
    with pytest.raises(KeyFileRefused, match="chmod 600"):
        load_signer(path)


@posix
def test_a_file_with_a_second_name_is_refused(path: Path, tmp_path: Path):
    new_key(path, NAME)
    (tmp_path / "second.pem").hardlink_to(path)
    with pytest.raises(KeyFileRefused, match="second name"):
        load_signer(path)


@posix
def test_another_users_file_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch):
    new_key(path, NAME)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)
    with pytest.raises(KeyFileRefused, match="another user"):
        load_signer(path)


@posix
def test_the_mode_is_that_of_the_file_that_was_read(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Another file gets the name right after the opening; what is judged is what was opened."""
    new_key(path, NAME)
    path.chmod(0o644)
    good, opens = tmp_path / "good.pem", os.open
    new_key(good, NAME)

    def opened_then_swapped(name: Path, *arguments: int) -> int:
        descriptor = opens(name, *arguments)
        if good.exists():
            good.replace(path)
        return descriptor

    monkeypatch.setattr(os, "open", opened_then_swapped)
    with pytest.raises(KeyFileRefused, match="chmod 600"):
        load_signer(path)


@posix
def test_a_file_that_even_its_owner_cannot_write_is_read(path: Path):
    new_key(path, NAME)
    path.chmod(0o400)
    assert load_signer(path).key.name == NAME


@posix
def test_a_pipe_is_refused_and_not_waited_for(path: Path):
    os.mkfifo(path, 0o600)
    with pytest.raises(OddFile):
        load_signer(path)


def test_a_file_that_is_not_there_is_refused(path: Path):
    with pytest.raises(KeyFileRefused, match="no key file"):
        load_signer(path)


@pytest.mark.parametrize("data", [b"", b"junk", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_other_bytes_are_no_key_file(path: Path, data: bytes):
    path.write_bytes(data)
    path.chmod(0o600)
    with pytest.raises(KeyFileRefused, match="no private key"):
        load_signer(path)


def test_the_verifier_key_of_another_private_key_is_refused(tmp_path: Path):
    new_key(tmp_path / "a", NAME)
    other = new_key(tmp_path / "b", NAME)
    lines = (tmp_path / "a").read_text().split("\n")
    (tmp_path / "a").write_text("\n".join((other.text, *lines[1:])))
    with pytest.raises(KeyFileRefused, match="another private key"):
        load_signer(tmp_path / "a")


def test_a_file_without_a_name_needs_one_and_one_with_a_name_keeps_it(path: Path):
    key = new_key(path, NAME)
    assert load_signer(path, name=NAME).key == key
    with pytest.raises(KeyFileRefused, match="is the key of"):
        load_signer(path, name="ben@example.org/k1")
    path.write_text(path.read_text().partition("\n")[2])
    assert load_signer(path, name=NAME).key == key
    with pytest.raises(KeyFileRefused, match="does not say the name"):
        load_signer(path)


def openssl() -> str:
    found = shutil.which("openssl")
    return found if found else pytest.skip("openssl is not installed")


@pytest.mark.parametrize("passphrase", [None, "correct horse"])
def test_openssl_reads_our_key_files(path: Path, passphrase: str | None):
    key = new_key(path, NAME, passphrase)
    command = [openssl(), "pkey", "-in", str(path), "-passin", f"pass:{passphrase or ''}", "-pubout", "-outform", "DER"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert done.stdout[-32:] == key.public


def test_a_passphrase_is_slow_to_guess(path: Path):
    new_key(path, NAME, "correct horse")
    command = [openssl(), "asn1parse", "-in", str(path)]
    found = subprocess.run(command, capture_output=True, check=True, timeout=60, text=True).stdout
    rounds = re.search(r"INTEGER +:([0-9A-F]+)", found)
    assert rounds and int(rounds[1], 16) >= 600_000
    assert ":PBES2" in found and ":PBKDF2" in found and ":hmacWithSHA256" in found and ":aes-256-cbc" in found


def test_two_files_of_one_passphrase_share_neither_salt_nor_ciphertext(tmp_path: Path):
    bodies = []
    for name in ("a", "b"):
        new_key(tmp_path / name, NAME, "correct horse")
        bodies.append((tmp_path / name).read_text().split("\n")[2:-2])
    assert not set(bodies[0]) & set(bodies[1])


def test_a_file_that_an_earlier_version_wrote_with_fewer_rounds_is_read(path: Path):
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, PrivateFormat

    private = Ed25519PrivateKey.generate()
    key = Key(NAME, 1, private.public_key().public_bytes_raw())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"correct horse"))
    path.write_bytes(f"{key.text}\n".encode() + pem)
    path.chmod(0o600)
    assert load_signer(path, "correct horse").key == key


def test_a_key_file_that_openssl_made_is_read(path: Path):
    subprocess.run([openssl(), "genpkey", "-algorithm", "ed25519", "-out", str(path)], check=True, timeout=60)
    path.chmod(0o600)
    assert load_signer(path, name=NAME).key.name == NAME


def test_a_private_key_of_another_kind_is_refused(path: Path):
    subprocess.run([openssl(), "genpkey", "-algorithm", "x25519", "-out", str(path)], check=True, timeout=60)
    path.chmod(0o600)
    with pytest.raises(KeyFileRefused, match="another kind"):
        load_signer(path, name=NAME)


def test_a_demonstration_key_follows_from_its_name():
    seed = hashlib.sha256(b"regdocs demonstration key jane.doe@example.org/k1").digest()
    signer = demonstration_signer(NAME)
    assert signer.key == Key(NAME, 1, ed25519.public_of(seed))
    assert signer.sign(b"message") == ed25519.sign(seed, b"message")


def test_demonstration_keys_are_told_from_others(path: Path):
    assert is_demonstration(demonstration_signer(NAME).key)
    assert is_demonstration(demonstration_signer(NAME, COSIGNATURE).key)
    assert not is_demonstration(new_key(path, NAME))
    assert not is_demonstration(Key("ben@example.org/k1", 1, demonstration_signer(NAME).key.public))
