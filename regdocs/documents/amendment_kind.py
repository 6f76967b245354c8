"""What a kind of document of an amendment is: a kind whose view needs what is told of the amendment, too."""

from collections.abc import Callable
from dataclasses import dataclass

from regdocs.documents.amended import AmendmentFacts
from regdocs.documents.kind import Format, Kind
from regdocs.documents.shown import Reader
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

AmendmentView = Callable[[Protocol, AmendmentFacts, Reader, Site | None], object]
AppliesWith = Callable[[Protocol, AmendmentFacts, Site | None], bool]


def always(protocol: Protocol, facts: AmendmentFacts, site: Site | None) -> bool:
    """Tell that every amendment has the kind."""
    return True


@dataclass(frozen=True, slots=True)
class AmendmentKind:
    """One kind of document of an amendment; the attributes are those of `Kind`.

    Attributes:
        applies: Whether the amendment, at this site, has it at all.
    """

    name: str
    title: str
    per_site: bool
    view: AmendmentView
    applies: AppliesWith = always
    participant_facing: bool = False
    formats: tuple[Format, ...] = ("pdf", "docx", "html")

    def of(self, facts: AmendmentFacts) -> Kind:
        """Return the kind for one amendment, to be composed and printed as any other."""

        def view(protocol: Protocol, reader: Reader, site: Site | None) -> object:
            return self.view(protocol, facts, reader, site)

        def applies(protocol: Protocol, site: Site | None) -> bool:
            return self.applies(protocol, facts, site)

        return Kind(
            self.name,
            self.title,
            self.formats,
            self.per_site,
            view,
            applies,
            participant_facing=self.participant_facing,
        )
