"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors read: rules with their pages, results with places.

Does not print. Columns count characters, as ours do; files are named relative to where the caller stands.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import quote

from regdocs import __version__
from regdocs.finding import Finding, Severity
from regdocs.rules.pages import RulePage, rule_pages

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}

Json = dict[str, object]


def sarif_log(findings: Sequence[Finding], folder: str) -> Json:
    """Return one run with every rule that was found, and every finding; `folder` leads to the study ("" or "a/b").

    The rules come with the text of their pages. An accepted finding is a suppressed result, with the reason.
    """
    found = sorted({finding.rule for finding in findings})
    pages = {page.id: page for page in rule_pages()}
    numbers = {rule: number for number, rule in enumerate(found)}
    driver: Json = {
        "name": "regdocs",
        "semanticVersion": __version__,
        "rules": [_rule(rule, pages.get(rule), findings) for rule in found],
    }
    run: Json = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, numbers[finding.rule], folder) for finding in findings],
    }
    return {"$schema": SCHEMA, "version": VERSION, "runs": [run]}


def _rule(rule: str, page: RulePage | None, findings: Iterable[Finding]) -> Json:
    severity = next(finding.severity for finding in findings if finding.rule == rule)
    known: Json = {"id": rule, "defaultConfiguration": {"level": _LEVELS[severity]}}
    if page is None:
        return known
    described: Json = {
        "shortDescription": {"text": page.name},
        "fullDescription": {"text": page.summary},
        "help": {"text": page.text, "markdown": page.text},
    }
    return known | described


def _result(finding: Finding, number: int, folder: str) -> Json:
    hint = f"\nhint: {finding.hint}" if finding.hint else ""
    result: Json = {
        "ruleId": finding.rule,
        "ruleIndex": number,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + hint},
        "locations": [{"physicalLocation": _place(finding, folder)}],
    }
    if finding.accepted is not None:
        why = f"{finding.accepted.by}: {finding.accepted.reason}"
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": why}]
    return result


def _place(finding: Finding, folder: str) -> Json:
    path = f"{folder}/{finding.file}" if folder else finding.file
    region: Json = {"startLine": finding.position.line, "startColumn": finding.position.column}
    if finding.excerpt is not None:
        region["snippet"] = {"text": finding.excerpt}
    return {"artifactLocation": {"uri": quote(path), "uriBaseId": "%SRCROOT%"}, "region": region}
