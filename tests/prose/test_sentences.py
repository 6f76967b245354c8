"""Sentences and words are found where a reader finds them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.prose.sentences import sentences, words

SPLIT = {
    "two sentences": ("You may stop. Tell us why.", ["You may stop.", "Tell us why."]),
    "decimals": ("The dose is 2.5 mg. It is given once.", ["The dose is 2.5 mg.", "It is given once."]),
    "abbreviation within": ("Tell us, e.g. Monday. Then rest.", ["Tell us, e.g. Monday.", "Then rest."]),
    "title of a person": ("Dr. Li will see you. Mr. Tran too.", ["Dr. Li will see you.", "Mr. Tran too."]),
    "stop that ends as well": ("Come at 9 a.m. You may eat.", ["Come at 9 a.m.", "You may eat."]),
    "stop that does not end": ("The U.S. Food and Drug Administration knows.", None),
    "number of a thing": ("See No. 5 and Fig. 2 for more.", None),
    "no as an answer": ("The answer is no. You may leave.", ["The answer is no.", "You may leave."]),
    "initials": ("Call Dr. J. Smith, M.D. He is in.", ["Call Dr. J. Smith, M.D.", "He is in."]),
    "letter that ends": ("Take vitamin C. You may eat.", ["Take vitamin C.", "You may eat."]),
    "marks in quotes": ('"Why?" she asked. "Because."', ['"Why?" she asked.', '"Because."']),
    "in brackets": ("We stop (see above.) You stay.", ["We stop (see above.)", "You stay."]),
    "unit at the end": ("We take 10 mL. 3 tubes are used.", ["We take 10 mL.", "3 tubes are used."]),
    "ellipsis": ("We wait ... and see.", None),
    "lines of one paragraph": ("You may\nstop at any time.", None),
    "list": ("- Stop.\n- Go on.\n2. Wait", ["Stop.", "Go on.", "Wait"]),
    "open value": ("[TO BE COMPLETED: who pays. Ask them.] for it.", None),
    "Vietnamese": ("Gặp ThS. Nguyễn Văn An. Nếu cần, hãy gọi.", ["Gặp ThS. Nguyễn Văn An.", "Nếu cần, hãy gọi."]),
    "no spaces between": ("他说。你好。", ["他说。", "你好。"]),
}


@pytest.mark.parametrize("name", SPLIT)
def test_text_is_split_where_a_reader_splits_it(name: str):
    text, expected = SPLIT[name]
    assert [sentence.text for sentence in sentences(text)] == (expected or [text])


def test_heading_and_label_are_fragments():
    found = sentences("What will happen\n\nWe will draw blood.\n\nYour name:")
    assert [(one.text, one.complete) for one in found] == [
        ("What will happen", False),
        ("We will draw blood.", True),
        ("Your name:", False),
    ]


def test_words_are_groups_between_spaces():
    found = [word.text for word in words("Don't take 5% of 2.5 mg/kg – or $10 (2–4 follow-up visits)—ever.")]
    assert found == ["Don't", "take", "5%", "of", "2.5", "mg/kg", "or", "$10", "2–4", "follow-up", "visits", "ever"]


def test_open_value_has_no_words():
    (found,) = sentences("Call [TO BE COMPLETED: telephone of the doctor] at any time.")
    assert found.words == ("Call", "at", "any", "time")


def test_unit_in_brackets_is_no_open_value():
    assert [word.text for word in words("5 [IU] daily")] == ["5", "IU", "daily"]


def test_what_has_no_word_is_left_out():
    assert sentences("") == sentences(" \n\n – \n* ") == ()


@given(st.text(alphabet="aZ5 .!?\n-[]:()\"'éĐ", max_size=80))
def test_places_are_places_in_the_text(text: str):
    last = 0
    for sentence in sentences(text):
        assert last <= sentence.start < sentence.end and sentence.text == text[sentence.start : sentence.end]
        last = sentence.end
    assert all(text[word.start : word.end] == word.text for word in words(text))


@given(st.text(alphabet="aZ5 .!?\n-:()\"'éĐ", max_size=80))
def test_no_word_is_lost_but_list_markers(text: str):
    kept = [word for sentence in sentences(text) for word in sentence.words]
    every = [word.text for word in words(text)]
    assert set(kept) <= set(every) and all(len(word) <= 3 for word in set(every) - set(kept))


@pytest.mark.parametrize("text", ["[" * 200_000, "[AB:" * 50_000, "A. " * 50_000, "- \n" * 50_000, "a." * 100_000])
def test_long_hostile_text_takes_seconds_at_most(text: str):
    begun = time.perf_counter()
    sentences(text)
    assert time.perf_counter() - begun < 10
