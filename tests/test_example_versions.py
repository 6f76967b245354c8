"""The versions of DEMO-101: each complete by itself, and what was declared of the amendments is what they change."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from regdocs.amendment.changes import changes_of
from regdocs.amendment.coverage import coverage_slips
from regdocs.amendment.declaration_lint import setting_of
from regdocs.amendment.declared import load_declaration, open_items, setting_findings
from regdocs.audit.steps import steps_between
from regdocs.build.examine import Examined, examine, trees_of
from regdocs.build.study import read_inputs
from regdocs.spec.tree import DataForm, data_form
from tools.example_versions import VERSIONS, declaration_of, files_of

FIRST, SECOND, THIRD, _ = reversed(VERSIONS)
AMENDMENTS = pytest.mark.parametrize(("number", "before", "after"), [(1, FIRST, SECOND), (2, SECOND, THIRD)])


class Made(NamedTuple):
    """A version: what is seen of it, and its data form."""

    examined: Examined
    data: dict[str, DataForm]


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    return {name: made(tmp_path_factory.mktemp("version"), name) for name in VERSIONS}


def made(study: Path, version: str) -> Made:
    for name, data in files_of(version).items():
        (study / name).parent.mkdir(parents=True, exist_ok=True)
        (study / name).write_bytes(data)
    examined = examine(read_inputs(study))
    assert examined.loaded.tree is not None
    tree = data_form(examined.loaded.tree)
    assert isinstance(tree, dict)
    return Made(examined, tree)


def labels(versions: dict[str, Made], before: str, after: str) -> dict[str, str]:
    """Changed places with their labels."""
    old, new = versions[before].data, versions[after].data
    return {one.path: one.label for one in changes_of(steps_between(old, new), old, new)}


def documents_changed(versions: dict[str, Made], before: str, after: str) -> set[str]:
    old, new = (trees_of(versions[one].examined) for one in (before, after))
    assert old.keys() == new.keys()
    return {stem for stem, digest in new.items() if old[stem] != digest}


@pytest.mark.parametrize("version", VERSIONS)
def test_nothing_is_found_in_a_version_but_that_its_translations_are_not_certified(
    versions: dict[str, Made], version: str
) -> None:
    found = versions[version].examined.findings
    assert [str(one) for one in found if one.rule != "TRN-009"] == []
    assert {one.file.split("/")[1] for one in found} == {"vi"}
    assert versions[version].data["version"] == version


@AMENDMENTS
def test_what_is_declared_fits_the_protocol_and_covers_each_change(
    versions: dict[str, Made], number: int, before: str, after: str
) -> None:
    declared = load_declaration(declaration_of(after))
    protocol, since = versions[after].examined.loaded.protocol, versions[before].data["date"]
    assert declared.declaration is not None and protocol is not None and isinstance(since, str)
    assert declared.findings == () and open_items(declared.declaration) == ()
    assert setting_findings(declared, setting_of(protocol, number, since)) == ()
    assert list(coverage_slips(declared.declaration, labels(versions, before, after), {})) == []


def test_the_first_amendment_tightens_an_exclusion_and_adds_a_visit(versions: dict[str, Made]) -> None:
    changed = labels(versions, FIRST, SECOND)
    assert {"/eligibility/E15", "/eligibility/E08/text", "/encounters/week-6"} <= changed.keys()
    assert not any(path.startswith("/endpoints") for path in changed)
    untouched = trees_of(versions[SECOND].examined).keys() - documents_changed(versions, FIRST, SECOND)
    assert "participant-card/north/en" in untouched and "synopsis/en" in untouched


@pytest.mark.parametrize("version", VERSIONS)
def test_texts_that_count_visits_count_those_of_their_version(versions: dict[str, Made], version: str) -> None:
    protocol = versions[version].examined.loaded.protocol
    assert protocol is not None
    planned = sum(one.kind == "planned" and one.mode.value == "visit" for one in protocol.encounters)
    words = " ".join(b" ".join(files_of(version).values()).decode("utf-8").split())
    counted = re.findall(r"all (\d+) visits|hospital (\d+) times|cả (\d+) lần thăm|bệnh viện (\d+) lần", words)
    assert {next(filter(None, one)) for one in counted} == {str(planned)} and len(counted) == 14
    assert planned == (6 if version == FIRST else 7)


def test_the_second_amendment_changes_one_number_and_the_documents_that_show_it(versions: dict[str, Made]) -> None:
    number = "/contacts/north-injury/telephone"
    assert set(labels(versions, SECOND, THIRD)) == {number, "/date", "/version"}
    showing = {
        *("consent/north/en", "parental-permission/north/en", "crf/en"),
        *("short-form/north/en", "short-form/north/vi", "short-form-summary/north/en"),
    }
    assert documents_changed(versions, SECOND, THIRD) == showing
