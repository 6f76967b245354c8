"""`docs/signatures.md`, made of the table of signature rules.

`python -m tests.documents.signature_page` writes the page anew after a rule was added or changed.
"""

from pathlib import Path

from regdocs.documents.amendment_kinds import amendment_kind_named
from regdocs.documents.kinds import kind_named
from regdocs.documents.signature_lines import SignatureRule
from regdocs.documents.signatures import RULES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "signatures.md"

_INTRODUCTION = """# Signatures

Who signs on which paper, when, by which rule, and what they attest. The lines on the papers follow this table
(`regdocs/documents/signatures.py`); this page is made from it (`python -m tests.documents.signature_page`).

Software proposes, people decide: a line stands or is missing because of what `protocol.yaml` records, and a board may
decide otherwise. No age of consent or assent has a default: bands of assent come from `oversight[].paediatric` only.
With the short form, the participant signs the short form, the witness signs the short form and the summary, the person
who obtained consent signs the summary.

A clause marked * is written from memory and has to be checked against the official text before anyone relies on it.
"""


def page() -> str:
    """The whole page, with one table for each paper, in the order of the rules."""
    papers = dict.fromkeys(rule.paper for rule in RULES)
    return _INTRODUCTION + "".join(_of_paper(paper) for paper in papers)


def _of_paper(paper: str) -> str:
    kind = kind_named(paper) or amendment_kind_named(paper)
    assert kind is not None, f"no document of the kind {paper}"
    head = f"\n## {kind.title} (`{paper}`)\n\n| Rule | Who signs | When | Regime and clause | What they attest |\n"
    return f"{head}|---|---|---|---|---|\n" + "".join(_row(rule) for rule in RULES if rule.paper == paper)


def _row(rule: SignatureRule) -> str:
    mark = "" if rule.checked else " \\*"
    clause = f"{rule.regime}: {rule.citation}{mark}" if rule.citation else rule.regime
    return f"| `{rule.id}` | {rule.signs} | {rule.trigger} | {clause} | “{rule.attests}” |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
