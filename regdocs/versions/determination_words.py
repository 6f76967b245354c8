"""How a body's determination about participants who consented before is said and kept: words, a need, a day.

Beside the body's words stands what the person read out of them who records it: `need`, whether consent is needed anew,
and `by`, until which day. Words without that are for a person to read; nothing is read out of them here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, TypeAlias, get_args

from regdocs.audit.forms import is_day
from regdocs.versions.actors import NotAllowed

Need: TypeAlias = Literal["required", "next-visit", "not-required"]
NEEDS: tuple[Need, ...] = get_args(Need)

_SITE = re.compile(r"([A-Za-z][A-Za-z0-9._-]{0,63})=(.*)", re.ASCII | re.DOTALL)
_SAID = re.compile(rf"({'|'.join(NEEDS)})(?: by=([^\s:]+))?: ?(.*)", re.DOTALL)
_MEANT = re.compile(rf"(?:{'|'.join(NEEDS)})\b")
_FORM = "[SITE=]required [by=2026-08-01]: TEXT, or next-visit, or not-required, or words alone"


def determination_said(said: str) -> dict[str, str]:
    """Return a determination as entries have it, from a text such as "north=required by=2026-08-01: All, by then".

    Words alone are kept as words, for one site ("north=Full re-consent") or for all of the decision's.

    Raises:
        NotAllowed: It begins like one that a machine can act on and is none, a day is none, or it has no words.
    """
    found = _SITE.fullmatch(said)
    site, words = (found[1], found[2]) if found and found[1] not in NEEDS else (None, said)
    told = {} if site is None else {"site": site}
    acted = _SAID.fullmatch(words)
    if acted is None:
        if _MEANT.match(words):
            raise NotAllowed(f'"{said[:60]}" has to be {_FORM} that begin with another word')
        return told | {"text": words}
    need, by, text = acted.groups()
    if by is not None and need == "not-required":
        raise NotAllowed(f'"{said[:60]}": nothing is due by a day where consent is not required anew')
    return told | {"need": need} | ({} if by is None else {"by": by}) | {"text": text}


def require_determinations(listed: tuple[Mapping[str, str], ...]) -> None:
    """Refuse determinations that have no form: another word for the need, a day that is none.

    Raises:
        NotAllowed: One has.
    """
    for one in listed:
        if one.get("need", NEEDS[0]) not in NEEDS:
            raise NotAllowed(f'"{one["need"]}" is not what a body can determine: {", ".join(NEEDS)}')
        if "by" in one and not is_day(one["by"]):
            raise NotAllowed(f'"{one["by"]}", by which consent is needed anew, is not a day of the form 2026-08-01')


def determination_flags(entry: Mapping[str, Any]) -> Iterator[str]:
    """Yield what is odd about the determinations of a decision; nothing of it keeps them from being recorded."""
    for one in entry.get("reconsent", ()):
        if not isinstance(one, dict):
            continue
        site, by = one.get("site"), one.get("by")
        if site is not None and site not in entry["sites"]:
            yield f'it determines for the site "{site}", which it does not decide for'
        if isinstance(by, str) and by < entry["decided"]:
            yield f"it asks for consent anew by {by}, before it was decided on {entry['decided']}"
