"""What `regdocs amend` tells people: what changed, what it touches, classes, re-consent, redlines and their bases."""

from typing import TYPE_CHECKING

import click

from regdocs.cli.say import harmless

if TYPE_CHECKING:
    from regdocs.documents.amended import AmendmentFacts
    from regdocs.versions.preparation import Amended, Prepared
    from regdocs.versions.redlines import BaseFor


def say_amendment(prepared: "Prepared") -> None:
    """Say which changes are declared, and which redlines are made against what."""
    amended = _amended(prepared)
    declaration = amended.amending.declaration
    click.echo(f"Amendment {prepared.amendment}, version {harmless(prepared.asked.version)}")
    for row in amended.facts.rows:
        click.echo(f"  {harmless(row.id)}: {harmless(row.description or '')} ({_count(len(row.wordings), 'change')})")
    if declaration.follows is not None:
        click.echo(f"  follows the urgent safety measure in entry {declaration.follows}")
    click.echo("Redlines:")
    for one in amended.redlines.made:
        what = "; ".join(dict.fromkeys(f"{base.body}: {_approval(base)}" for base in one.bases))
        click.echo(f"  {harmless(one.document.stem)} against version {harmless(one.base.version)} ({harmless(what)})")
    if not amended.redlines.made:
        click.echo("  none")


def _approval(one: "BaseFor") -> str:
    if one.approval is None:
        return f"chosen: {one.against}"
    return f"approved {one.approval.day}, {one.approval.reference}"


def say_without_base(prepared: "Prepared") -> None:
    """Say for which documents no base is approved, and what exists instead."""
    lacking = _amended(prepared).redlines.without_base
    if lacking:
        click.echo("No redline, because nothing is approved that it could be made against:")
    for one in lacking:
        exists = "; ".join(one.exists) or "nothing was submitted or decided"
        click.echo(f"  {harmless(one.stem)}, {harmless(one.body)}: {harmless(exists)}")
    if lacking:
        click.echo('  "regdocs decision" records an approval; --against VERSION --because TEXT takes another base.')


def say_impact(prepared: "Prepared") -> None:
    """Say which documents change and which do not."""
    from regdocs.amendment.coverage import OWN

    impact = _amended(prepared).amending.differences.impact
    click.echo("What each change touches:")
    for path, touched in impact.by_path.items():
        if path in OWN:
            continue
        places = [f"{stem} ({', '.join(names)})" if names else stem for stem, names in touched.documents.items()]
        click.echo(f"  {harmless(path)}: {harmless('; '.join(places) or 'no document')}")
    click.echo(f"Documents that stay as they are: {', '.join(map(harmless, impact.untouched)) or 'none'}")


def say_classes(prepared: "Prepared") -> None:
    """Say the proposed class of each change under each regime; bodies decide."""
    click.echo("Proposed classes (people and bodies decide; nothing is used before a decision unless it says so):")
    for row in _facts(prepared).rows:
        for one in row.classes:
            before = "; may be used before a decision" if one.before_decision else ""
            source = f" Source: {one.source}" if one.source else ""
            words = f"{row.id}, {one.regime}: {one.name} – {one.reason}{before}.{source}"
            click.echo(f"  {harmless(words)}")


def say_advice(prepared: "Prepared") -> None:
    """Say what is proposed for each group of participants; the board determines."""
    click.echo("Re-consent, as proposed (the board determines):")
    for one in _facts(prepared).advice:
        click.echo(f"  {harmless(one.label)}: {harmless(one.proposal or '')}{_due(one.due)}")


def _due(due: str | None) -> str:
    return f" – {harmless(due)}" if due else ""


def _count(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _facts(prepared: "Prepared") -> "AmendmentFacts":
    return _amended(prepared).facts


def _amended(prepared: "Prepared") -> "Amended":
    assert prepared.amended is not None, "an amendment was prepared"
    return prepared.amended
