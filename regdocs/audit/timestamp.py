"""Time-stamps by RFC 3161 over a head of the log, verified without a network.

Knows how to ask `rfc3161-client`, which the extra `timestamp` brings, whether a token is over given bytes and by an
authority under given roots. Does not fetch tokens, and does not know which authorities deserve trust: the roots come
from the reader.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from regdocs.errors import EnvironmentLacks, Refusal

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

MAX_TOKEN = 65_536
"""Bytes of the longest token that is read."""


class NotATimestamp(Refusal):
    """The bytes are no time-stamp of RFC 3161, or the roots are no certificates."""


class BadTimestamp(Refusal):
    """A time-stamp that is not over these bytes, or not by an authority under these roots."""


def timestamp_time(token: bytes, message: bytes, roots: bytes) -> datetime:
    """Return when the authority says that it saw the message, in UTC; what it says of its accuracy is not added.

    The authority's certificates have to be good at that time, not today. Whether they were revoked is not looked at:
    that would need the network.

    Args:
        token: What the authority answered (the response with its status), or the token alone; in DER.
        message: What the time-stamp is over: the text of a checkpoint.
        roots: Certificates that the reader trusts, in PEM; at least one.

    Raises:
        NotATimestamp: Bytes that are none, or roots that cannot be read.
        BadTimestamp: Another message, another root, a certificate that is not for time-stamps, a hash that is weak.
        EnvironmentLacks: The extra `timestamp` is not installed.

    Source: RFC 3161, 2.4.2; docs/formats/audit-log.md, "Time".
    """
    try:
        from rfc3161_client import VerificationError, VerifierBuilder
    except ImportError as error:
        raise EnvironmentLacks(
            'time-stamps are verified with the package rfc3161-client: pip install "regdocs[timestamp]"'
        ) from error
    response = _response(token)
    builder = VerifierBuilder(roots=_certificates(roots))
    try:
        builder.build().verify_message(response, message)
    except (VerificationError, ValueError) as error:
        raise BadTimestamp(f"the time-stamp does not hold: {error}") from error
    return _utc(response.tst_info.gen_time)


def _response(token: bytes) -> "TimeStampResponse":
    from rfc3161_client import decode_timestamp_response

    if len(token) > MAX_TOKEN:
        raise NotATimestamp(f"a time-stamp of {len(token)} bytes; at most {MAX_TOKEN} are read")
    try:
        return decode_timestamp_response(_granted(token) if _is_bare(token) else token)
    except ValueError as error:
        raise NotATimestamp(f"no time-stamp of RFC 3161 in DER: {error}") from error


def _is_bare(token: bytes) -> bool:
    """Whether an object identifier comes first, as in a token, and not a status, as in a response."""
    lengths = token[1] & 0x7F if len(token) > 1 and token[1] & 0x80 else 0
    return token[2 + lengths : 3 + lengths] == b"\x06"


def _granted(token: bytes) -> bytes:
    """Return the response that says "granted" and holds the token (RFC 3161, 2.4.2: TimeStampResp)."""
    content = bytes.fromhex("3003020100") + token
    if len(content) < 0x80:
        return bytes([0x30, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([0x30, 0x80 | len(length)]) + length + content


def _certificates(pem: bytes) -> "list[Certificate]":
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise NotATimestamp("the roots are not certificates in PEM") from error


def _utc(time: datetime) -> datetime:
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC)
