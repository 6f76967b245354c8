"""Reads the elements of every form of a study that asks for consent: packs, states, evidence, findings.

Knows which kinds of documents give the elements. Renders nothing; pages come from the caller.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from regdocs.consent.as_text import sections_of_document
from regdocs.consent.evidence import Evidence, evidence_of
from regdocs.consent.packs import Applied, packs_of
from regdocs.consent.standing import Form, Standing, out_of_place, standings
from regdocs.consent.told import answers_that_cannot_count, findings_of, out_of_place_findings
from regdocs.consent.unmarked import spoken_as_evidence
from regdocs.content.model import Document
from regdocs.documents.alteration import Altered
from regdocs.finding import Finding
from regdocs.prose.recognised import against
from regdocs.spec.identity import Site
from regdocs.spec.load import Loaded

GIVES_ELEMENTS = ("consent", "parental-permission", "short-form-summary")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a study as it is read here."""

    kind: str
    stem: str
    site: Site | None
    language: str
    document: Document
    altered: Altered | None


Pages = Callable[[Paper], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FormRead:
    """A form with the packs that apply to it and how each element stands."""

    paper: Paper
    packs: tuple[Applied, ...]
    standings: tuple[Standing, ...]
    out_of_place: tuple[Standing, ...]


def read_forms(papers: Iterable[Paper], loaded: Loaded, pages: Pages | None = None) -> tuple[FormRead, ...]:
    """Return every form that gives the elements of consent, read; `pages` says where its blocks begin."""
    every = tuple(papers)
    given = {one.stem: evidence_of(one.document, stem=one.stem) for one in every}
    return tuple(_read(one, every, given, loaded, pages) for one in every if one.kind in GIVES_ELEMENTS)


def findings_in(
    read: Iterable[FormRead], loaded: Loaded, *, final: bool = False, file: str | None = None
) -> list[Finding]:
    """Return what is to be said of the forms, and of recorded answers that cannot count.

    `file` is the file of another that was read in place of our form; findings then stand there.
    """
    told = [
        finding
        for one in read
        for finding in (
            *findings_of(one.paper.stem, one.standings, loaded, final=final, file=file),
            *out_of_place_findings(one.paper.stem, one.out_of_place, file),
        )
    ]
    return [*answers_that_cannot_count(loaded), *told]


def _read(
    paper: Paper,
    every: tuple[Paper, ...],
    given: Mapping[str, Mapping[str, tuple[Evidence, ...]]],
    loaded: Loaded,
    pages: Pages | None,
) -> FormRead:
    assert loaded.protocol is not None
    applied = packs_of(loaded.protocol, paper.site)
    own = evidence_of(paper.document, pages(paper) if pages is not None else None)
    form = Form(paper.stem, paper.site, paper.language, own, paper.altered, _beside(paper, every, given))
    judged = _without_what_is_spoken_against(standings(form, loaded.protocol, applied), paper)
    return FormRead(paper, applied, judged, out_of_place(form, applied))


def _without_what_is_spoken_against(judged: tuple[Standing, ...], paper: Paper) -> tuple[Standing, ...]:
    """Return the standings, an element as missing where words of the form speak against it: a right given up."""
    if not paper.language.startswith("en"):
        return judged
    spoken = against(sections_of_document(paper.document))
    why = "these words speak against it"
    return tuple(
        replace(one, state="missing", evidence=tuple(map(spoken_as_evidence, spoken[one.element.id])), why=why)
        if spoken.get(one.element.id)
        else one
        for one in judged
    )


def _beside(
    paper: Paper, every: tuple[Paper, ...], given: Mapping[str, Mapping[str, tuple[Evidence, ...]]]
) -> dict[str, Mapping[str, tuple[Evidence, ...]]]:
    """Return what other documents of the site give, by kind; of several languages the form's own."""
    others = [one for one in every if one is not paper and one.site == paper.site]
    nearest_last = sorted(others, key=lambda one: one.language == paper.language)
    return {one.kind: given[one.stem] for one in nearest_last}
