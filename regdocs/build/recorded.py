"""What a build is told of a recorded version, and whether the working copy is that version.

Plain data: the log that it comes from is not known here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regdocs.canonical import digest_of, sha256_hex

if TYPE_CHECKING:
    from regdocs.build.study import Inputs
    from regdocs.content.identity import Identity


@dataclass(frozen=True, slots=True)
class Carried:
    """What a recorded document carries: version and date of its own, the protocol's, the head in its footer, its tree.

    `log_head` is None where its kind shows none; `tree` is the digest of its content tree as issued.
    """

    version: str
    date: str
    protocol_version: str
    log_head: str | None
    tree: str

    def identity(self) -> "Identity":
        """Return what the writers print of it."""
        from regdocs.content.identity import Identity

        return Identity(
            version=self.version, date=self.date, protocol_version=self.protocol_version, log_head=self.log_head
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recorded version: its name, its documents by stem ("consent/north/en"), and the inputs by path with digest.

    Inputs are `protocol.yaml`, `templates/…` and `translations/…`.
    """

    version: str
    documents: Mapping[str, Carried] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Digest of all of it."""
        documents = {
            stem: [one.version, one.date, one.protocol_version, one.log_head, one.tree]
            for stem, one in self.documents.items()
        }
        return digest_of({"version": self.version, "documents": documents, "inputs": dict(self.inputs)})


def input_digests(inputs: "Inputs") -> dict[str, str]:
    """Return the digest of each file that a study's documents are made from, by the path it is recorded under."""
    return {path: sha256_hex(data) for path, data in input_files(inputs).items()}


def input_files(inputs: "Inputs") -> dict[str, bytes]:
    """Return the bytes of each file that a study's documents are made from, by the path it is recorded under."""
    from regdocs.build.study import PROTOCOL, TEMPLATES, TRANSLATIONS

    templates = {f"{TEMPLATES}/{name}": data for name, data in inputs.templates.items()}
    translations = {f"{TRANSLATIONS}/{name}": data for name, data in inputs.translations.items()}
    return {PROTOCOL: inputs.protocol, **templates, **translations}


def differences(recorded: Recorded, inputs: Mapping[str, str], trees: Mapping[str, str]) -> tuple[str, ...]:
    """Return in words what of the working copy is not as in the recorded version; () when all of it is.

    `inputs` are digests of files by path, `trees` digests of content trees by stem.
    """
    issued = {stem: one.tree for stem, one in recorded.documents.items()}
    return (*_compared(recorded.inputs, inputs, ""), *_compared(issued, trees, "the text of "))


def _compared(before: Mapping[str, str], now: Mapping[str, str], what: str) -> Iterable[str]:
    for name in sorted(before.keys() | now.keys()):
        if name not in now:
            yield f"{what}{name} is not there any more"
        elif name not in before:
            yield f"{what}{name} is new"
        elif now[name] != before[name]:
            yield f"{what}{name} has changed"
