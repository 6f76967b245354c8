"""`regdocs schema`: what an editor needs to know of protocol.yaml to complete keys and underline mistakes."""

from pathlib import Path

import click


@click.command("schema")
@click.option("--out", "out", default=None, metavar="FILE", help="Write it to FILE; printed when not given.")
@click.pass_obj
def command(folder: Path, out: str | None) -> int:
    """Print the JSON Schema (draft-07) of protocol.yaml, with a description of every field, for editors.

    "regdocs init" writes it beside protocol.yaml as protocol.schema.json, with settings that name it; write it anew
    there after a new version of regdocs.
    """
    from regdocs.spec.editor_schema import editor_schema_text

    if out is None:
        click.echo(editor_schema_text(), nl=False)
    else:
        from regdocs.atomic import write_atomic

        write_atomic(folder / out, editor_schema_text().encode("utf-8"))
        click.echo(f"Schema written to {folder / out}.")
    return 0
