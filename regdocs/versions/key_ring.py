"""The private keys at hand: a folder of key files outside the study, or the derived keys of a demonstration.

Knows how key files are named and which one belongs to whom; does not know who is enrolled. Passphrases are asked for by
the caller (`Ask`), once for each signer that is made.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from regdocs.audit import disk
from regdocs.audit.key_files import MAX_KEY_FILE, KeyFileRefused, demonstration_signer, load_signer, new_key
from regdocs.audit.names import is_name
from regdocs.audit.note import COSIGNATURE, ED25519, Key, NotAKey, Signer, parse_key
from regdocs.errors import Refusal

ENDING = ".pem"

# Given the key's name, returns the passphrase of its file; called only for a file that has one.
Ask: TypeAlias = Callable[[str], str | None]

_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


class NoSuchKey(Refusal):
    """No private key at hand can sign as asked."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Private keys.

    Attributes:
        folder: Where the key files lie; it need not be there. Not used for a demonstration.
        demonstration: Whether keys are derived from their names.
    """

    folder: Path
    demonstration: bool = False

    def names(self) -> tuple[str, ...]:
        """Return the names of the keys in the folder, sorted; () for a demonstration, where every name has a key."""
        if self.demonstration:
            return ()
        files = disk.names_in(self.folder)
        found = (name.removesuffix(ENDING).replace("+", "/") for name in files if name.endswith(ENDING))
        return tuple(sorted(name for name in found if is_name(name)))

    def persons(self) -> tuple[str, ...]:
        """Return the persons that have a key in the folder, sorted."""
        keys = [parsed for name in self.names() if (parsed := self._stated(name))]
        return tuple(sorted({_owner(key) for key in keys if _is_person_key(key)}))

    def one_of(self, names: Sequence[str], ask: Ask) -> Signer:
        """Return the signer of the first of these keys that is at hand.

        Raises:
            NoSuchKey: None of them is.
            KeyFileRefused: Its file cannot be used, or the passphrase is another one.
        """
        name = self.first_of(names)
        if self.demonstration:
            return demonstration_signer(name)
        passphrase = ask(name) if self.is_encrypted(name) else None
        return load_signer(self.path_of(name), passphrase, name=name)

    def first_of(self, names: Sequence[str]) -> str:
        """Return the first of these keys that is at hand. Raises NoSuchKey when none is."""
        if self.demonstration:
            return names[0]
        at_hand = next((name for name in names if disk.is_there(self.path_of(name))), None)
        if at_hand is None:
            wanted = " or ".join(f'"{name}"' for name in names)
            raise NoSuchKey(f'the private key {wanted} is not in "{self.folder}"; --keys names another folder')
        return at_hand

    def person(self, name: str, ask: Ask) -> Signer:
        """Return a signer by the name of a key ("jane@example.org/k1") or of a person, whose newest key it is then.

        Raises as `one_of`.
        """
        if self.demonstration:
            return demonstration_signer(name if _has_word(name) else f"{name}/k1")
        return self.one_of([name] if _has_word(name) else self.of_person(name) or [name], ask)

    def of_person(self, person: str) -> list[str]:
        """Return the names of a person's keys in the folder, the newest first: k10 before k9."""
        mine = [one for one in self.names() if one.rpartition("/")[0] == person]
        return sorted(mine, key=_by_number, reverse=True)

    def log(self, key: Key, ask: Ask) -> Signer:
        """Return the signer of the log's key, whatever its file is called: the key has the log's origin as its name.

        Raises:
            NoSuchKey: No file here has this key.
            KeyFileRefused: Its file cannot be used, or the passphrase is another one.
        """
        if self.demonstration:
            return demonstration_signer(key.name)
        for name in self.names():
            stated = self._stated(name)
            if stated is not None and stated.public == key.public:
                return _Named(key, self.one_of([name], ask))
        raise NoSuchKey(f'no file in "{self.folder}" has the key of the log, {key.text}; --keys names another folder')

    def cosigner(self, name: str, ask: Ask) -> Signer:
        """Return the signer of a cosigner's key (kind 0x04). Raises as `one_of`."""
        if self.demonstration:
            return demonstration_signer(name, COSIGNATURE)
        return self.one_of([name], ask)

    def public(self, name: str) -> Key:
        """Return the public key that a key file states; no passphrase is needed.

        Raises:
            NoSuchKey: There is no such file, or it states none.
        """
        if self.demonstration:
            return demonstration_signer(name).key
        found = self._stated(name)
        if found is None:
            raise NoSuchKey(f'there is no key "{name}" in "{self.folder}"; "regdocs keys new" makes one')
        return found

    def public_of(self, names: Sequence[str]) -> Key:
        """Return the public key of the first of these keys that is at hand; no passphrase is needed.

        Raises as `first_of` and `public`.
        """
        return self.public(self.first_of(names))

    def next_name(self, person: str) -> str:
        """Return the name for a person's next key: the first of k1, k2 … beyond those in the folder."""
        taken = [_by_number(one) for one in self.of_person(person)]
        return f"{person}/k{max(taken, default=0) + 1}"

    def new(self, name: str, passphrase: str | None, *, cosigner: bool = False) -> Key:
        """Make a key and its file, and return the public key.

        Raises:
            KeyFileRefused: A file of that name is there already.
            DiskRefuses: The system refuses.
        """
        path = self.path_of(name)
        try:
            with disk.explained(self.folder, "write"):
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except FileExistsError as error:
            raise KeyFileRefused(f'"{self.folder}" is a file; it has to be a folder') from error
        return new_key(path, name, passphrase, COSIGNATURE if cosigner else ED25519)

    def refuse_taken(self, name: str) -> None:
        """Refuse a name whose key file is there already, before anybody is asked for a passphrase.

        Raises:
            KeyFileRefused: It is there; a key file is never overwritten.
        """
        if disk.is_there(self.path_of(name)):
            raise KeyFileRefused(f'"{self.path_of(name)}" is there already, and a key file is never overwritten')

    def path_of(self, name: str) -> Path:
        """Return where the file of a key is or would be.

        Raises:
            NoSuchKey: That is no name of a key.
        """
        if not is_name(name):
            raise NoSuchKey(f'"{name}" is not the name of a key: small letters, digits and ._/@-')
        return self.folder / (name.replace("/", "+") + ENDING)  # "+" is in no name, so no two share a file

    def is_encrypted(self, name: str) -> bool:
        """Tell whether the file of a key asks for a passphrase."""
        return _ENCRYPTED in (disk.read_file(self.path_of(name), MAX_KEY_FILE) or b"")

    def _stated(self, name: str) -> Key | None:
        data = disk.read_file(self.path_of(name), MAX_KEY_FILE) or b""
        try:
            return parse_key(data.partition(b"\n")[0].decode("utf-8", "replace"))
        except NotAKey:
            return None


class _Named:
    """A signer under another name: a log's key is made before the log has its origin."""

    def __init__(self, key: Key, inner: Signer) -> None:
        self.key = key
        self._inner = inner

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature."""
        return self._inner.sign(message)


def _owner(key: Key) -> str:
    return key.name.rpartition("/")[0]


def _is_person_key(key: Key) -> bool:
    """Tell a person's key from a log's, whose name has a domain, a study and a number."""
    return key.kind == ED25519 and key.name.count("/") == 1


def _has_word(name: str) -> bool:
    return "/" in name


def _by_number(name: str) -> int:
    digits = name.rpartition("/k")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 0
