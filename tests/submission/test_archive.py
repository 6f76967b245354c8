"""The zip of a package: the same bytes each time, read by other programs, and each byte of it held to its form."""

import io
import shutil
import struct
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal
from regdocs.submission import archive
from regdocs.submission.archive import Part, write_archive
from regdocs.submission.archive_reading import NotThisForm, Stored, stored_files

FILES = {"a/one.pdf": b"%PDF one", "a/phiếu.docx": b"PK two", "empty.txt": b"", "z.txt": b"three" * 100}


def archived(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    write_archive(out, (Part(path, data) for path, data in files.items()))
    return out.getvalue()


def read(folder: Path, data: bytes) -> list[Stored]:
    place = folder / "package.zip"
    place.write_bytes(data)
    with place.open("rb") as file:
        return _held(file)


def _held(file: BinaryIO) -> list[Stored]:
    """The files; a problem that does not stop the reading is raised as well."""
    problems: list[str] = []
    found = list(stored_files(file, problems))
    if problems:
        raise NotThisForm("; ".join(problems))
    return found


def test_the_same_files_give_the_same_bytes_in_whatever_order_they_come():
    assert archived(FILES) == archived(dict(reversed(FILES.items())))


def test_what_is_written_is_read_back_with_digests_and_lengths(tmp_path: Path):
    found = read(tmp_path, archived(FILES))
    assert {one.path: (one.sha256, one.size) for one in found} == {
        path: (sha256_hex(data), len(data)) for path, data in FILES.items()
    }
    data = archived(FILES)
    assert all(data[one.offset : one.offset + one.size] == FILES[one.path] for one in found)


def test_other_programs_read_it(tmp_path: Path):
    with zipfile.ZipFile(io.BytesIO(archived(FILES))) as package:
        assert package.testzip() is None
        assert {one: package.read(one) for one in package.namelist()} == FILES
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not here")
    (tmp_path / "p.zip").write_bytes(archived(FILES))
    said = subprocess.run(["unzip", "-t", str(tmp_path / "p.zip")], capture_output=True, text=True, check=False)
    assert said.returncode == 0 and "No errors detected" in said.stdout


def test_a_file_on_disk_is_copied_in_pieces_and_one_that_changes_meanwhile_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = tmp_path / "large.bin"
    place.write_bytes(b"x" * 3_000_000)
    out = io.BytesIO()
    write_archive(out, [Part("large.bin", place)])
    assert out.getvalue() == archived({"large.bin": place.read_bytes()})
    measured = archive._measured

    def changed(part: Part, offset: int) -> archive.Placed:
        found = measured(part, offset)
        place.write_bytes(b"y" * 3_000_000)
        return found

    monkeypatch.setattr(archive, "_measured", changed)
    with pytest.raises(Refusal, match="changed while it was read"):
        write_archive(io.BytesIO(), [Part("large.bin", place)])


def test_each_changed_byte_changes_a_digest_or_is_named(tmp_path: Path):
    data = archived({"a/one.pdf": b"%PDF one", "é.txt": b"ab"})
    whole = read(tmp_path, data)
    for at in range(len(data)):
        try:
            found = read(tmp_path, data[:at] + bytes([data[at] ^ 0x20]) + data[at + 1 :])
        except NotThisForm:
            continue
        assert found != whole, at


@given(st.data())
def test_each_cut_and_each_addition_is_named(draw: st.DataObject):
    data = archived(FILES)
    at = draw.draw(st.integers(0, len(data) - 1))
    more = draw.draw(st.binary(min_size=1, max_size=40))
    for spoiled in (data[:at], data + more, more + data):
        with pytest.raises(NotThisForm):
            list(_of(spoiled))


def _of(data: bytes) -> list[Stored]:
    import tempfile

    with tempfile.TemporaryFile() as file:
        file.write(data)
        return _held(file)


def with_zipfile(build: Callable[[zipfile.ZipFile], None], compression: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        build(package)
    return out.getvalue()


def link(package: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("a/link")
    info.external_attr = 0o120777 << 16
    package.writestr(info, "/etc/passwd")


def test_what_other_programs_packed_is_no_such_archive_bombs_and_links_among_it(tmp_path: Path):
    bomb = with_zipfile(lambda package: package.writestr("a", b"\0" * 50_000_000), zipfile.ZIP_DEFLATED)
    for data in (bomb, with_zipfile(link), with_zipfile(lambda package: package.writestr("a", "b"))):
        with pytest.raises(NotThisForm, match="packed anew"):
            read(tmp_path, data)


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["../a"], "no file may be called"),
        (["a/../../b"], "no file may be called"),
        (["/etc/passwd"], "no file may be called"),
        (["a\\b"], "no file may be called"),
        (["C:a"], "no file may be called"),
        (["nul.txt"], "no file may be called"),
        (["a", "a"], "one file on some systems"),
        (["A.pdf", "a.pdf"], "one file on some systems"),
        (["a\nb"], "no file may be called"),
    ],
)
def test_names_that_lead_out_or_are_one_file_elsewhere_are_refused(tmp_path: Path, names: list[str], words: str):
    out = io.BytesIO()
    listed = []
    for name in names:
        placed = archive._measured(Part(name, b"x"), out.tell())
        out.write(placed.local() + b"x")
        listed.append(placed)
    out.write(archive.end_of(listed))
    with pytest.raises(NotThisForm, match=words):
        read(tmp_path, out.getvalue())


def test_a_directory_that_says_another_name_than_the_file_s_own_header_is_named(tmp_path: Path):
    data = archived({"good.pdf": b"x"})
    other = data[: data.rindex(b"good.pdf")] + b"evil.pdf" + data[data.rindex(b"good.pdf") + 8 :]
    with pytest.raises(NotThisForm, match="directory at its end"):
        read(tmp_path, other)


def test_a_length_beyond_the_end_is_named_at_once(tmp_path: Path):
    data = bytearray(archived({"a": b"x"}))
    struct.pack_into("<II", data, 18, 2**32 - 1, 2**32 - 1)
    with pytest.raises(NotThisForm, match="cut off in"):
        read(tmp_path, bytes(data))


def test_too_many_files_and_too_many_bytes_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from regdocs.submission import archive_reading

    data = archived(FILES)
    monkeypatch.setattr(archive_reading, "MAX_FILES", 2)
    with pytest.raises(NotThisForm, match="more than 2 files"):
        read(tmp_path, data)
    monkeypatch.setattr(archive, "MAX_FILES", 2)
    with pytest.raises(Refusal, match="more than the 2"):
        archived(FILES)
    monkeypatch.setattr(archive, "MAX_FILES", 9)
    monkeypatch.setattr(archive, "MAX_BYTES", 100)
    with pytest.raises(Refusal, match="more than 100 bytes"):
        archived(FILES)
