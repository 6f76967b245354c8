"""`regdocs explain`: the page of a rule, or the list of rules."""

import click

from regdocs.errors import UsageError


@click.command("explain")
@click.argument("rule", required=False)
def command(rule: str | None) -> int:
    """Print what a rule finds, why it matters and how it is mended; without RULE, list every rule."""
    from regdocs.rules.pages import rule_pages

    pages = {page.id: page for page in rule_pages()}
    if rule is None:
        for page in pages.values():
            click.echo(f"{page.id:<12}{page.severity:<9}{page.name}")
        return 0
    if rule.upper() not in pages:
        raise UsageError(f'there is no rule "{rule}"{_way_out(rule.upper(), tuple(pages))}')
    click.echo(pages[rule.upper()].text, nl=False)
    return 0


def _way_out(rule: str, known: tuple[str, ...]) -> str:
    import difflib

    near = difflib.get_close_matches(rule, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else '; "regdocs explain" lists them'
