"""Time-stamps of an authority made here with OpenSSL hold for the bytes they are over, under its root, and not else."""

import importlib.util
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from regdocs.audit.timestamp import MAX_TOKEN, BadTimestamp, NotATimestamp, timestamp_time
from regdocs.errors import EnvironmentLacks

TEXT = b"example.org/demo-101/1a2b3c4d\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"

CONFIGURATION = """
[tsa]
default_tsa = ours
[ours]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha1
ess_cert_id_alg = sha256
"""

needs_client = pytest.mark.skipif(
    importlib.util.find_spec("rfc3161_client") is None,
    reason="rfc3161-client is not installed (the extra `timestamp`)",
)


class Authority(NamedTuple):
    folder: Path

    def run(self, *command: str) -> None:
        subprocess.run(["openssl", *command], cwd=self.folder, check=True, capture_output=True, timeout=60)

    def stamp(self, message: bytes, *, digest: str = "sha256", bare: bool = False) -> bytes:
        (self.folder / "message").write_bytes(message)
        self.run("ts", "-query", "-data", "message", f"-{digest}", "-cert", "-out", "query")
        form = ["-token_out"] if bare else []
        self.run("ts", "-reply", "-config", "ts.cnf", "-queryfile", "query", *form, "-out", "reply")
        return (self.folder / "reply").read_bytes()

    @property
    def root(self) -> bytes:
        return (self.folder / "root.pem").read_bytes()


def authority_in(folder: Path, purpose: str = "critical,timeStamping") -> Authority:
    authority = Authority(folder)
    (folder / "ts.cnf").write_text(CONFIGURATION)
    (folder / "serial").write_text("01")
    (folder / "extensions").write_text(f"basicConstraints=CA:FALSE\nextendedKeyUsage={purpose}\n")
    new = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    authority.run("req", "-x509", *new, "-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-days", "9")
    authority.run("req", *new, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Authority")
    signing = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "9", "-extfile", "extensions")
    authority.run("x509", "-req", "-in", "tsa.csr", *signing, "-out", "tsa.pem")
    return authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return authority_in(tmp_path_factory.mktemp("authority"))


@needs_client
@pytest.mark.parametrize("bare", [False, True])
def test_the_time_of_a_stamp_over_the_text_is_told(authority: Authority, bare: bool):
    before = datetime.now(UTC).replace(microsecond=0)
    token = authority.stamp(TEXT, bare=bare)
    assert before <= timestamp_time(token, TEXT, authority.root) <= datetime.now(UTC)


@needs_client
def test_a_stamp_over_other_bytes_does_not_hold(authority: Authority):
    with pytest.raises(BadTimestamp, match="Mismatch"):
        timestamp_time(authority.stamp(TEXT), TEXT.replace(b"42", b"43"), authority.root)


@needs_client
def test_a_stamp_of_an_authority_under_another_root_does_not_hold(authority: Authority, tmp_path: Path):
    with pytest.raises(BadTimestamp):
        timestamp_time(authority.stamp(TEXT), TEXT, authority_in(tmp_path).root)


@needs_client
def test_a_stamp_over_a_weak_hash_does_not_hold(authority: Authority):
    with pytest.raises(BadTimestamp, match="hash"):
        timestamp_time(authority.stamp(TEXT, digest="sha1"), TEXT, authority.root)


@needs_client
def test_a_changed_signature_does_not_hold(authority: Authority):
    token = authority.stamp(TEXT)
    with pytest.raises(BadTimestamp):
        timestamp_time(token[:-1] + bytes([token[-1] ^ 1]), TEXT, authority.root)


@needs_client
@pytest.mark.parametrize(
    "token", [b"", b"\x30", b"junk", b"\x30\x80" * 100, b"\x30\x03\x06\x01\x00", bytes(MAX_TOKEN + 1)]
)
def test_other_bytes_are_no_stamp(authority: Authority, token: bytes):
    with pytest.raises(NotATimestamp):
        timestamp_time(token, TEXT, authority.root)


@needs_client
@pytest.mark.parametrize("cut", [1, 10, 100])
def test_half_a_stamp_is_none(authority: Authority, cut: int):
    with pytest.raises(NotATimestamp):
        timestamp_time(authority.stamp(TEXT)[:-cut], TEXT, authority.root)


@needs_client
@pytest.mark.parametrize("roots", [b"", b"junk", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_roots_that_cannot_be_read_are_refused(authority: Authority, roots: bytes):
    with pytest.raises(NotATimestamp, match="roots"):
        timestamp_time(authority.stamp(TEXT), TEXT, roots)


def test_without_the_client_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)  # what Python itself has where an import cannot succeed
    with pytest.raises(EnvironmentLacks, match=r"regdocs\[timestamp\]"):
        timestamp_time(b"token", TEXT, b"roots")
