"""Private keys under a passphrase: PKCS#8 in PEM, with a key that is slow to guess (PBES2, RFC 8018).

Knows the bytes of an encrypted PKCS#8 structure and how the passphrase becomes a key; does not know files or names.
`cryptography` writes PKCS#8 with 2,048 rounds, which cannot be set, so the few bytes around the ciphertext are put
together here; the cryptographic steps themselves are the library's. It reads what we write, and so does OpenSSL.
"""

import base64
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROUNDS = 600_000
"""Of PBKDF2 with HMAC-SHA-256. Source: OWASP Password Storage Cheat Sheet, "PBKDF2"."""

_SALT_BYTES = 16
_BLOCK_BYTES = 16

# Object identifiers, as DER: RFC 8018, A.2, A.4, B.1.2; AES: NIST's arc, RFC 3565.
_PBES2 = bytes.fromhex("06092a864886f70d01050d")
_PBKDF2 = bytes.fromhex("06092a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("06082a864886f70d0209")
_AES_256_CBC = bytes.fromhex("060960864801650304012a")

_SEQUENCE, _INTEGER, _OCTETS, _NULL = 0x30, 0x02, 0x04, b"\x05\x00"


def encrypted_pem(private: "Ed25519PrivateKey", passphrase: bytes) -> bytes:
    """Return a private key as PEM of an encrypted PKCS#8 structure; other bytes each time, as salt and IV are random.

    Source: RFC 5958, 3 (EncryptedPrivateKeyInfo); RFC 8018, 6.2 (PBES2); RFC 7468, 11 (the label).
    """
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    plain = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    salt, start = os.urandom(_SALT_BYTES), os.urandom(_BLOCK_BYTES)
    secret = _encrypted(plain, _derived(passphrase, salt), start)
    return _pem(_der(_SEQUENCE, _scheme(salt, start), _der(_OCTETS, secret)))


def _derived(passphrase: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    return PBKDF2HMAC(SHA256(), 32, salt, ROUNDS).derive(passphrase)


def _encrypted(plain: bytes, key: bytes, start: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher
    from cryptography.hazmat.primitives.ciphers.algorithms import AES
    from cryptography.hazmat.primitives.ciphers.modes import CBC
    from cryptography.hazmat.primitives.padding import PKCS7

    padder, encryptor = PKCS7(8 * _BLOCK_BYTES).padder(), Cipher(AES(key), CBC(start)).encryptor()
    padded = padder.update(plain) + padder.finalize()
    return encryptor.update(padded) + encryptor.finalize()


def _scheme(salt: bytes, start: bytes) -> bytes:
    """Return the AlgorithmIdentifier of PBES2 with these parameters."""
    hashed = _der(_SEQUENCE, _HMAC_SHA256, _NULL)
    rounds = _der(_INTEGER, ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1, "big"))
    derivation = _der(_SEQUENCE, _PBKDF2, _der(_SEQUENCE, _der(_OCTETS, salt), rounds, hashed))
    cipher = _der(_SEQUENCE, _AES_256_CBC, _der(_OCTETS, start))
    return _der(_SEQUENCE, _PBES2, _der(_SEQUENCE, derivation, cipher))


def _der(tag: int, *parts: bytes) -> bytes:
    """Return one DER value; all of ours are shorter than 65,536 bytes."""
    body = b"".join(parts)
    count = len(body)
    if count < 128:
        return bytes([tag, count]) + body
    size = count.to_bytes(1 if count < 256 else 2, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def _pem(der: bytes) -> bytes:
    text = base64.b64encode(der)
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    label = b"ENCRYPTED PRIVATE KEY-----"
    return b"\n".join((b"-----BEGIN " + label, *lines, b"-----END " + label, b""))
