"""The manifest: written and read back the same; whatever else lies in its place is as good as none."""

import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.build.manifest import FILE, Made, Manifest, read_manifest
from regdocs.build.output import digests_of, lay_out

PAGE = Path(__file__).resolve().parents[2] / "docs" / "formats" / "manifest.md"
_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def _placed(**fields: Any) -> Made:
    folders = [fields["kind"], fields["site"], fields["language"]]
    stem = "/".join(part for part in folders if part is not None)
    return Made(path=f"{stem}.{fields['format']}", **fields)


_MADE = st.builds(
    _placed,
    kind=_TEXT,
    site=st.none() | _TEXT,
    language=_TEXT,
    format=_TEXT,
    profile=st.none() | _TEXT,
    sha256=_TEXT,
    bytes=st.integers(0, 2**53),
    reads=st.lists(_TEXT).map(tuple),
    template=st.fixed_dictionaries({"name": _TEXT, "sha256": _TEXT}),
    key=_TEXT,
    stale=st.booleans(),
    translation=st.none() | _TEXT,
)
_MANIFESTS = st.builds(
    Manifest,
    documents=st.lists(_MADE, max_size=3).map(tuple),
    protocol=st.fixed_dictionaries({"sha256": _TEXT, "version": _TEXT}),
    draft=st.booleans(),
    todo=st.integers(0, 999),
    assumptions=st.integers(0, 999),
    toolchain=st.dictionaries(_TEXT, _TEXT, max_size=3),
    inputs=st.none() | _TEXT,
)

MADE = Made("crf", None, "en", "pdf", "accessible", "crf/en.pdf", "0", 1, ("/a",), {"name": "t", "sha256": "0"}, "k")
MANIFEST = Manifest((MADE,), {"sha256": "0", "version": "1"}, True, 1, 2, {"python": "3.11"}, "d")


@given(_MANIFESTS)
def test_a_manifest_that_was_written_is_read_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> None:
    folder = tmp_path_factory.mktemp("out")
    (folder / FILE).write_bytes(manifest.to_bytes())
    assert read_manifest(folder) == manifest


def test_the_fields_that_others_may_rely_on_are_there() -> None:
    tree = json.loads(MANIFEST.to_bytes())
    assert {"documents", "protocol", "draft", "todo", "assumptions", "toolchain"} <= set(tree)
    assert set(tree["protocol"]) == {"sha256", "version"}
    fields = {"kind", "site", "language", "format", "profile", "path", "sha256", "bytes", "reads", "template"}
    assert fields <= set(tree["documents"][0])


def test_no_manifest_is_read_where_there_is_none(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    assert read_manifest(tmp_path / "missing") is None


def test_the_example_of_the_page_is_a_manifest_and_is_written_as_we_write_it(tmp_path: Path) -> None:
    example = PAGE.read_text(encoding="utf-8").partition("```json\n")[2].partition("```")[0]
    (tmp_path / FILE).write_text(example, encoding="utf-8")
    manifest = read_manifest(tmp_path)
    assert manifest is not None and manifest.to_bytes().decode() == example


def test_the_page_tells_every_field() -> None:
    told = {
        name for row in re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.M) for name in row.split(", ")
    }
    written = MANIFEST.to_json()
    assert told == {f"`{name}`" for name in (*written, *written["documents"][0])}


def broken(**changes: Any) -> str:
    return json.dumps({**MANIFEST.to_json(), **changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        "[" * 100_000,
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        broken(format="regdocs.manifest/v1"),
        broken(use="for use"),
        broken(documents={"0": {}}),
        broken(documents=["crf/en.pdf"]),
        broken(documents=[{**MANIFEST.to_json()["documents"][0], "path": 5}]),
        broken(documents=[{**MANIFEST.to_json()["documents"][0], "path": "notes.txt"}]),
        broken(documents=[{**MANIFEST.to_json()["documents"][0], "path": "../protocol.yaml"}]),
        broken(documents=[{**MANIFEST.to_json()["documents"][0], "reads": [[]]}]),
        broken(documents=[{**MANIFEST.to_json()["documents"][0], "template": {"name": None}}]),
        broken(protocol={}),
        broken(protocol={"sha256": 1, "version": None}),
        broken(toolchain=[]),
        broken(draft="no"),
        broken(more=1),
    ],
)
def test_a_manifest_of_another_shape_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8", errors="surrogateescape")
    assert read_manifest(tmp_path) is None


def test_a_link_or_a_pipe_in_the_place_of_the_manifest_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_bytes(MANIFEST.to_bytes())
    (tmp_path / FILE).symlink_to("real.json")
    assert read_manifest(tmp_path) is None
    (tmp_path / FILE).unlink()
    os.mkfifo(tmp_path / FILE)
    assert read_manifest(tmp_path) is None


HOSTILE = [
    "../secret.txt",
    "a/../../secret.txt",
    "/etc/passwd",
    "..\\secret.txt",
    "C:\\x",
    "./secret",
    "a//b",
    "",
    "\0",
]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_out_of_the_folder_is_never_read(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "out").mkdir()
    assert digests_of(tmp_path / "out", [path]) == {}


def test_a_link_out_of_the_folder_is_never_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "out/folder").symlink_to(tmp_path)
    assert digests_of(tmp_path / "out", ["link.txt", "folder/secret.txt"]) == {}


def test_a_pipe_in_the_place_of_a_document_does_not_let_us_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "en.pdf")
    assert digests_of(tmp_path, ["en.pdf"]) == {}


@pytest.mark.parametrize("path", HOSTILE)
def test_a_path_out_of_the_folder_is_never_removed(tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    out = tmp_path / "out"
    hostile = replace(MANIFEST, documents=(replace(MADE, path=path),))
    lay_out(out, {}, hostile, ())
    lay_out(out, {"crf/en.pdf": b"x"}, MANIFEST, [path])
    assert (tmp_path / "secret.txt").read_text() == "secret"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["out", "secret.txt"]
