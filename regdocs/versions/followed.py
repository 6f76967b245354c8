"""Which urgent safety measure an amendment is declared to follow."""

from regdocs.amendment import declared
from regdocs.errors import RegdocsError
from regdocs.spec.tree import data_form
from regdocs.spec.yaml_text import parse_yaml
from regdocs.versions.logbook import Logbook
from regdocs.versions.snapshot import stored_declaration


def follows_of(logbook: Logbook, version: str) -> int | None:
    """Return the number of the entry of the measure that a recorded version follows; None where it says none."""
    key = ("follows", logbook.head.size, version)
    if key not in logbook.worked_out:
        logbook.worked_out[key] = _follows(logbook, version)
    found: int | None = logbook.worked_out[key]
    return found


def _follows(logbook: Logbook, name: str) -> int | None:
    version = next((one for one in logbook.versions if one.name == name), None)
    try:
        data = None if version is None else stored_declaration(logbook, version)
    except (RegdocsError, KeyError):
        return None
    tree = None if data is None else parse_yaml(data, declared.FILE)[0]
    form = None if tree is None else data_form(tree)
    said = str(form.get("follows", "")) if isinstance(form, dict) else ""
    return int(said) if said.isdigit() else None
