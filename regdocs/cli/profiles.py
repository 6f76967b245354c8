"""`regdocs profiles`: the profiles of boards that come with the program, or the text of one."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from regdocs.submission.profile import Profile


@click.command("profiles")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(name: str | None, as_json: bool) -> int:
    """List the profiles of boards that come with the program; with NAME, print the YAML of one, to copy and change.

    A profile is an example of its day. "read" says that the pages it names were read, not that it is right or still
    holds: the board's own page decides.
    """
    from regdocs.cli.say import say_json
    from regdocs.submission.profile import shipped_profile, shipped_profiles

    if name is None:
        profiles = [shipped_profile(one) for one in shipped_profiles()]
        if as_json:
            say_json([_row(profile) for profile in profiles])
            return 0
        for profile in profiles:
            click.echo(f"{profile.name:<10}{profile.as_of}  {profile.checked:<13}{profile.title}")
        return 0
    profile = shipped_profile(name)
    if as_json:
        say_json(profile.model_dump(mode="json", by_alias=True))
    else:
        click.echo(shipped_profiles()[name].read_text(encoding="utf-8"), nl=False)
    return 0


def _row(profile: "Profile") -> dict[str, object]:
    sources = [source.model_dump(mode="json") for source in profile.sources]
    told = {"name": profile.name, "title": profile.title, "as_of": profile.as_of, "checked": profile.checked}
    return {**told, "about": profile.about, "sources": sources}
