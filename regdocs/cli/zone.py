"""The time zone that a page's times are given in: the one asked for, else the computer's as far as it has a name.

Knows the environment and where systems keep the name. The variable TZ counts before the system's own setting, as for
every other program. Windows names zones in words of its own, which are not translated here.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import click

from regdocs.errors import UsageError
from regdocs.zones import is_zone

UTC = "UTC"
_LOCALTIME = Path("/etc/localtime")


def zone_of(given: str | None) -> str:
    """Return the name of a time zone: the one given, else the computer's, else UTC, which is said.

    Raises:
        UsageError: The one given is none, or the machine has no list of zones.
    """
    if given is not None:
        if not is_zone(given):
            raise UsageError(f'"{given}" is not a time zone such as Europe/Paris that this machine knows')
        return given
    local = local_zone(os.environ, _LOCALTIME)
    if local is None:
        click.echo("The computer's time zone has no name that is known here: times are in UTC; see --zone.", err=True)
    return local or UTC


def local_zone(environment: Mapping[str, str], localtime: Path) -> str | None:
    """Return the name of the computer's time zone, or None when it says none.

    A TZ that is no name of a zone, as "EST5EDT,M3.2.0,M11.1.0", gives None: the system's setting does not count then.
    """
    told = environment.get("TZ")
    if told is not None:
        name = _after_list(told.removeprefix(":")) or UTC  # an empty TZ is UTC (POSIX)
    else:
        name = _after_list(os.path.realpath(localtime)) if localtime.is_symlink() else ""
    return name if name and is_zone(name) else None


def _after_list(path: str) -> str:
    """Return the name at the end of a path into the system's list of zones; other texts as they are."""
    return path.rpartition("zoneinfo/")[2]
