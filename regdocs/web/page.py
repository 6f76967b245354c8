"""The report as one HTML file: data, words and check together, and a policy under which it may load nothing.

Script and style are named by digest in the policy; every word from a log goes through a template that escapes it. The
same log, day and findings give the same bytes.
"""

import base64
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from regdocs.errors import Refusal
from regdocs.finding import Finding
from regdocs.units import plural
from regdocs.versions.activations import activations_of
from regdocs.versions.due import due_at
from regdocs.versions.facts import unsealed
from regdocs.versions.ledger_signers import signers_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.version_form import form_of, known_in
from regdocs.versions.version_states import states_of
from regdocs.web.changes import by_path, redlined, told
from regdocs.web.elements import elements
from regdocs.web.embedded import embedded
from regdocs.web.known_files import known_files
from regdocs.web.people import keys_shown, stretches, witnessed
from regdocs.web.standing import standings
from regdocs.web.timeline import signatures, timeline

MARK = "<!-- A report of regdocs: the history of one study, which checks itself. Format regdocs.report/v1. -->"
"""The second line of every report, by which one is known again before it is written over."""

_TEMPLATE, _STYLE = "report.html.j2", "report.css"
_SCRIPTS = ("digest.js", "note.js", "log.js", "outside.js", "report.js")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for.

    Attributes:
        day_of: The day that is asked about, by site.
        findings: What `check` finds in the working copy; None where that cannot be looked at.
        harmless: Returns a text so that nothing in it directs or hides other text.
    """

    day_of: Callable[[str], str]
    findings: tuple[Finding, ...] | None
    harmless: Callable[[str], str]


def report(logbook: Logbook, asked: Asked) -> bytes:
    """Return the page.

    Raises:
        Refusal: What the log says of its documents does not fit, or an object is missing or another one.
    """
    return _html(logbook, asked, paper=False).encode("utf-8")


def report_on_paper(logbook: Logbook, asked: Asked) -> str:
    """Return the same history as HTML to be printed: without script and data, so it checks nothing, and says so.

    Raises:
        Refusal: As `report`.
    """
    return _html(logbook, asked, paper=True)


def _html(logbook: Logbook, asked: Asked, *, paper: bool) -> str:
    from markupsafe import Markup

    style, script = _own(_STYLE), "" if paper else _script()
    known = known_files(logbook, asked.day_of)
    words = _words(logbook, asked) | {
        "mark": Markup(MARK),
        "policy": _policy(style, script),
        "style": Markup(style),
        "script": Markup(script),
        "data": Markup("" if paper else embedded(logbook, known)),
        "files": len({one.sha256 for one in known}),
        "paper": paper,
        "root": logbook.head.root.hex(),
    }
    return _rendered(words, asked.harmless)


def is_report(data: bytes) -> bool:
    """Tell whether bytes are those of a report of ours, whatever was done to it since."""
    return data.split(b"\n", 2)[1:2] == [MARK.encode("utf-8")]


def _script() -> str:
    """Return the page's script, in one scope of its own."""
    body = "\n".join(map(_own, _SCRIPTS))
    if "</script" in body.lower() or "<!--" in body:
        raise Refusal("the script of the report would end its own element")
    return f'\n(() => {{\n"use strict";\n{body}}})();\n'


def _own(name: str) -> str:
    return files("regdocs.web").joinpath(name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; script-src 'sha256-{_digest(script)}'; style-src 'sha256-{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _rendered(words: Mapping[str, Any], harmless: Callable[[str], str]) -> str:
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    def shown(value: object) -> object:
        return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=shown, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_own(_TEMPLATE)).render(words)


# ------------------------------------------------------------------------------------------------------------- words


def _words(logbook: Logbook, asked: Asked) -> dict[str, Any]:
    changes, items, evidence = by_path(logbook), timeline(logbook), witnessed(logbook)
    found = elements(logbook, changes)
    return {
        "logbook": logbook,
        "title": _title(logbook),
        "fictional": any(form_of(logbook, one).get("demonstration") is True for one in logbook.versions),
        "plural": plural,
        "versions": [_version(logbook, one, changes[one.n]) for one in logbook.versions],
        "became": {one.n: _became(logbook, one) for one in logbook.versions},
        "standings": standings(logbook, asked.day_of),
        "due": due_at(logbook, asked.day_of),
        "findings": _counting(asked.findings),
        "items": items,
        "flagged": [one for one in items if one.flags],
        "signatures": signatures(logbook),
        "changed": [one for one in found if one.changed],
        "unchanged": [one for one in found if not one.changed],
        "keys": keys_shown(logbook),
        "witnessed": evidence,
        "stretches": stretches(logbook, evidence),
        "newest": logbook.entry(logbook.head.size - 1)["at"],
    }


def _title(logbook: Logbook) -> str | None:
    form = form_of(logbook, logbook.versions[-1]) if logbook.versions else {}
    title = known_in(form, "identity", "titles", "short")
    return title if isinstance(title, str) else None


def _version(logbook: Logbook, version: Version, changes: Iterable[Any]) -> dict[str, Any]:
    return {
        "version": version,
        "why": _why(logbook, version),
        "signed": signers_of(logbook, version.name).signed,
        "states": states_of(logbook, version),
        "changes": [told(one) for one in changes],
        "redlines": redlined(logbook, version),
    }


def _became(logbook: Logbook, version: Version) -> list[str]:
    """Return in words what bodies did with a version, and which sites use it."""
    used = [one for one in activations_of(logbook) if one["version"] == version.name]
    return [
        *(one.words for one in states_of(logbook, version)),
        *(f"{one['site']} uses it from {one['on']} (entry {one['n']})" for one in used),
    ]


def _why(logbook: Logbook, version: Version) -> str | None:
    entry = logbook.whole_entry(version.n)
    return unsealed(logbook, entry["why"]) if "why" in entry else None


def _counting(findings: tuple[Finding, ...] | None) -> list[Finding] | None:
    return None if findings is None else [one for one in findings if one.accepted is None]
