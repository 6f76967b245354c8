"""The forms that were read, as a checklist for a board and as JSON: the same facts each time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from regdocs.consent.elements import packs
from regdocs.consent.evidence import Evidence
from regdocs.consent.reading import FormRead
from regdocs.consent.standing import STATES, Standing
from regdocs.documents.element_checklist import ToldElement, ToldForm, ToldPack
from regdocs.documents.kinds import kind_named

JSON_FORMAT = "regdocs.consent-check/v1"
_MOST_PLACES = 3


def told_forms(read: Iterable[FormRead], versions: Mapping[str, str]) -> tuple[ToldForm, ...]:
    """Return the forms as the checklist prints them; `versions` are those of the forms by stem, as they are printed."""
    return tuple(_form(one, versions.get(one.paper.stem)) for one in read)


def form_title(one: FormRead) -> str:
    """Return what people call a form."""
    kind = kind_named(one.paper.kind)
    return kind.title if kind is not None else one.paper.kind


def counts_of(standings: Iterable[Standing]) -> tuple[tuple[str, int], ...]:
    """Return how many elements have each state, states that none has left out."""
    counted = Counter(one.state for one in standings)
    return tuple((state, counted[state]) for state in STATES if counted[state])


def where(one: Standing) -> str:
    """Return the places at which an element stands, for people."""
    places = list(dict.fromkeys(each.place for each in one.evidence))
    more = f"; and {len(places) - _MOST_PLACES} more" if len(places) > _MOST_PLACES else ""
    return "; ".join(places[:_MOST_PLACES]) + more


def first_texts(one: Standing) -> tuple[Evidence, ...]:
    """Return the first few texts that give an element, without those whose words stand within another of them."""
    said: list[Evidence] = []
    for each in one.evidence:
        if not any(each.words in other.words for other in said):
            said.append(each)
    return tuple(said[:_MOST_PLACES])


def form_json(one: FormRead) -> dict[str, object]:
    """Return a form with everything that is known of its elements, as JSON."""
    return {
        "document": one.paper.stem,
        "site": one.paper.site.id if one.paper.site else None,
        "language": one.paper.language,
        "packs": [{"id": each.pack, "applies": each.applies, "reason": each.reason} for each in one.packs],
        "elements": [_standing_json(each) for each in one.standings],
        "out_of_place": [_standing_json(each) for each in one.out_of_place],
    }


def _standing_json(one: Standing) -> dict[str, object]:
    element = one.element
    return {
        "id": element.id,
        "pack": element.pack,
        "citation": element.citation,
        "wording_read": element.read,
        "about": element.about,
        "state": one.state,
        "why": one.why or None,
        "paths": list(one.paths),
        "evidence": [_evidence_json(each) for each in one.evidence],
    }


def _evidence_json(one: Evidence) -> dict[str, object]:
    return {
        "document": one.document,
        "block": one.block,
        "section": one.section,
        "page": one.page,
        "words": one.words,
        "state": one.state,
    }


def _form(one: FormRead, version: str | None) -> ToldForm:
    names = {pack.id: pack.name for pack in packs()}
    applied = tuple(ToldPack(names[each.pack], "yes" if each.applies else "no", each.reason) for each in one.packs)
    site = one.paper.site.id if one.paper.site else None
    counts = counts_of(one.standings)
    title = form_title(one) if version is None else f"{form_title(one)}, version: {version}"
    return ToldForm(title, site, one.paper.language, applied, counts, tuple(_groups(one.standings)))


def _groups(standings: tuple[Standing, ...]) -> Iterator[tuple[str, tuple[ToldElement, ...]]]:
    for pack in packs():
        elements = tuple(_element(one) for one in standings if one.element.pack == pack.id)
        if elements:
            yield f"{pack.name}: {pack.source}", elements


def _element(one: Standing) -> ToldElement:
    element, words = one.element, "” “".join(each.quoted for each in first_texts(one))
    return ToldElement(element.id, element.cited, element.about, one.state, where(one), words, one.why)
