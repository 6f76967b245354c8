"""Options that say what was filed with a body: lists of sites and documents, several at once or one by one."""

from collections.abc import Iterable

import click

from regdocs.errors import UsageError

ALL = "all"

body_option = click.option("--body", "body", metavar="ID", required=True, help="Id of the body under oversight.")


def listed(given: Iterable[str]) -> tuple[str, ...]:
    """Return what was given, each once: an option may be repeated, and may hold several with commas or spaces."""
    return tuple(dict.fromkeys(one for text in given for one in text.replace(",", " ").split()))


def documents_in(given: Iterable[str]) -> tuple[str, ...] | None:
    """Return the documents that were given; None for all.

    Raises:
        UsageError: One is not KIND/LANGUAGE/VERSION, or "all" stands beside others.
    """
    found = listed(given)
    if found in ((), (ALL,)):
        return None
    for one in found:
        if one.count("/") < 2 or "" in one.split("/"):
            raise UsageError(f'"{one}" has to be KIND/LANGUAGE/VERSION, as consent/en/2.0, or "{ALL}" alone')
    return found
