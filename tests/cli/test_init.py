"""`regdocs init`: a new study, whole or not at all, over nobody's files."""

import json
from pathlib import Path

import pytest

from tests.build.studies import REPOSITORY, content
from tests.cli.calling import Call


def test_a_new_study_is_the_real_record_with_its_settings(call: Call, tmp_path: Path) -> None:
    said = call("-C", tmp_path, "init", "study")
    assert said.code == 0 and "regdocs -C study check" in said.out
    found = content(tmp_path / "study")
    settings = {".gitattributes", ".gitignore", ".vscode/settings.json", "protocol.schema.json"}
    assert found.keys() == {"protocol.yaml", *settings}
    assert found["protocol.yaml"] == (REPOSITORY / "protocol.yaml").read_bytes()  # digests of it must hold
    assert {"audit/** -text", "issued/** -text", "protocol.yaml text eol=lf", "templates/** text eol=lf"} <= set(
        found[".gitattributes"].decode().splitlines()
    )
    assert {"out/", ".out.lock"} <= set(found[".gitignore"].decode().splitlines())
    assert [path.name for path in tmp_path.iterdir()] == ["study"]


@pytest.mark.slow
def test_editors_find_the_schema_in_the_new_study_and_nowhere_else(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "study")
    settings = json.loads((tmp_path / "study/.vscode/settings.json").read_text())
    ((schema, files),) = settings["yaml.schemas"].items()
    assert files == ["protocol.yaml"] and settings["yaml.schemaStore.enable"] is False
    assert json.loads((tmp_path / "study" / schema).read_text())["$schema"].endswith("draft-07/schema#")
    assert "://" not in json.dumps(settings)


def test_a_new_study_checks(call: Call, tmp_path: Path) -> None:
    call("init", tmp_path / "study")
    assert call("-C", tmp_path / "study", "check", "--quiet").code == 0


@pytest.mark.parametrize("name", [".", "../study"])
def test_an_empty_folder_that_one_stands_in_is_filled_and_stays_the_same_folder(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "study").mkdir()
    inode = (tmp_path / "study").stat().st_ino
    monkeypatch.chdir(tmp_path / "study")
    assert call("init", name).code == 0
    assert (tmp_path / "study").stat().st_ino == inode and Path("protocol.yaml").is_file()


def test_a_folder_with_something_in_it_is_refused_and_stays(call: Call, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    said = call("init", tmp_path)
    assert said.code == 1 and "is not empty" in said.err
    assert content(tmp_path) == {"thesis.docx": b"years of work"}


@pytest.mark.parametrize("where", ["file", "file/inside", "link"])
def test_a_file_or_a_link_in_the_way_is_refused(call: Call, tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "link").symlink_to(tmp_path / "missing")
    said = call("init", tmp_path / where)
    assert said.code == 1 and not said.traceback and (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


@pytest.mark.parametrize("name", ["nct0348474", "../..", "/etc", ""])
def test_an_unknown_example_is_told_with_those_that_exist(call: Call, tmp_path: Path, name: str) -> None:
    said = call("init", tmp_path / "study", "--example", name)
    assert said.code == 2 and "the examples are: nct03484741" in said.err
    assert not (tmp_path / "study").exists()
