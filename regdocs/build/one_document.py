"""One document of a study, found by kind, site and language as somebody asked for it. Knows what was composed."""

import difflib

from regdocs.build.examine import Draftable, Examined
from regdocs.documents.kinds import KINDS, kind_named
from regdocs.errors import Refusal, UsageError
from regdocs.finding import Severity


def composed_documents(examined: Examined) -> tuple[Draftable, ...]:
    """Return the documents of a study.

    Raises:
        Refusal: Nothing was composed, because an error stands in the way.
    """
    errors = [one for one in examined.findings if one.severity is Severity.ERROR]
    if errors or not examined.documents:
        told = "1 error stands" if len(errors) == 1 else f"{len(errors)} errors stand"
        raise Refusal(f'{told} in the way of the documents; "regdocs check" names what has to be mended')
    return examined.documents


def document_asked(examined: Examined, kind: str, site: str | None, language: str | None) -> Draftable:
    """Return the document of that kind, at that site where sites have their own, in that language.

    Site and language may be left out where there is only one; a language that is left out is the protocol's.

    Raises:
        Refusal: Nothing was composed.
        UsageError: There is no such document, or several are meant.
    """
    if kind_named(kind) is None:
        raise UsageError(f'there is no kind of document "{kind}"{near(kind, [one.name for one in KINDS])}')
    found = [one for one in composed_documents(examined) if one.kind.name == kind]
    if not found:
        raise UsageError(f'this study has no document of the kind "{kind}"')
    sites = list(dict.fromkeys(one.site.id for one in found if one.site is not None))
    if site is None and len(sites) > 1:
        raise UsageError(f"name the site with --site: {', '.join(sites)}")
    if site is not None and site not in sites:
        raise UsageError(f'there is no "{kind}" of a site "{site}"{near(site, sites)}')
    here = [one for one in found if site is None or (one.site is not None and one.site.id == site)]
    assert examined.loaded.protocol is not None  # what cannot be loaded is never composed
    wanted = language or examined.loaded.protocol.language
    one = next((one for one in here if one.language == wanted), None)
    if one is None:
        raise UsageError(f'there is no such document in "{wanted}"{near(wanted, [each.language for each in here])}')
    return one


def near(asked: str, known: list[str]) -> str:
    """Return the nearest known name as a question, or all of them."""
    close = difflib.get_close_matches(asked, known, n=1)
    if close:
        return f'; did you mean "{close[0]}"?'
    return f"; there are: {', '.join(known)}" if known else ""
