"""`regdocs doctor`: whether this machine has what is needed, and the exact remedy where it has not."""

import sys

import click

LACKS = 69


@click.command("doctor")
def command() -> int:
    """Say whether this machine has what regdocs needs."""
    import yaml

    from regdocs.build.toolchain import toolchain
    from regdocs.render.environment import pdf_environment
    from regdocs.shipped import shipped

    click.echo(f"Python {sys.version.split()[0]}")
    click.echo(f"Templates: {shipped('templates')}")
    reader = "libyaml" if yaml.__with_libyaml__ else "pure Python (slower, same results)"
    click.echo(f"YAML reader: {reader}")
    for name, version in toolchain().items():
        click.echo(f"  {name}: {version}")
    problems = pdf_environment()
    for problem in problems:
        click.echo(f"Missing: {problem.what}\n  remedy: {problem.remedy}")
    click.echo("PDF: ready" if not problems else "PDF: cannot be made here; Word, HTML and text can")
    return LACKS if problems else 0
