"""Signing at a terminal: the text is shown, the passphrase is asked, and then it is signed, exactly as shown.

Knows the terminal. Showing and asking come before the log is locked (`versions.rehearsal`); signing then asks nobody.
"""

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from regdocs.cli.passphrase import ask_person
from regdocs.cli.say import harmless
from regdocs.errors import Refusal

if TYPE_CHECKING:
    from regdocs.audit.note import Signer
    from regdocs.versions.key_ring import KeyRing
    from regdocs.versions.signing import Shown

TRIES = 3


def terminal_signer(ring: "KeyRing", names: Sequence[str]) -> "Signer":
    """Return the signer of the first of these keys at hand: before each signature it shows the whole text, and asks.

    Raises:
        NoSuchKey: None of the keys is at hand.
    """
    return _AtTerminal(ring, ring.first_of(names))


def head_signer(ring: "KeyRing", name: str, origin: str) -> "Signer":
    """Return a person's signer of one new head of a log, in place of its lost key, after asking for the passphrase.

    The head's root follows from what people sign before it, so it is told and not shown.

    Raises:
        WrongPassphrase, Refusal: As `terminal_signer` when it asks.
    """
    click.echo(f"{name} will sign the new head of {origin}, beside its new key.", err=True)
    return _unlocked(ring, name)


def show(words: str, shown: "Shown") -> None:
    """Show what a signature will be about: the whole entry, and the files that it names by the digest of their list."""
    _say(words, json.dumps(shown.entry, ensure_ascii=False, indent=2).split("\n"))
    if shown.files is not None:
        _say("Files:", shown.files.splitlines())


def _say(words: str, lines: Iterable[str]) -> None:
    click.echo(words, err=True)
    for line in lines:
        click.echo(f"    {harmless(line)}", err=True)


class _AtTerminal:
    """Signs what it has shown, after asking for the passphrase where the key has one: once for each signature."""

    def __init__(self, ring: "KeyRing", name: str) -> None:
        self._ring, self._name = ring, name
        self._asked: dict[tuple[bytes, ...], tuple[bytes, Signer]] = {}
        self.key = ring.public(name)

    def ask(self, message: bytes) -> None:
        """Show the text, and ask; when only its time is another than before, show that.

        Raises:
            WrongPassphrase: It is another one; nothing is signed.
            Refusal: A passphrase is needed and there is no terminal.
        """
        lines = message.splitlines()
        before = self._asked.get(_lasting(lines))
        if before is None:
            self._show(f"{self._name} signs this text:", lines)
            self._asked[_lasting(lines)] = message, _unlocked(self._ring, self._name)
            return
        old = before[0].splitlines()
        self._show("These lines of it are now:", [line for line in lines if line not in old])
        self._asked[_lasting(lines)] = message, before[1]

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature of a text that was asked for; asks if nothing was.

        Raises:
            Refusal: Another text than the one shown is to be signed.
            As `ask`.
        """
        if not self._asked:
            self.ask(message)
        shown, signer = self._asked.pop(_lasting(message.splitlines()), (b"", None))
        if signer is None or shown != message:
            raise Refusal("the log changed after the text was shown; nothing was signed or recorded; do it again")
        return signer.sign(message)

    def _show(self, words: str, lines: Sequence[bytes]) -> None:
        _say(f"{words}\n", (line.decode("utf-8") for line in lines))
        click.echo("", err=True)


def _lasting(lines: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return what of a person's text stays when it is made again later.

    Its time does not; nor does the leaf of an entry of the same write ("entry 7 <leaf>"), which that time is part of.
    """
    kept = (line for line in lines if not line.startswith(b"time "))
    return tuple(line.rpartition(b" ")[0] if line.startswith(b"entry ") else line for line in kept)


def _unlocked(ring: "KeyRing", name: str) -> "Signer":
    """Return the signer of the key file; a slip at the keyboard may be mended twice."""
    from regdocs.audit.key_files import WrongPassphrase

    for _ in range(TRIES - 1):
        try:
            return ring.one_of([name], ask_person)
        except WrongPassphrase:
            click.echo("Another passphrase than the key's; once more.", err=True)
    return ring.one_of([name], ask_person)
