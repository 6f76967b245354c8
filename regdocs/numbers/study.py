"""A study as its numbers are looked at: the protocol with its places, its composed documents, its templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from regdocs.content.model import Document
from regdocs.documents.kind import Kind
from regdocs.documents.sandbox import Template
from regdocs.numbers.recorded import Recorded
from regdocs.spec.identity import Site
from regdocs.spec.load import Loaded
from regdocs.spec.protocol import Protocol


@dataclass(frozen=True, slots=True)
class OneDocument:
    """One composed document: its name ("consent/van-hanh/en"), what it is, and its tree.

    `shortened` says whether a board's alteration of consent may have taken something out of it.
    """

    stem: str
    kind: Kind
    site: Site | None
    document: Document
    shortened: bool = False


@dataclass(frozen=True)
class StudyDocuments:
    """A study that could be composed.

    Attributes:
        loaded: The protocol with places; it has no error.
        documents: In the order of the kinds.
        templates: All templates by name, the study's own over the shipped ones.
        own: Names of the study's own.
    """

    loaded: Loaded
    documents: tuple[OneDocument, ...]
    templates: Mapping[str, Template]
    own: frozenset[str]

    @property
    def protocol(self) -> Protocol:
        """The typed protocol."""
        assert self.loaded.protocol is not None
        return self.loaded.protocol

    @cached_property
    def recorded(self) -> Recorded:
        """The numbers of the protocol by path."""
        assert self.loaded.tree is not None
        return Recorded(self.loaded.tree)

    @cached_property
    def written(self) -> tuple[OneDocument, ...]:
        """The documents in the language in which the templates speak; translations take their values from them."""
        return tuple(one for one in self.documents if one.document.language == self.protocol.language)
