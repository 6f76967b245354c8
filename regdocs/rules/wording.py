"""Words that stand in place of others: for parents in the permission form, and languages of the short form.

Knows which fields there are; whether words were written well is for people to judge.
"""

import re
from collections import Counter
from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.paths import known_values
from regdocs.spec.protocol import Protocol

_YES = re.compile(r"\s*yes\b", re.IGNORECASE)
_SHORT_FORM = "short-form"


def parents_words_for_nothing(protocol: Protocol) -> Iterator[Hit]:
    """PAR-002: words for parents that stand for a field which is not there, or for one that has them already."""
    counted = Counter(value.path for value in known_values(protocol))
    there = {*counted, *(f"{path}/{number}" for path, count in counted.items() for number in range(count))}
    first: dict[str, str] = {}
    for wording in protocol.consent.wording_for_parents:
        path = f"/consent/wording_for_parents/{wording.id}/field"
        earlier = first.setdefault(wording.field, wording.id)
        if wording.field not in there:
            message = f'"{wording.id}" words {wording.field} for parents, and no text stands there'
            yield Hit(path, message, "write the path of a text of this file, such as /consent/benefits")
        elif earlier != wording.id:
            message = f'"{earlier}" and "{wording.id}" both word {wording.field} for parents'
            yield Hit(path, message, "remove one of them")


def short_forms_without_languages(protocol: Protocol) -> Iterator[Hit]:
    """LNG-001: a site at which short forms may be used, without the languages of the people asked with them."""
    answers = {answer.question: answer.answer for answer in protocol.answers}
    for site in protocol.sites:
        said = answers.get(f"{_SHORT_FORM}:{site.id}") or answers.get(_SHORT_FORM)
        if said is not None and _YES.match(said.value or "") and not site.short_form_languages:
            message = f'short forms may be used at "{site.id}", but in which languages is not recorded'
            yield Hit(f"/sites/{site.id}", message, "add 'short_form_languages:' to the site, and have them translated")
