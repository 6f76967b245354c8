"""The page about dependencies says what is asked for, what is locked, and what the installed metadata states."""

import re
import tomllib
from importlib.metadata import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROW = re.compile(r"^\| (?P<name>[a-z0-9-]+) \| (?P<version>[0-9.]+) \| (?P<licence>[^|]+) \|", re.MULTILINE)


def rows() -> dict[str, tuple[str, str]]:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    return {found["name"]: (found["version"], found["licence"].strip()) for found in ROW.finditer(page)}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def locked() -> dict[str, str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [re.match(r"([a-z0-9-]+)==(\S+)", line) for line in lines]
    return {pin[1]: pin[2] for pin in pins if pin}


def name_of(requirement: str) -> str:
    return re.split(r"[<>=!~ ;\[]", requirement)[0].lower()


def needed_at_run_time() -> set[str]:
    """The closure over installed metadata without extras, and the one extra that is asked for: weasyprint's WOFF."""
    found: set[str] = set()
    todo = [name_of(requirement) for requirement in project()["dependencies"]]
    while todo:
        name = todo.pop()
        if name not in found and name in locked():
            found.add(name)
            requires = metadata(name).get_all("Requires-Dist") or []
            todo += [name_of(line).replace("_", "-") for line in requires if "extra ==" not in line]
    return found | {"brotli", "zopfli"}


def test_every_runtime_dependency_has_its_row():
    assert set(rows()) == needed_at_run_time()


@pytest.mark.parametrize("name", sorted(rows()))
def test_row_states_the_locked_version(name):
    assert rows()[name][0] == locked()[name]


@pytest.mark.parametrize("name", sorted(set(rows()) - {"pyphen"}))
def test_row_states_the_licence_of_the_metadata(name):
    stated = metadata(name)
    from_classifiers = [line.split(" :: ")[-1] for line in stated.get_all("Classifier") or [] if "License" in line]
    assert rows()[name][1] in (stated["License-Expression"], stated["License"], *from_classifiers)


def test_no_runtime_dependency_is_under_the_gpl_alone():
    bound = [name for name, (_, licence) in rows().items() if "GPL" in licence and " OR " not in licence]
    assert bound == []


def test_every_test_dependency_is_named_and_locked():
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").lower()
    extra = [name_of(requirement) for requirement in project()["optional-dependencies"]["test"]]
    assert [name for name in extra if name not in locked() or name not in page] == []


def test_lock_names_no_host_and_no_folder():
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"\S*//\S*|--(?:index|extra|find|trusted)\S*|file:\S*|\B/\w+\S*", text) == []


def test_every_pin_has_a_digest():
    pins = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text(encoding="utf-8").strip())
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
