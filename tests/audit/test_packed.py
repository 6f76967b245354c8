"""Objects that lie packed: the same bytes come out, and nothing grows without a bound."""

import gzip
import hashlib
import subprocess

import pytest

from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.packed import NotPacked, pack, unpack
from regdocs.audit.store import ObjectDiffers, ObjectStore

LONG = b"a line of a consent form\n" * 400


def test_what_was_packed_comes_out_the_same():
    packed = pack(LONG)
    assert packed is not None and len(packed) < len(LONG) // 10
    assert unpack(packed, len(LONG)) == LONG
    assert pack(LONG) == packed


@pytest.mark.parametrize("data", [b"short", hashlib.sha512(b"x").digest() * 100 + bytes(range(256))])
def test_what_gains_little_is_not_packed(data: bytes):
    assert pack(data[:4095]) is None


def test_a_small_file_that_unpacks_without_end_is_refused():
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert len(bomb) < 60_000
    with pytest.raises(NotPacked, match="more than"):
        unpack(bomb, 1_000_000)


@pytest.mark.parametrize(
    "data",
    [b"", b"no gzip", gzip.compress(LONG, mtime=0)[:-9], gzip.compress(LONG, mtime=0) + b"tail"],
    ids=["empty", "other", "cut", "longer"],
)
def test_what_is_no_gzip_file_is_refused(data: bytes):
    with pytest.raises(NotPacked):
        if unpack(data, 1 << 20) == b"":
            raise NotPacked("an empty file holds nothing")


def test_a_packed_object_is_kept_under_the_digest_of_what_it_holds_and_read_by_gunzip(tmp_path):
    store = ObjectStore(tmp_path / "audit" / "objects")
    (tmp_path / "audit").mkdir()
    digest = store.put(LONG)
    file = tmp_path / "audit" / "objects" / f"{digest}.gz"
    assert subprocess.run(["gunzip", "-c", file], capture_output=True, check=True).stdout == LONG
    assert (store.get(digest), store.has(digest), store.holds(digest)) == (LONG, True, True)
    evidence = FolderEvidence(tmp_path)
    assert (evidence.object(digest), evidence.object_digest(digest)) == (LONG, digest)


def test_a_packed_object_that_was_changed_has_another_digest(tmp_path):
    store = ObjectStore(tmp_path / "audit" / "objects")
    (tmp_path / "audit").mkdir()
    digest = store.put(LONG)
    (tmp_path / "audit" / "objects" / f"{digest}.gz").write_bytes(gzip.compress(LONG + b"."))
    assert not store.holds(digest)
    with pytest.raises(ObjectDiffers):
        store.get(digest)
    assert FolderEvidence(tmp_path).object_digest(digest) not in (None, digest)
