"""Sites: what each says in its own words."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol


def wording_given_twice(protocol: Protocol) -> Iterator[Hit]:
    """SIT-001: two wordings of one site for one field; only one of them would be printed."""
    for site in protocol.sites:
        first: dict[str, str] = {}
        for wording in site.wording:
            earlier = first.setdefault(wording.field, wording.id)
            if earlier != wording.id:
                message = f'site "{site.id}" words {wording.field} twice, in "{earlier}" and in "{wording.id}"'
                yield Hit(f"/sites/{site.id}/wording/{wording.id}/field", message, "remove one of them")
