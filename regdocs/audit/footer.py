"""A head of the log as it is printed at the foot of a page, short enough to be typed by hand.

Knows the text; carries no signature, and does not know what is in the log.
Source: docs/formats/audit-log.md, "Chain and tree", Head in a footer.
"""

import re
from dataclasses import dataclass

from regdocs.errors import Refusal

PREFIX_BYTES = 20
"""Bytes of the root that are printed: 160 bits, 32 characters."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Crockford: I and L are read as 1, O as 0, hyphens are passed over. U is no digit.
_READ = str.maketrans("ILO", "110", "-\u2010\u2011 ")
_FOOTER = re.compile(r"log ([1-9][0-9]{0,15})[^0-9A-Za-z]+([0-9A-Za-z\u2010\u2011 -]+)", re.IGNORECASE | re.ASCII)


class NotAFooter(Refusal):
    """The text is not a head of a log as a page shows it."""


@dataclass(frozen=True, slots=True)
class Footer:
    """The size of the tree, and the first 20 bytes of its root."""

    size: int
    prefix: bytes

    def matches(self, root: bytes) -> bool:
        """Tell whether a tree of this size with that root is the one meant."""
        return root[:PREFIX_BYTES] == self.prefix


def footer_text(size: int, root: bytes) -> str:
    """Return what is printed: "log 42 · 7QK4-M2XA-…", 32 characters in groups of four.

    Raises:
        ValueError: A size below 1, or a root that has not 32 bytes.
    """
    if size < 1 or len(root) != 32:
        raise ValueError("a footer shows the size, from 1, and the root, of 32 bytes")
    number = int.from_bytes(root[:PREFIX_BYTES], "big")
    digits = "".join(_ALPHABET[number >> shift & 31] for shift in range(8 * PREFIX_BYTES - 5, -1, -5))
    return f"log {size} · {'-'.join(digits[at : at + 4] for at in range(0, len(digits), 4))}"


def parse_footer(text: str) -> Footer:
    """Return what a footer says, copied from a page or typed: in any case, with any spaces, hyphens or none.

    Raises:
        NotAFooter: Anything else, or not 32 characters of the base32.
    """
    found = _FOOTER.fullmatch(" ".join(text.split()))
    if found is None:
        raise NotAFooter(f'{text[:80]!a} is not of the form "log 42 · 7QK4-M2XA-…"')
    digits = found[2].upper().translate(_READ)
    if len(digits) != 32 or not set(digits) <= set(_ALPHABET):
        raise NotAFooter(f"{found[2]!a} is not 32 letters and digits of a footer's alphabet, which has no U")
    number = 0
    for digit in digits:
        number = number << 5 | _ALPHABET.index(digit)
    return Footer(int(found[1]), number.to_bytes(PREFIX_BYTES, "big"))
