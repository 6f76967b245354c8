"""`regdocs check FILE.docx --consent`: a form without our marks held against the elements of consent, by its words."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regdocs.cli.given import MAX_FILE_BYTES, read_given
from regdocs.errors import Refusal, UsageError

if TYPE_CHECKING:
    from regdocs.build.examine import Draftable, Examined
    from regdocs.consent.reading import FormRead
    from regdocs.prose.recognised import TextSection


def form_in_words(file: Path, named: str | None, examined: "Examined") -> "FormRead":
    """Return a Word file read in place of the form of the study that it stands for.

    Raises:
        Refusal: The file cannot be read.
        UsageError: Nobody said which form it is, where the study has several.
    """
    from regdocs.consent.conditions import condition
    from regdocs.consent.packs import packs_of
    from regdocs.consent.reading import FormRead, Paper
    from regdocs.consent.unmarked import out_of_place_by_words, read_unmarked, standings_by_words, with_what_is_recorded
    from regdocs.versions.read_apart import apart

    protocol = examined.loaded.protocol
    assert protocol is not None  # a study that cannot be loaded has an error, which is told first
    draft = _form_named(named, examined)
    data = read_given(file, MAX_FILE_BYTES)
    try:
        text = read_unmarked(apart(partial(_sections, data)))
    except Refusal as error:
        raise Refusal(f'"{file}": {error}') from error
    if _is_ours(data):
        click.echo(f'"{file}" was made by regdocs: "regdocs check {file.name}" says more of it', err=True)
    packs = packs_of(protocol, draft.site)
    asked = partial(condition, protocol=protocol, site=draft.site)
    paper = Paper(draft.kind.name, draft.stem, draft.site, draft.language, draft.composed.document, None)
    judged = tuple(with_what_is_recorded(one, protocol, draft.site) for one in standings_by_words(text, packs, asked))
    return FormRead(paper, packs, judged, out_of_place_by_words(text, packs))


def _sections(data: bytes) -> "tuple[TextSection, ...]":
    from regdocs.prose.recognised import TextSection
    from regdocs.render.word_sections import word_sections

    return tuple(TextSection(one.heading, one.text) for one in word_sections(data))


def _is_ours(data: bytes) -> bool:
    """Tell whether a Word file, which was read before, carries the part in which we keep the ids of its blocks."""
    import io
    import zipfile

    from regdocs.render.docx.bookmarks import PART, block_ids

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        sizes = [one.file_size for one in package.infolist() if one.filename.startswith("customXml/")]
        there = PART in package.namelist()
    return there and sum(sizes) < MAX_FILE_BYTES and bool(block_ids(data))


def _form_named(named: str | None, examined: "Examined") -> "Draftable":
    """Return the form of the study for which the file stands: it says which site, and so which rules."""
    from regdocs.consent.reading import GIVES_ELEMENTS

    forms = {one.stem: one for one in examined.documents if one.kind.name in GIVES_ELEMENTS}
    if named in forms:
        if not forms[named].language.startswith("en"):
            raise UsageError(f'"{named}" is not in English, and words without marks are recognised in English only')
        return forms[named]
    if named is None and len(forms) == 1:
        return next(iter(forms.values()))
    what = "say which form the file is" if named is None else f'the study has no form "{named}"'
    raise UsageError(f'{what}: "--as" one of {", ".join(forms) or "none"}')
