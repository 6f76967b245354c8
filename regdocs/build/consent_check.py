"""Reads the consent forms of a study with the pages of their PDFs, and prints the checklist for a board.

Joins what a study composes with what reads its elements and with the printers. Writes nothing.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from regdocs.build.cache import Cache
from regdocs.build.examine import Draftable, Examined, template_texts
from regdocs.build.identity import identity_of
from regdocs.build.order import DEFAULT_PROFILE
from regdocs.build.printing import print_all
from regdocs.build.study import REFERENCE_DOCX, Inputs
from regdocs.build.toolchain import toolchain
from regdocs.build.workers import Failure
from regdocs.build.writers import Print, print_document
from regdocs.canonical import canonical_json, digest_of
from regdocs.consent.checklist import told_forms
from regdocs.consent.reading import GIVES_ELEMENTS, FormRead, Paper, read_forms
from regdocs.content.identity import Identity
from regdocs.content.json_form import identity_to_json, to_json
from regdocs.documents.compose import compose
from regdocs.documents.element_checklist import element_checklist
from regdocs.documents.template import TemplateProblem
from regdocs.errors import Refusal

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which forms are read: kinds and ids of sites, none for all of them."""

    kinds: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()

    def takes(self, one: Draftable) -> bool:
        """Tell whether a document is read."""
        of_kind = one.kind.name in (self.kinds or GIVES_ELEMENTS)
        return of_kind and self._at_site(one)

    def beside(self, one: Draftable) -> bool:
        """Tell whether a document is read for its wording alone, beside the forms that give the elements."""
        return not self.kinds and one.kind.name == "assent" and self._at_site(one)

    def _at_site(self, one: Draftable) -> bool:
        return not self.sites or (one.site is not None and one.site.id in self.sites)


def read_consent(
    examined: Examined, chosen: Chosen, pages: Mapping[str, Mapping[str, int]] | None = None
) -> tuple[FormRead, ...]:
    """Return the forms of a study, read; `pages` are those of each form by its stem, from `pages_of_forms`."""
    papers = tuple(map(_paper, examined.documents))
    taken = {one.stem for one in examined.documents if chosen.takes(one)}
    read = read_forms(papers, examined.loaded, (lambda paper: pages.get(paper.stem, {})) if pages else None)
    return tuple(one for one in read if one.paper.stem in taken)


def papers_of(examined: Examined, chosen: Chosen) -> tuple[Paper, ...]:
    """Return the documents whose wording is looked at: the forms, and for all kinds assent beside them."""
    return tuple(_paper(one) for one in examined.documents if chosen.takes(one) or chosen.beside(one))


def pages_of_forms(
    examined: Examined,
    inputs: Inputs,
    chosen: Chosen,
    processes: int,
    progress: Progress,
    clock: Callable[[], float],
    cache: Cache | None = None,
) -> tuple[dict[str, Mapping[str, int]], tuple[Failure, ...]]:
    """Return on which page of its PDF each block of each form begins, and which forms could not be printed.

    With a `cache` a form that was laid out before is not laid out again.

    Raises:
        EnvironmentLacks: This machine lacks what PDFs need.
    """
    prints = {one.stem: _print(one, examined, inputs) for one in examined.documents if chosen.takes(one)}
    keys = {stem: _key(one) for stem, one in prints.items()}
    known = {stem: pages for stem, key in keys.items() if cache and (pages := _kept(cache, key)) is not None}
    left = {stem: one for stem, one in prints.items() if stem not in known}
    made, failures = print_all(left, processes, progress, clock)
    laid_out = {stem: printed.pages for stem, printed in made.items()}
    if cache is not None:
        cache.put((keys[stem], canonical_json(dict(pages))) for stem, pages in laid_out.items())
    return {**known, **laid_out}, failures


def print_checklist(read: tuple[FormRead, ...], examined: Examined, inputs: Inputs, format_: str) -> bytes:
    """Return the checklist as "pdf" or "docx".

    Raises:
        Refusal: The study's own template of the checklist cannot be used.
        EnvironmentLacks: This machine lacks what PDFs need.
    """
    protocol = examined.loaded.protocol
    assert protocol is not None
    printed = {one.paper.stem: identity_of(one.paper.document, protocol, final=False).version for one in read}
    kind = element_checklist(told_forms(read, printed))
    try:
        made = compose(kind, protocol, None, protocol.language, template_texts(inputs)[0])
    except TemplateProblem as problem:
        raise Refusal(f"templates/{problem.template}, line {problem.line}: {problem.message}") from problem
    version = protocol.version.value or "to be completed"
    identity = Identity(version=version, protocol_version=version)
    profile = DEFAULT_PROFILE if format_ == "pdf" else None
    return print_document(Print(made.document, identity, format_, profile, inputs.templates[REFERENCE_DOCX]))


def _paper(one: Draftable) -> Paper:
    composed = one.composed
    return Paper(one.kind.name, one.stem, one.site, one.language, composed.document, composed.altered)


def _print(one: Draftable, examined: Examined, inputs: Inputs) -> Print:
    assert examined.loaded.protocol is not None
    identity = identity_of(one.composed.document, examined.loaded.protocol, final=False)
    return Print(one.composed.document, identity, "pdf", DEFAULT_PROFILE, inputs.templates[REFERENCE_DOCX])


def _key(one: Print) -> str:
    tree, identity = to_json(one.document), identity_to_json(one.identity)
    return digest_of({"pages": digest_of(tree), "identity": identity, "toolchain": toolchain()})


def _kept(cache: Cache, key: str) -> dict[str, int] | None:
    kept = cache.get(key)
    if kept is None:
        return None
    pages = json.loads(kept)
    whole = isinstance(pages, dict) and all(isinstance(page, int) for page in pages.values())
    return pages if whole else None
