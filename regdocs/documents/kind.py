"""What a kind of document is: its name, where it is written, and how a protocol becomes its view."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from regdocs.documents.shown import Reader
from regdocs.spec.identity import Site
from regdocs.spec.protocol import Protocol

Format = Literal["pdf", "docx", "html", "txt"]
View = Callable[[Protocol, Reader, Site | None], object]
Applies = Callable[[Protocol, Site | None], bool]


def always(protocol: Protocol, site: Site | None) -> bool:
    """Tell that every study has the kind."""
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document.

    Attributes:
        name: Folder of its template and of its output, and `--only NAME`.
        title: What people call it.
        formats: The formats it is printed in.
        per_site: Whether each site has its own (consent and its companions).
        view: Reads from the protocol what its template prints. The site is None unless `per_site`.
        applies: Whether this study, at this site, has the kind at all, by recorded facts; what does not is not made.
        fillable: Whether its PDF may also be made with form fields.
        alterable: Whether it gives the elements of consent, so that a board's alteration of consent changes it.
        to_parents: Whether it speaks to parents; words for participants are then said as they were worded for parents.
        oral: Whether it is for people who speak other languages than the site's forms: it has languages of its own.
        participant_facing: Whether participants get it. Its pages then carry no head of the study's log.
    """

    name: str
    title: str
    formats: tuple[Format, ...]
    per_site: bool
    view: View
    applies: Applies = always
    fillable: bool = False
    alterable: bool = False
    participant_facing: bool = False
    to_parents: bool = False
    oral: bool = False

    def languages(self, site: Site) -> tuple[str, ...]:
        """Return the languages in which a site needs it, as they are recorded."""
        return site.short_form_languages if self.oral else site.languages

    @property
    def template(self) -> str:
        """Name of the kind's template below `templates/`."""
        return f"{self.name}/{self.name}.xml"
