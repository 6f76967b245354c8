"""Passphrases: asked at the terminal, or of the log's key read from a file or a descriptor.

A person's passphrase is taken from a terminal and nowhere else. Nothing of it is kept or shown.
"""

import sys

from regdocs.errors import Refusal, UsageError

MAX_PASSPHRASE_BYTES = 4096


def ask_person(name: str) -> str:
    """Ask for the passphrase of a person's key, at the terminal and nowhere else.

    Raises:
        Refusal: There is no terminal.
    """
    return asked(f"Passphrase of {name}: ", f'the passphrase of "{name}" is asked at a terminal, and there is none')


def ask_new(name: str) -> str:
    """Ask for the passphrase of a key that is being made, twice.

    Raises:
        Refusal: There is no terminal, the two differ, or it is empty.
    """
    first = asked(f"New passphrase of {name}: ", "a new key's passphrase is asked at a terminal, and there is none")
    if not first:
        raise Refusal("a person's key needs a passphrase; nothing was made")
    if asked("The same again: ", "there is no terminal") != first:
        raise Refusal("the two passphrases differ; nothing was made")
    return first


def machine_passphrase(file: str | None, descriptor: int | None) -> str | None:
    """Return the first line of a file or a descriptor, or None when neither is given.

    Raises:
        UsageError: Both are given.
        Refusal: It cannot be read, or is empty.
    """
    if file is not None and descriptor is not None:
        raise UsageError("give the passphrase by a file or by a descriptor, not by both")
    if file is None and descriptor is None:
        return None
    try:
        with open(descriptor if file is None else file, "rb") as stream:  # type: ignore[arg-type]
            line: str = stream.readline(MAX_PASSPHRASE_BYTES).rstrip(b"\r\n").decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"the passphrase cannot be read: {error}") from error
    if not line:
        raise Refusal("the passphrase that was given is empty")
    return line


def asked(prompt: str, without_terminal: str) -> str:
    """Ask without showing what is typed. Standard input counts only when it is a terminal.

    Raises:
        Refusal: There is no terminal, or what is typed is no UTF-8 text.
    """
    if not sys.stdin.isatty():
        raise Refusal(without_terminal)
    import getpass

    try:
        typed = getpass.getpass(prompt)
        typed.encode("utf-8")  # some systems hand over bytes that are no text as half characters
    except EOFError as error:
        raise Refusal(without_terminal) from error
    except UnicodeError as error:
        raise Refusal(
            "what was typed is not UTF-8 text, as a passphrase is; look at the terminal's encoding"
        ) from error
    return typed
