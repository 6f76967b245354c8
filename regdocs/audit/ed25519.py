"""Ed25519 signatures, checked more strictly than libraries check them.

Knows RFC 8032 and which keys and signatures we refuse beyond it. Does not know what is signed, nor where keys are kept.

`cryptography` does the arithmetic. It takes a public key that is no point, or of which everybody knows a signature over
every message, and leaves to each build what becomes of odd encodings; so what we demand is looked at here first, and
does not depend on the library's version. The equation is the one without the cofactor, as in OpenSSL and Go.
"""

from functools import lru_cache

from regdocs.errors import Refusal

KEY_BYTES = 32
SIGNATURE_BYTES = 64

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P

# The eight points of small order have five y: 1 (the neutral one), -1 (order 2), 0 (order 4), and these two (order 8).
_Y_OF_ORDER_8 = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_LOW_ORDER = frozenset({0, 1, _P - 1, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})
_X_IS_ZERO = frozenset({1, _P - 1})


class WeakKey(Refusal):
    """A public key that says nothing about who signed, or is written in another way than the one."""


def refuse_weak(public: bytes) -> None:
    """Pass over a sound public key in silence.

    Raises:
        WeakKey: Not 32 bytes, a point of low order (in any of its fourteen encodings), an encoding that is not the
            canonical one, or no point of the curve at all.

    Source: RFC 8032, 5.1.3; docs/formats/audit-log.md, "Keys".
    """
    if why := _why_weak(public):
        raise WeakKey(why)


@lru_cache(maxsize=1024)  # a log has few keys and many signatures, and this takes longer than checking one of those
def _why_weak(public: bytes) -> str | None:
    if len(public) != KEY_BYTES:
        return f"an Ed25519 public key has {KEY_BYTES} bytes, not {len(public)}"
    y = _y(public)
    if y % _P in _LOW_ORDER:
        return "a public key of low order: anybody can sign with it"
    if not _is_canonical(public):
        return "a public key in an encoding that is not canonical"
    # x² = (y² - 1) / (d·y² + 1); y is not ±1, so x is not 0, and a fraction is a square when the product is one.
    if pow((y * y - 1) * (_D * y * y + 1), (_P - 1) // 2, _P) != 1:
        return "these bytes are no point of the curve, so no public key"
    return None


def verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Return whether the signature over the message is the key's.

    False also for a weak key, for S >= L and for an R that is not canonical. No exception, whatever the bytes.

    Source: RFC 8032, 5.1.7, without the cofactor.
    """
    if _why_weak(public) is not None:
        return False
    if len(signature) != SIGNATURE_BYTES or not _is_canonical(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= _L:
        return False
    return _holds(public, message, signature)


def public_of(seed: bytes) -> bytes:
    """Return the 32 bytes of the public key of a private one, given as its 32 bytes. Source: RFC 8032, 5.1.5.

    Raises:
        ValueError: The seed has not 32 bytes.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def sign(seed: bytes, message: bytes) -> bytes:
    """Return the signature, which for one seed and message is always the same. Source: RFC 8032, 5.1.6.

    Raises:
        ValueError: The seed has not 32 bytes.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(message)


def _y(encoded: bytes) -> int:
    return int.from_bytes(encoded, "little") & (2**255 - 1)


def _is_canonical(encoded: bytes) -> bool:
    """Whether y is below p, and there is no sign where x is 0; that it is a point of the curve is not looked at."""
    y = _y(encoded)
    return y < _P and not (y in _X_IS_ZERO and encoded[31] & 0x80)


def _holds(public: bytes, message: bytes, signature: bytes) -> bool:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True
