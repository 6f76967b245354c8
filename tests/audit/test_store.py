"""Objects under their digest, and sealed values: what is put in comes out, and nothing else does."""

import hashlib
from pathlib import Path

import pytest

from regdocs.audit import disk
from regdocs.audit.store import ObjectDiffers, ObjectMissing, ObjectStore, SealedStore, sealed_digest
from regdocs.canonical import canonical_json

SALT = bytes(range(16))


@pytest.fixture
def objects(tmp_path: Path) -> ObjectStore:
    return ObjectStore(tmp_path / "objects")


@pytest.fixture
def sealed(tmp_path: Path) -> SealedStore:
    return SealedStore(tmp_path / "sealed")


def test_object_comes_back_under_its_digest(objects: ObjectStore):
    digest = objects.put(b"a page")
    assert digest == hashlib.sha256(b"a page").hexdigest()
    assert objects.get(digest) == b"a page"
    assert (objects.has(digest), objects.holds(digest), objects.names()) == (True, True, [digest])


def test_object_that_is_not_there_or_has_other_bytes_is_told_apart(objects: ObjectStore):
    digest = objects.put(b"a page")
    with pytest.raises(ObjectMissing):
        objects.get("0" * 64)
    (objects.folder / digest).write_bytes(b"another page")
    with pytest.raises(ObjectDiffers):
        objects.get(digest)
    assert objects.has(digest) and not objects.holds(digest)
    assert objects.put(b"a page") == digest
    assert objects.get(digest) == b"a page"


def test_object_larger_than_the_reader_asked_for_is_not_read(objects: ObjectStore):
    digest = objects.put(b"x" * 1000)
    with pytest.raises(disk.OddFile, match="more than 999 bytes"):
        objects.get(digest, 999)
    assert len(objects.get(digest, 1000)) == 1000


def test_object_under_a_digest_that_is_not_its_own_is_refused_before_any_is_written(objects: ObjectStore):
    good = {hashlib.sha256(b"a").hexdigest(): b"a"}
    with pytest.raises(ValueError, match="not that of its bytes"):
        objects.put_all({**good, "0" * 64: b"b"})
    assert objects.names() == []


@pytest.mark.parametrize("name", ["../checkpoint", "", "A" * 64, "0" * 63, "0" * 64 + "\n", "/etc/passwd"])
def test_name_that_is_no_digest_reaches_no_file(objects: ObjectStore, sealed: SealedStore, name: str):
    for reach in (objects.get, objects.has, objects.holds, sealed.get, sealed.has, sealed.remove):
        with pytest.raises(ValueError, match="not a SHA-256"):
            reach(name)


def test_sealed_value_comes_back_and_can_be_removed(sealed: SealedStore):
    digest = sealed.put("Nguyễn Văn An", SALT)
    assert digest == hashlib.sha256(SALT + '"Nguyễn Văn An"'.encode()).hexdigest()
    assert sealed.get(digest) == "Nguyễn Văn An"
    sealed.remove(digest)
    sealed.remove(digest)
    with pytest.raises(ObjectMissing):
        sealed.get(digest)


@pytest.mark.parametrize(
    "data",
    [
        canonical_json({"salt": SALT.hex(), "value": "another"}),
        b'{"salt": "' + SALT.hex().encode() + b'", "value": "a name"}',
        canonical_json({"salt": SALT.hex().upper(), "value": "a name"}),
        canonical_json({"salt": SALT.hex(), "value": "a name", "more": 1}),
        b"[]",
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_sealed_file_that_is_not_what_the_digest_names_is_refused(sealed: SealedStore, data: bytes):
    digest = sealed.put("a name", SALT)
    assert digest == sealed_digest("a name", SALT)
    (sealed.folder / digest).write_bytes(data)
    with pytest.raises(ObjectDiffers):
        sealed.get(digest)


def test_salt_of_another_length_is_refused(sealed: SealedStore):
    with pytest.raises(ValueError, match="16 bytes"):
        sealed.put("a name", b"short")
