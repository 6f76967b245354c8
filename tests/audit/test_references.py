"""Long values: out when an entry is written, back when it is read, and nothing taken on trust in between."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.line import Json, NotALine, encode, encode_value, parse
from regdocs.audit.references import (
    LARGEST_TOGETHER,
    LONGEST,
    ObjectAbsent,
    ReferenceFalse,
    Unreadable,
    inline,
    inline_entry,
    outline,
)
from regdocs.canonical import sha256_hex

sizes = st.sampled_from([0, 1, LONGEST - 3, LONGEST - 2, LONGEST - 1, 9_000])
texts = sizes.map(lambda size: "x" * size)
values = st.recursive(
    texts | st.integers(0, 9) | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["bytes", "object", "id"]), inner, max_size=3)
    ),
    max_leaves=5,
)
steps = st.lists(st.fixed_dictionaries({"path": texts}, optional={"old": values, "new": values}), max_size=4)
entries = st.fixed_dictionaries({"do": st.just("amend"), "text": texts}, optional={"what": steps})


@given(entries)
def test_entry_comes_back_from_its_line_and_objects(entry: dict[str, Json]):
    written, objects = outline(entry)
    assert all(sha256_hex(data) == digest for digest, data in objects.items())
    assert all(len(encode_value(value)) <= LONGEST for value in written.values())
    read = parse(encode(written))
    assert inline_entry(read, objects.get) == entry
    if "what" in entry:
        assert inline(read["what"], objects.get) == entry["what"]


def test_value_of_4096_bytes_stays_and_one_more_goes_out():
    stays, goes = "x" * (LONGEST - 2), "x" * (LONGEST - 1)
    assert outline({"text": stays}) == ({"text": stays}, {})
    written, objects = outline({"text": goes})
    (digest,) = objects
    assert written == {"text": {"bytes": 4_097, "object": digest}}
    assert objects[digest] == b'"' + goes.encode() + b'"'


def test_value_in_a_step_that_looks_like_a_reference_goes_out():
    value: Json = {"bytes": 1, "object": "of the study"}
    written, objects = outline({"what": [{"path": "/x", "new": value}]})
    ((digest, data),) = objects.items()
    assert json.loads(data) == value
    assert written["what"] == [{"path": "/x", "new": {"bytes": len(data), "object": digest}}]
    assert inline_entry(written, objects.get)["what"] == [{"path": "/x", "new": value}]


def test_steps_that_are_many_go_out_as_a_whole_after_their_values():
    what: list[Json] = [{"path": f"/{number}", "new": "x" * 5_000} for number in range(60)]
    written, objects = outline({"what": what})
    assert set(written["what"]) == {"bytes", "object"}  # type: ignore[arg-type]
    assert len(objects) == 2
    assert len(encode(written)) < 200
    assert inline(written["what"], objects.get) == what


def test_only_steps_are_looked_into():
    documents: Json = [{"kind": {"bytes": 1, "object": "a" * 64}}]
    assert inline_entry({"documents": documents}, lambda _: None) == {"documents": documents}


DATA = b'"text"'
DIGEST = sha256_hex(DATA)


def test_object_that_is_missing_or_another_is_named():
    for kept in ({}, {DIGEST: b'"other"'}, {DIGEST: DATA + b" "}):
        with pytest.raises(ObjectAbsent) as caught:
            inline_entry({"text": {"bytes": len(DATA), "object": DIGEST}}, kept.get)
        assert caught.value.digest == DIGEST


@pytest.mark.parametrize(
    "value",
    [
        {"bytes": 5, "object": DIGEST},
        {"bytes": -1, "object": DIGEST},
        {"bytes": True, "object": DIGEST},
        {"bytes": "6", "object": DIGEST},
        {"bytes": 6, "object": DIGEST.upper()},
        {"bytes": 6, "object": "../" + DIGEST},
        {"bytes": 6, "object": None},
        {"bytes": LARGEST_TOGETHER + 1, "object": DIGEST},
    ],
)
def test_reference_that_is_not_true_is_refused(value: Any):
    entries: list[dict[str, Any]] = [{"text": value}, {"what": [{"path": "/x", "new": value}]}, {"what": value}]
    for entry in entries:
        with pytest.raises(ReferenceFalse):
            inline_entry(entry, {DIGEST: DATA}.get)


@pytest.mark.parametrize("data", [b"", b"text", b' "x"', b"1.5", b'{"k":1,"k":1}', '"e\u0301"'.encode(), b"[" * 70])
def test_object_that_is_no_text_of_the_profile_is_refused(data: bytes):
    digest = sha256_hex(data)
    with pytest.raises(ReferenceFalse, match=digest):
        inline_entry({"text": {"bytes": len(data), "object": digest}}, {digest: data}.get)


def test_one_object_named_many_times_does_not_fill_the_memory():
    data = encode_value("x" * (1 << 20))
    reference: Json = {"bytes": len(data), "object": sha256_hex(data)}
    asked = []

    def get(digest: str) -> bytes:
        asked.append(digest)
        return data

    with pytest.raises(Unreadable, match="together"):
        inline([{"path": "/x", "new": reference} for _ in range(100)], get)
    assert len(asked) == 63


def test_value_outside_the_profile_is_not_put_out():
    with pytest.raises(NotALine):
        outline({"text": "e\u0301" * 9_000})
