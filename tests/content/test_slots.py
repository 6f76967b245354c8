"""Runs of words as text with slots: what a translator gets and gives back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.content.model import Blank, LineBreak, Paragraph, Section, Styled, Text, Tick, Value
from regdocs.content.runs import change_runs, runs
from regdocs.content.slots import SlotError, fill, has_words, slot_hash, slot_text
from tests.content.trees import documents, inlines
from tests.render.sample import sample_document

AGES = (
    Text("You are between "),
    Value("18", ("/population/minimum_age",)),
    Text(" and "),
    Value("65", ("/population/maximum_age",)),
    Text(" {years} old."),
    LineBreak(),
    Styled("strong", (Text("Sign: "), Blank("Signature", 30))),
)


def test_values_become_slots_and_braces_are_doubled() -> None:
    assert slot_text(AGES) == (
        "You are between {/population/minimum_age} and {/population/maximum_age} {{years}} old.<br/>"
        "<strong>Sign: {#1 Signature}</strong>"
    )


def test_a_value_that_changes_leaves_the_source_hash_as_it_is() -> None:
    changed = tuple(Value("70", i.paths) if isinstance(i, Value) and i.text == "65" else i for i in AGES)
    assert slot_hash(slot_text(changed)) == slot_hash(slot_text(AGES))


def test_a_translation_may_put_slots_in_another_order_and_name_what_is_read_aloud() -> None:
    text = "Từ {/population/maximum_age} đến {/population/minimum_age}: <strong>{#1 Chữ ký}</strong>"
    assert fill(text, AGES) == (
        Text("Từ "),
        AGES[3],
        Text(" đến "),
        AGES[1],
        Text(": "),
        Styled("strong", (Blank("Chữ ký", 30),)),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{/population/minimum_age} {#1}", "maximum_age} of the source is missing"),
        (
            "{/population/minimum_age} {/population/maximum_age} {/design/phase} {#1}",
            "design/phase} is not in the source",
        ),
        ("{/population/minimum_age} {/population/maximum_age} {#1} {#1}", "#1} is not in the source"),
        ("<strong>{/population/minimum_age} {/population/maximum_age} {#1}", "<strong> is not closed"),
        ("{/population/minimum_age}</em> {/population/maximum_age} {#1}", "</em> closes nothing"),
        (
            "{/population/minimum_age} {/population/maximum_age} {#1}" + "<em> " * 3000 + "</em>" * 3000,
            "more than 8 tags",
        ),
    ],
)
def test_slots_that_do_not_fit_are_refused_by_name(text: str, said: str) -> None:
    with pytest.raises(SlotError, match=said.replace("{", r"\{")):
        fill(text, AGES)


@given(st.lists(inlines, max_size=6).map(tuple))
def test_a_run_that_is_filled_with_its_own_text_says_the_same(run: tuple) -> None:
    text = slot_text(run)
    assert slot_text(fill(text, run)) == text


def test_a_run_of_values_and_marks_alone_needs_no_translation() -> None:
    assert not has_words(slot_text((Value("Month 1", ("/encounters/m1/label",)), Text(" – 1."))))
    assert has_words(slot_text((Tick("Yes"),)))


@given(documents)
def test_a_document_whose_runs_are_kept_is_the_same_document(document) -> None:
    assert change_runs(document, lambda name, run: run) == document


def test_every_run_of_a_document_has_a_name_of_its_own() -> None:
    document = sample_document()
    names: list[str] = []

    def note(name, run):
        names.append(name)
        return run

    change_runs(document, note)
    assert len(names) == len(set(names))
    assert "document.title" in names and "furniture.header.start" in names
    assert set(runs(document)) <= set(names)


def test_what_is_changed_is_only_the_run_that_was_named() -> None:
    document = sample_document()
    one = Section(id="s", blocks=(Paragraph(id="a", inlines=(Text("x"),)), Paragraph(id="b", inlines=(Text("y"),))))
    changed = change_runs(
        type(document)(**{**{f: getattr(document, f) for f in document.__slots__}, "sections": (one,)}),
        lambda name, run: (Text("z"),) if name == "a" else run,
    )
    assert [runs(changed)[name] for name in ("a", "b")] == [(Text("z"),), (Text("y"),)]
