"""`regdocs explain`: the page of a rule, the list of rules, or why a block stands in a document."""

from pathlib import Path

import click

from regdocs.cli.say import harmless
from regdocs.errors import UsageError


@click.command("explain")
@click.argument("rule", required=False)
@click.option("--block", "block", default=None, metavar="ID", help="Say why this block stands, or does not.")
@click.option("--site", "site", default=None, metavar="ID", help="With --block: at this site.")
@click.pass_obj
def command(folder: Path, rule: str | None, block: str | None, site: str | None) -> int:
    """Print what a rule finds, why it matters and how it is mended; without RULE, list every rule.

    RULE may also be an element of consent, such as CR-a3.

    With --block, say which template writes a block and under which conditions, what it is marked with, which lines of
    protocol.yaml it prints, by which rule a signature stands, and whether a board's alteration touches it.
    """
    from regdocs.rules.pages import rule_pages

    if block is not None:
        if rule is not None:
            raise UsageError("name a rule or, with --block, a block; not both")
        _explain_block(folder, block, site)
        return 0
    if site is not None:
        raise UsageError("--site goes with --block")
    pages = {page.id: page for page in rule_pages()}
    if rule is None:
        for page in pages.values():
            click.echo(f"{page.id:<12}{page.severity:<9}{page.name}")
        return 0
    told = _element(rule)
    if told is not None:
        click.echo(told)
        return 0
    if rule.upper() not in pages:
        raise UsageError(f'there is no rule "{rule}"{_way_out(rule.upper(), tuple(pages))}')
    click.echo(pages[rule.upper()].text, nl=False)
    return 0


def _element(name: str) -> str | None:
    """Return what an element of consent is about, or None where there is none of that name."""
    from regdocs.consent.conditions import CONDITIONS
    from regdocs.consent.elements import element_named

    element = element_named(name)
    if element is None:
        return None
    condition = CONDITIONS.get(element.expected)
    expected = f"where {condition[0]}" if condition else element.expected.replace("_", " ")
    marks = "; and ".join(" or ".join(group) for group in element.given_by)
    return (
        f"{element.id}: {element.about}\nSource: {element.cited}\nExpected: {expected}\n"
        f"Given by text marked: {marks}\nWhat the states mean: docs/consent-check.md"
    )


def _explain_block(folder: Path, block: str, site: str | None) -> None:
    from regdocs.build.block_words import block_told
    from regdocs.build.examine import examine
    from regdocs.build.study import find_study, read_inputs

    inputs = read_inputs(find_study(folder))
    for line in block_told(block, examine(inputs), inputs, site):
        click.echo(harmless(line))


def _way_out(rule: str, known: tuple[str, ...]) -> str:
    import difflib

    near = difflib.get_close_matches(rule, known, n=1)
    return f'; did you mean "{near[0]}"?' if near else '; "regdocs explain" lists them'
