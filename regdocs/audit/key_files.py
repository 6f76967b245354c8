"""Private keys in files, and the derived keys of demonstrations that everybody has.

Knows how a key file is written and when one is refused. Does not ask for passphrases, and does not know what is signed.

A key file is the verifier key on a line, then the private key as PKCS#8 in PEM, encrypted when there is a passphrase.
Text before a PEM block is allowed (RFC 7468, 2), so OpenSSL reads the file as it is.
"""

import hashlib
import os
import stat
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from regdocs.audit import ed25519
from regdocs.audit.disk import DiskRefuses, NotThere, OddFile, explained, opened, sync_folder
from regdocs.audit.key_encryption import encrypted_pem
from regdocs.audit.note import ED25519, Key, NotAKey, Signer, parse_key
from regdocs.errors import Refusal

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAX_KEY_FILE = 16_384
"""Bytes of the longest key file."""

DEMONSTRATION = "regdocs demonstration key "

_BEGIN = b"-----BEGIN "
_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


class KeyFileRefused(Refusal):
    """A key file that is not read or not written; the message says why."""


class WrongPassphrase(KeyFileRefused):
    """No passphrase for a key file that has one, or another one."""


class FileSigner:
    """Signs with a private key that was read from a file; it is in memory as long as this is."""

    def __init__(self, key: Key, private: "Ed25519PrivateKey") -> None:
        self._key = key
        self._private = private

    @property
    def key(self) -> Key:
        """The public key."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._private.sign(message)


class DemonstrationSigner:
    """Signs with a key that anybody can derive from its name: it shows how, and proves nothing."""

    def __init__(self, name: str, kind: int = ED25519) -> None:
        self._seed = hashlib.sha256(f"{DEMONSTRATION}{name}".encode()).digest()
        self._key = Key(name, kind, ed25519.public_of(self._seed))

    @property
    def key(self) -> Key:
        """The public key."""
        return self._key

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return ed25519.sign(self._seed, message)


def demonstration_signer(key_name: str, kind: int = ED25519) -> DemonstrationSigner:
    """Return the signer whose private key follows from the name; the same one each time.

    Raises:
        NotAKey: The name is not one of a key.

    Source: docs/formats/audit-log.md, "Demonstration keys".
    """
    return DemonstrationSigner(key_name, kind)


def is_demonstration(key: Key) -> bool:
    """Tell whether anybody can sign with this key, because it is the one derived from its own name."""
    return demonstration_signer(key.name, key.kind).key == key


def new_key(path: Path, name: str, passphrase: str | None = None, kind: int = ED25519) -> Key:
    """Make a new private key, write it to a new file that only its owner can read, and return its public key.

    Args:
        path: Where nothing may be yet; its folder has to be there.
        name: Of the key: the log's origin, or `<person>/<word>`.
        passphrase: Encrypts the file; None leaves it plain, which is for keys of machines.
        kind: `COSIGNATURE` for the key of a cosigner.

    Raises:
        KeyFileRefused: Something has the path already (it is never overwritten), or the passphrase is empty.
        NotAKey: The name is not one of a key, or the kind is unknown.
        DiskRefuses: The system refuses; nothing is left there.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    key = Key(name, kind, private.public_key().public_bytes_raw())
    _write_private(path, f"{key.text}\n".encode() + _pem_of(private, passphrase))
    return key


def load_signer(path: Path, passphrase: str | None = None, *, name: str | None = None) -> Signer:
    """Return the signer of a key file.

    Args:
        path: A file of `new_key`, or any PKCS#8 PEM of an Ed25519 key.
        passphrase: For an encrypted file; a plain one does not need it and passes it over.
        name: The name of the key, when the file does not say it; when it does, the two have to agree.

    Raises:
        WrongPassphrase: The file is encrypted, and the passphrase is another one or None.
        KeyFileRefused: Not there, readable by others, another user's, with a second name, no private Ed25519 key, a
            name that is missing or another one, or the verifier key in the file is not that of its private key.
        OddFile, DiskRefuses: Something else than a plain file is there, or the system refuses.
    """
    data = _read_private(path)
    private = _private(path, data, passphrase)
    key = _named(path, data, name, private.public_key().public_bytes_raw())
    return FileSigner(key, private)


def _passphrase_bytes(passphrase: str) -> bytes:
    # One person's keyboard gives é as one letter, another's as two.
    return unicodedata.normalize("NFC", passphrase).encode()


def _pem_of(private: "Ed25519PrivateKey", passphrase: str | None) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    if passphrase is None:
        return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    if not passphrase:
        raise KeyFileRefused("an empty passphrase protects nothing; give one")
    return encrypted_pem(private, _passphrase_bytes(passphrase))


def _write_private(path: Path, data: bytes) -> None:
    """Write a file that is not there yet, readable by its owner only from the first moment, and bring it to disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, 0o600)
    except FileExistsError as error:
        raise KeyFileRefused(f'"{path}" is there already, and a key file is never overwritten') from error
    except OSError as error:
        raise DiskRefuses(f'cannot write "{path}": {error.strerror or error}') from error
    try:
        with explained(path, "write"), os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _read_private(path: Path) -> bytes:
    """Return the bytes of a key file, after looking at the very file that was opened: the name may change hands."""
    try:
        with opened(path) as file:
            _require_own(path, file.status())
            data = file.read_at(0, MAX_KEY_FILE + 1)
    except NotThere as error:
        raise KeyFileRefused(f'there is no key file "{path}"') from error
    if len(data) > MAX_KEY_FILE:
        raise OddFile(f'"{path}" has more than {MAX_KEY_FILE} bytes, which no key file has')
    return data


def _require_own(path: Path, found: os.stat_result) -> None:
    """Refuse a file that others can read, that is somebody else's, or that has a second name somewhere."""
    if os.name != "posix":
        return
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        raise KeyFileRefused(f'"{path}" can be read by others (mode {mode:04o}); say: chmod 600 "{path}"')
    if found.st_uid != os.geteuid():
        raise KeyFileRefused(f'"{path}" belongs to another user of this computer, who can read and change it')
    if found.st_nlink > 1:
        raise KeyFileRefused(f'"{path}" has a second name (a hard link); delete the other, or make a new key')


def _private(path: Path, data: bytes, passphrase: str | None) -> "Ed25519PrivateKey":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    encrypted = _ENCRYPTED in data
    if encrypted and not passphrase:
        raise WrongPassphrase(f'"{path}" is encrypted; its passphrase is needed')
    secret = _passphrase_bytes(passphrase) if encrypted and passphrase else None
    try:
        private = load_pem_private_key(data, secret)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        if encrypted:
            raise WrongPassphrase(f'"{path}" cannot be decrypted: another passphrase, or a damaged file') from error
        raise KeyFileRefused(f'"{path}" holds no private key that can be read (PKCS#8 in PEM)') from error
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyFileRefused(f'"{path}" holds a key of another kind than Ed25519')
    return private


def _named(path: Path, data: bytes, name: str | None, public: bytes) -> Key:
    """Return the public key under the name that the file or the caller says."""
    try:
        stated = parse_key(line) if (line := _first_line(data)) else None
        key = stated or Key(name or "", ED25519, public)
    except NotAKey as error:
        raise KeyFileRefused(f'"{path}" does not say the name of its key: {error}') from error
    if key.public != public:
        raise KeyFileRefused(f'"{path}" says the verifier key of another private key than its own')
    if name is not None and key.name != name:
        raise KeyFileRefused(f'"{path}" is the key of "{key.name}", not of "{name}"')
    return key


def _first_line(data: bytes) -> str:
    """Return what stands before the PEM block, when it is one line."""
    return data.partition(_BEGIN)[0].decode("utf-8", "replace").strip()
