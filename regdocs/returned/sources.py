"""The texts of a study in which edits are proposed, as they stand and as they would stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PROTOCOL, TEMPLATES, TRANSLATIONS = "protocol.yaml", "templates", "translations"


@dataclass(frozen=True)
class Sources:
    """A study's texts by the names of their files in the study folder.

    Attributes:
        texts: protocol.yaml, every template that is text, and every translation.
        own: The files that lie in the study folder; other templates came with the program.
    """

    texts: Mapping[str, str]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class Edit:
    """A file before and after what is proposed; `own` is whether it lies in the study folder already."""

    file: str
    before: str
    after: str
    own: bool


@dataclass(frozen=True, slots=True)
class Unproposed:
    """Something in the file for which no edit is proposed.

    Attributes:
        number: Its paragraph in the file.
        what: What it is, in words.
        why: Why not, and where a person would do it.
    """

    number: int
    what: str
    why: str


@dataclass
class Draft:
    """The texts while edits are being made in them."""

    sources: Sources
    texts: dict[str, str] = field(default_factory=dict)

    def text(self, file: str) -> str | None:
        """Return a file as it would stand by now; None where there is none."""
        return self.texts.get(file, self.sources.texts.get(file))

    def edits(self) -> tuple[Edit, ...]:
        """Return what is proposed, by the names of files."""
        before = self.sources.texts
        changed = (name for name in sorted(self.texts) if self.texts[name] != before[name])
        return tuple(Edit(name, before[name], self.texts[name], name in self.sources.own) for name in changed)
