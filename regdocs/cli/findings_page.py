"""Findings as one HTML page that staff mail around: by severity, with place, line, hint and source; prints well.

What such a page may hold is said in `page`.
"""

from collections.abc import Iterable, Sequence

from regdocs.cli.page import INVENTED, page
from regdocs.cli.page import words as _text
from regdocs.finding import Finding, Severity
from regdocs.units import plural

_STYLE = """\
body{font:11pt/1.45 "Source Sans 3","Segoe UI",Arial,sans-serif;color:#1a1a1a;max-width:50rem;
margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:0 0 .25rem}h2{font-size:1.15rem;margin:1.75rem 0 .5rem;border-bottom:2px solid #444}
ol{list-style:none;margin:0;padding:0}li{border-left:.4rem solid #777;padding:.2rem 0 .2rem .7rem;margin:0 0 .8rem}
li.error{border-color:#a40000}li.warning{border-color:#b36b00}li.note{border-color:#1f5f8b}p{margin:.15rem 0}
.place,.rule{font-family:"DejaVu Sans Mono",Consolas,monospace;font-size:.85rem;overflow-wrap:anywhere}
.rule{font-weight:bold}
pre{font:.85rem/1.35 "DejaVu Sans Mono",Consolas,monospace;background:#f2f2f2;margin:.25rem 0;padding:.25rem .5rem;
white-space:pre-wrap;overflow-wrap:anywhere}.mark{font-weight:bold;border:2px solid;padding:.25rem .5rem}
@media print{body{max-width:none;margin:0;padding:0;font-size:9.5pt}li{break-inside:avoid}h2{break-after:avoid}
pre{background:none;border:1px solid #999}}@page{margin:18mm}
"""
_HEADINGS = {
    Severity.ERROR: ("Errors", "They keep the documents from being built."),
    Severity.WARNING: ("Warnings", "Slips and doubtful points."),
    Severity.NOTE: ("Notes", "Values still to be completed or only assumed, and remarks."),
}


def findings_page(findings: Sequence[Finding], title: str | None, invented: bool, language: str = "en") -> str:
    """Return the page. `title` is the study's short title, None when its text could not be read.

    `invented` says that the study is a demonstration; the page says so too. The page's own words are English.
    """
    counted = [finding for finding in findings if finding.accepted is None]
    groups = [_group(severity, [one for one in counted if one.severity is severity]) for severity in Severity]
    accepted = _items([finding for finding in findings if finding.accepted is not None])
    if accepted:
        groups.append(f"<h2>Accepted</h2>\n<p>They stay as they are; a named person said why.</p>\n{accepted}")
    name = f"Findings: {title}" if title else "Findings"
    mark = INVENTED if invented else ""
    return page(name, f"{mark}<h1>{_text(name)}</h1>\n<p>{_counts(findings)}</p>\n{''.join(groups)}", _STYLE, language)


def _counts(findings: Iterable[Finding]) -> str:
    listed = list(findings)
    counts = [sum(f.severity is severity and f.accepted is None for f in listed) for severity in Severity]
    told = [plural(count, severity.value) for count, severity in zip(counts, Severity, strict=True)]
    accepted = sum(finding.accepted is not None for finding in listed)
    return ", ".join(told + ([f"{accepted} accepted"] if accepted else [])) + "."


def _group(severity: Severity, findings: Sequence[Finding]) -> str:
    heading, meaning = _HEADINGS[severity]
    return f"<h2>{heading} ({len(findings)})</h2>\n<p>{meaning}</p>\n{_items(findings)}" if findings else ""


def _items(findings: Sequence[Finding]) -> str:
    items = "".join(f'<li class="{finding.severity.value}">\n{_item(finding)}</li>\n' for finding in findings)
    return f"<ol>\n{items}</ol>\n" if items else ""


def _item(finding: Finding) -> str:
    place = f"{finding.file}, line {finding.position.line}, column {finding.position.column}"
    lines = [
        f'<p><span class="rule">{_text(finding.rule)}</span> {_text(finding.message)}</p>',
        f'<p class="place">{_text(place)}</p>',
    ]
    if finding.excerpt and finding.excerpt.strip():
        lines.append(f"<pre>{_text(finding.excerpt.strip()[:400])}</pre>")
    if finding.hint:
        lines.append(f"<p>Hint: {_text(finding.hint)}</p>")
    if finding.source:
        lines.append(f"<p>Source: {_text(finding.source)}</p>")
    if finding.accepted:
        when = f", {finding.accepted.on}" if finding.accepted.on else ""
        lines.append(f"<p>Accepted by {_text(finding.accepted.by + when)}: {_text(finding.accepted.reason)}</p>")
    return "".join(f"{line}\n" for line in lines)
