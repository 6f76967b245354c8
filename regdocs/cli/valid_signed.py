"""`regdocs valid --signed FILE`: rows of signed forms judged, and who has to sign anew; the file is kept nowhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.given import read_given
from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json
from regdocs.cli.today import day_for, day_given, whose_clock

if TYPE_CHECKING:
    from regdocs.versions.judging import Judged
    from regdocs.versions.logbook import Logbook
    from regdocs.versions.reconsenting import Reconsent

NOTICE = "contains participant data"
OVERDUE = "re-consent overdue"
_LIMIT = 32 * 1024 * 1024


def judge(folder: Path, file: str, on: str | None, as_json: bool) -> int:
    """Judge the rows of a file and say it; return 0 when all are correct and no re-consent is overdue, else 1."""
    from regdocs.versions.judging import judged
    from regdocs.versions.reconsenting import reconsents
    from regdocs.versions.signed_forms import signed_forms
    from regdocs.versions.site_days import zone_of_site

    day_given(on)
    logbook = logbook_of(folder)
    rows = signed_forms(read_given(folder / file, _LIMIT), lambda site: zone_of_site(logbook, site))
    found = tuple(judged(logbook, rows))
    again = reconsents(logbook, found, lambda site: day_for(logbook, site, on))
    if as_json:
        say_json(_whole(logbook, found, again))
    else:
        for line in (*_told(found), *_told_again(logbook, again, on)):
            click.echo(harmless(line))
    right = found and all(one.verdict == "correct" for one in found)
    return 0 if right and all(one.verdict != OVERDUE for one in again) else 1


def _told(found: "tuple[Judged, ...]") -> Iterator[str]:
    yield f"This output {NOTICE}: numbers of participants."
    for one in found:
        row = one.row
        what = f"{row.form} {row.version} {row.language} at {row.site} on {row.date}"
        yield f"line {row.line}: {row.participant or '–'}: {one.verdict}: {what}{_entries(one.entries)}"
        yield from (f"  {reason}" for reason in (*row.told, *one.why))
    yield f"{len(found)} rows: {_counted(one.verdict for one in found)}"


def _told_again(logbook: "Logbook", again: "tuple[Reconsent, ...]", on: str | None) -> Iterator[str]:
    for site in dict.fromkeys(one.site for one in again):
        mine = [one for one in again if one.site == site]
        yield f"Re-consent at {site} on {mine[0].day}, {whose_clock(logbook, site, on)}:"
        for one in mine:
            yield f"  {one.participant}: {one.verdict}{_until(one)}: {_last(one)}{_entries(one.entries)}"
            yield from (f"    {reason}" for reason in one.why)
        yield from (f"  {line}" for line in _proposals(logbook, site, mine))
        yield f"  {len(mine)} participants and forms: {_counted(one.verdict for one in mine)}"


def _until(one: "Reconsent") -> str:
    return f" (by {one.by})" if one.by else ""


def _last(one: "Reconsent") -> str:
    return f"last signed {one.signed} on {one.signed_on}" if one.signed else "nothing can be said of them"


def _proposals(logbook: "Logbook", site: str, mine: "list[Reconsent]") -> Iterator[str]:
    """Yield what the sponsor proposed with each version that a verdict is about."""
    from regdocs.amendment.citation import E6_282
    from regdocs.versions.advice_issued import proposed

    for version in dict.fromkeys(name for one in mine for name in one.versions):
        found = proposed(logbook, logbook.version(version), site)
        if found:
            yield f"the sponsor proposed with version {version} (the body determines: {E6_282}): {'; '.join(found)}"


def _entries(numbers: "tuple[int, ...]") -> str:
    return f" (entries {', '.join(map(str, numbers))})" if numbers else ""


def _counted(verdicts: "Iterator[str]") -> str:
    return ", ".join(f"{count} {what}" for what, count in Counter(verdicts).items()) or "none"


def _whole(logbook: "Logbook", found: "tuple[Judged, ...]", again: "tuple[Reconsent, ...]") -> dict[str, Any]:
    from regdocs.versions.advice_issued import proposed

    pairs = dict.fromkeys((one.site, name) for one in again for name in one.versions)
    proposals = [
        {"site": site, "version": name, "proposed": list(proposed(logbook, logbook.version(name), site))}
        for site, name in pairs
    ]
    listed = [asdict(one) for one in again]
    return {"notice": NOTICE, "rows": [_as_json(one) for one in found], "reconsent": listed, "proposals": proposals}


def _as_json(one: "Judged") -> dict[str, Any]:
    row = one.row
    return {
        "line": row.line,
        "participant": row.participant,
        "site": row.site,
        "form": row.form,
        "version": row.version,
        "language": row.language,
        "date": row.date,
        "time": row.time,
        "told": list(row.told),
        "verdict": one.verdict,
        "why": list(one.why),
        "entries": list(one.entries),
    }
