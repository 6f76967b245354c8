"""`regdocs valid --signed FILE`: rows of signed forms judged one by one; the file is read and kept nowhere."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regdocs.cli.given import read_given
from regdocs.cli.recording import logbook_of
from regdocs.cli.say import harmless, say_json

if TYPE_CHECKING:
    from regdocs.versions.judging import Judged

NOTICE = "contains participant data"
_LIMIT = 32 * 1024 * 1024


def judge(folder: Path, file: str, as_json: bool) -> int:
    """Judge the rows of a file and say it; return 0 when all are correct, else 1."""
    from regdocs.versions.judging import judged
    from regdocs.versions.signed_forms import signed_forms

    rows = signed_forms(read_given(folder / file, _LIMIT))
    found = tuple(judged(logbook_of(folder), rows))
    if as_json:
        say_json({"notice": NOTICE, "rows": [_as_json(one) for one in found]})
    else:
        _say(found)
    return 0 if found and all(one.verdict == "correct" for one in found) else 1


def _say(found: "tuple[Judged, ...]") -> None:
    click.echo(f"This output {NOTICE}: numbers of participants.")
    for one in found:
        row = one.row
        what = f"{row.form} {row.version} {row.language} at {row.site} on {row.date}"
        entries = f" (entries {', '.join(map(str, one.entries))})" if one.entries else ""
        click.echo(harmless(f"line {row.line}: {row.participant or '–'}: {one.verdict}: {what}{entries}"))
        for reason in one.why:
            click.echo(harmless(f"  {reason}"))
    counted = Counter(one.verdict for one in found)
    click.echo(f"{len(found)} rows: " + (", ".join(f"{count} {what}" for what, count in counted.items()) or "none"))


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
        "verdict": one.verdict,
        "why": list(one.why),
        "entries": list(one.entries),
    }
