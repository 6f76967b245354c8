"""The difference of two texts: complete, in words, and never slow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.amendment import words
from regdocs.amendment.words import difference, text_of

texts = st.lists(st.sampled_from(["a", "b", "18", "7.5", "tháo", "👩‍🔬", ",", "(", " ", "  ", "\n", "w" * 300])).map(
    "".join
)


def joined(old: str, new: str, *kinds: str) -> str:
    return "".join(piece.text for piece in difference(old, new) if piece.kind in kinds)


def marked(old: str, new: str) -> str:
    marks = {"kept": ("", ""), "deleted": ("[-", "-]"), "inserted": ("{+", "+}")}
    return "".join(f"{marks[one.kind][0]}{one.text}{marks[one.kind][1]}" for one in difference(old, new))


def close(text: str) -> str:
    return re.sub(r"\s+", "", text)


@given(texts | st.text(), texts | st.text())
def test_pieces_give_both_texts(old: str, new: str):
    assert joined(old, new, "kept", "inserted") == new
    assert close(joined(old, new, "kept", "deleted")) == close(old)


@given(texts)
def test_same_text_is_kept(text: str):
    assert all(piece.kind == "kept" for piece in difference(text, text))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("aged 18 to 65 years", "aged 18 to 70 years", "aged 18 to [-65-]{+70+} years"),
        ("HbA1c above 7.5 %", "HbA1c above 8.0 %", "HbA1c above [-7.5-]{+8.0+} %"),
        ("Fainting excludes.", "Fainting of unknown cause excludes.", "Fainting {+of unknown cause+} excludes."),
        ("Đái tháo đường típ 1", "Đái tháo đường típ 2", "Đái tháo đường típ [-1-]{+2+}"),
        ("seen by 👩‍🔬 today", "seen by 👩‍⚕️ today", "seen by [-👩‍🔬-]{+👩‍⚕️+} today"),
        ("flag 🇻🇳", "flag 🇻🇺", "flag [-🇻🇳-]{+🇻🇺+}"),
        ("", "new", "{+new+}"),
        ("a b", "a  b", "a  b"),
        ("x" * 5000, "y" * 5000, f"[-{'x' * 5000}-]{{+{'y' * 5000}+}}"),
    ],
)
def test_difference_is_one_of_words(old: str, new: str, expected: str):
    assert marked(old, new) == expected


def test_word_kept_by_chance_between_long_changes_is_part_of_the_change():
    told = marked("The physician decides of it alone", "Every participant chooses of them together")
    assert told == "[-The physician decides of it alone-]{+Every participant chooses of them together+}"


def test_difference_is_never_looked_for_longer_than_it_may(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(words, "MOST_EDITS", 3)
    assert marked("same 1 2 3 4 end", "same 5 2 6 7 end") == "same [-1 2 3 4-]{+5 2 6 7+} end"


def test_long_text_with_two_changes_shows_two_changes():
    many = [f"w{n}" for n in range(20_000)]
    changed = ["x" if n in (100, 19_900) else one for n, one in enumerate(many)]
    kinds = [piece.kind for piece in difference(" ".join(many), " ".join(changed))]
    assert kinds.count("deleted") == kinds.count("inserted") == 2


def test_values_are_shown_as_people_read_them():
    value = {"id": "w16", "window": {"before": 3, "after": 3}, "at": ["a", "b"], "lines": "one\ntwo", "none": None}
    assert text_of(value).split("\n") == [  # type: ignore[arg-type]
        "id: w16",
        "window:",
        "  before: 3",
        "  after: 3",
        "at:",
        "  a",
        "  b",
        "lines: one",
        "  two",
        "none:",
    ]
    assert text_of([{"id": "a", "yes": True}, {"id": "b"}]) == "- id: a\n  yes: true\n- id: b"
    assert text_of([[], {}]) == "- \n- "


def test_list_of_ids_is_compared_line_by_line():
    old, new = text_of(["week-4", "week-16"]), text_of(["week-4", "week-12", "week-16"])
    assert joined(old, new, "inserted").split() == ["week-12"]
    assert joined(old, new, "deleted") == ""
