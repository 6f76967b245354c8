"""A list of files: `sha256sum`'s text, one text for one list, and no path that leads elsewhere."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.file_list import FileList, NotAFileList
from regdocs.canonical import sha256_hex

A, B = "a" * 64, "b" * 64

letters = st.sampled_from(["a", "B", "é", "z0", ".", "-", "_", "đ", "\U0001f600"])
paths = st.lists(letters, min_size=1, max_size=4).map("x/".join).map("{}x".format)


@given(st.dictionaries(paths.map(str.lower), st.binary(max_size=2), max_size=6))
def test_list_comes_back_sorted_by_the_bytes_of_the_path(files: dict[str, bytes]):
    found = FileList.of((path, sha256_hex(data)) for path, data in files.items())
    text = found.to_bytes()
    assert FileList.parse(text) == found
    assert [path for path, _ in found.entries] == sorted(files, key=str.encode)
    assert all(found.digest_of(path) == sha256_hex(data) for path, data in files.items())
    assert found.digest_of("none") is None


def test_text_is_that_of_sha256sum():
    assert FileList.of([("b/c", B), ("a", A)]).to_bytes() == f"{A}  a\n{B}  b/c\n".encode()
    assert FileList.of([]).to_bytes() == b""
    assert FileList.parse(b"") == FileList(())


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_checks_it(tmp_path: Path):
    (tmp_path / "đồng ý.txt").write_bytes(b"one")
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"two")
    listed = FileList.of([("đồng ý.txt", sha256_hex(b"one")), ("a/b", sha256_hex(b"two"))])
    command = ["sha256sum", "--check", "--strict", "--quiet"]
    assert subprocess.run(command, cwd=tmp_path, input=listed.to_bytes(), check=False).returncode == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (f"{A}  a", "LF"),
        (f"{A}  a\n\n", "line 2"),
        (f"{A}  a\r\n", "control"),
        (f"{A} a\n", "line 1"),
        (f"{A} *a\n", "line 1"),
        (f"{A}  \n", "line 1"),
        (f"{A.upper()}  a\n", "line 1"),
        (f"{A[:-1]}  a\n", "line 1"),
        (f"\\{A}  a\n", "line 1"),
        (f"# list\n{A}  a\n", "line 1"),
        (f"{A}  b\n{A}  a\n", "order"),
        (f"{A}  a\n{B}  a\n", "the same as"),
        (f"{A}  A\n{B}  a\n", "the same as"),
        (f"{A}  ../a\n", r"\.\."),
        (f"{A}  /a\n", "empty segment"),
        (f"{A}  a\u2028b\n{A}  a\n", "order"),
    ],
)
def test_text_that_is_no_list_is_refused(data: str, reason: str):
    with pytest.raises(NotAFileList, match=reason):
        FileList.parse(data.encode())


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(NotAFileList, match="not UTF-8 from byte 67"):
        FileList.parse(f"{A}  a".encode() + b"\xff\n")


@pytest.mark.parametrize("digest", ["", A.upper(), A[:-1], f"{A}\n", "sha256:" + A])
def test_digest_of_another_form_is_refused(digest: str):
    with pytest.raises(NotAFileList, match="64 lower-case"):
        FileList.of([("a", digest)])
