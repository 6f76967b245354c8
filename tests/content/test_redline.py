"""The redline of two trees: both come out of it again, and what it marks is what a reader would mark."""

from dataclasses import replace
from random import Random
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regdocs.content.json_form import from_json, to_json
from regdocs.content.model import (
    Blank,
    Block,
    Cell,
    Document,
    Footnote,
    FootnoteRef,
    Furniture,
    Heading,
    Inline,
    Inlines,
    List,
    ListItem,
    Paragraph,
    Revised,
    Row,
    Section,
    Signature,
    Styled,
    Table,
    Text,
    Value,
)
from regdocs.content.query import headings, plain_text, walk_changes
from regdocs.content.redline import redline
from regdocs.content.revised_words import revised_words
from regdocs.content.revision import accepted, rejected
from regdocs.content.tokens import run_of, tokens_of
from tests.content import trees
from tests.content.edits import Author, printed

SLOW_TO_DRAW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
DOCTOR, NURSE = "\U0001f469\u200d\u2695\ufe0f", "\U0001f468\u200d\u2695\ufe0f"


def check_both_sides(base: Document, new: Document) -> None:
    tree = redline(base, new)
    assert from_json(to_json(tree)) == tree
    assert printed(accepted(tree)) == printed(new)
    assert printed(rejected(tree)) == printed(base)


@SLOW_TO_DRAW
@given(trees.documents, trees.documents)
def test_any_two_trees_come_out_of_their_redline(base: Document, new: Document) -> None:
    check_both_sides(base, new)


@SLOW_TO_DRAW
@given(trees.documents, st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.9]))
def test_a_tree_and_an_edit_of_it_come_out_of_their_redline(base: Document, seed: int, share: float) -> None:
    check_both_sides(base, Author(Random(seed)).edited(base, share))


@SLOW_TO_DRAW
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.9]))
def test_a_document_and_an_edit_of_it_come_out_of_their_redline(seed: int, share: float) -> None:
    author = Author(Random(seed))
    base = author.document()
    check_both_sides(base, author.edited(base, share))


def test_a_tree_against_itself_has_no_mark() -> None:
    document = Author(Random(1)).document()
    assert redline(document, document) is document


def test_an_empty_document_becomes_a_full_one_and_back() -> None:
    full = Author(Random(2)).document()
    empty = replace(full, sections=())
    check_both_sides(empty, full)
    check_both_sides(full, empty)
    check_both_sides(empty, empty)


# -------------------------------------------------------------------------------------------------------- words


def told(old: str | Inlines, new: str | Inlines) -> str:
    """Return two runs as one, with [deleted] and {inserted} words."""
    before, after = ((Text(run),) if isinstance(run, str) else run for run in (old, new))
    parts = []
    for inline in revised_words(before, after):
        words = plain_text(inline.inlines if isinstance(inline, Revised) else (inline,))
        kind = inline.change if isinstance(inline, Revised) else "stays"
        parts.append({"deleted": f"[{words}]", "inserted": f"{{{words}}}", "stays": words}[kind])
    return "".join(parts)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Take 5 mL of blood", "Take 7 mL of blood", "Take [5]{7} mL of blood"),
        ("Take 5.5 mL of blood", "Take 5.7 mL of blood", "Take [5.5]{5.7} mL of blood"),
        ("Come for 8 visits in all", "Come for 8 visits in all, perhaps", "Come for 8 visits in all{, perhaps}"),
        ("One two three four five", "One two five", "One two [three four ]five"),
        ("One red fox jumps over it", "One blue dog jumps over it", "One [red fox]{blue dog} jumps over it"),
        ("Call +1 202 555-0101 now", "Call +1 202 555-0199 now", "Call [+1 202 555-0101]{+1 202 555-0199} now"),
        ("Day 112 (108 to 116)", "Day 112 (105 to 119)", "Day 112 ([108]{105} to [116]{119})"),
        ("người tham gia được quyền", "người bệnh được quyền", "người [tham gia]{bệnh} được quyền"),
        (f"Ask the {DOCTOR} today", f"Ask the {NURSE} today", f"Ask the [{DOCTOR}]{{{NURSE}}} today"),
        ("a nguo\u031b\u0300i b", "a nguo\u031b\u0301i b", "a [nguo\u031b\u0300i]{nguo\u031b\u0301i} b"),
        ("", "All new", "{All new}"),
        ("All gone", "", "[All gone]"),
    ],
)
def test_single_words_are_told_where_most_stay(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


def test_a_sentence_that_was_rewritten_is_replaced_as_a_whole() -> None:
    old = "The doctor will take a small sample of your blood at the first visit to the clinic"
    new = "Before you can start, a nurse asks for urine and the answers to six questions"
    assert told(old, new) == f"[{old}]{{{new}}}"


def test_a_short_sentence_with_much_added_is_not_replaced() -> None:
    more = "Nobody will ask you why you did so, neither now nor at any later time. " * 3
    assert told("You may stop.", f"You may stop. {more}") == f"You may stop.{{ {more}}}"


def test_a_style_that_changed_is_a_change_and_a_path_that_changed_is_none() -> None:
    assert told((Text("a "), Text("b")), (Text("a "), Styled("strong", (Text("b"),)))) == "a [b]{b}"
    assert told((Value("12", ("/a",)),), (Value("12", ("/a",), "assumed"),)) == "[12]{12}"
    new = (Text("Age "), Value("12", ("/new",)), Text(" years"))
    assert revised_words((Text("Age "), Value("12", ("/old",)), Text(" years")), new) == new


def test_a_value_that_changed_in_part_keeps_its_paths_in_every_part() -> None:
    new = revised_words((Value("12 to 65 years", ("/age",)),), (Value("12 to 70 years", ("/age",)),))
    assert new == (
        Value("12 to ", ("/age",)),
        Revised("deleted", (Value("65", ("/age",)),)),
        Revised("inserted", (Value("70", ("/age",)),)),
        Value(" years", ("/age",)),
    )


@given(trees.inlines)
def test_tokens_joined_again_say_what_the_run_said(inlines: Inlines) -> None:
    joined = run_of(tokens_of(inlines))
    assert plain_text(joined) == plain_text(inlines)
    assert [token.key for token in tokens_of(joined)] == [token.key for token in tokens_of(inlines)]


# ------------------------------------------------------------------------------------------------------- blocks


def of(*blocks: Block, footnotes: tuple[Footnote, ...] = ()) -> Document:
    section = Section(id="s", blocks=blocks, footnotes=footnotes)
    return Document(kind="k", language="en", title="t", subject="s", furniture=Furniture(), sections=(section,))


def words(name: str, *parts: str | Inline) -> Paragraph:
    return Paragraph(id=name, inlines=tuple(Text(part) if isinstance(part, str) else part for part in parts))


def item(name: str, text: str, marker: str | None = None) -> ListItem:
    return ListItem(id=name, blocks=(words(f"{name}.text", text),), marker=marker)


def listed(*items: ListItem) -> Document:
    return of(List(id="l", items=items))


def row(name: str, *cells: str) -> Row:
    return Row(id=name, cells=tuple(Cell(blocks=(words(f"{name}.{n}", text),)) for n, text in enumerate(cells)))


def table(*rows: Row) -> Document:
    return of(Table(id="t", columns=(1, 1), head=(), rows=rows))


def changes(base: Document, new: Document) -> dict[str, list[str]]:
    """Return what became of each id, in the order of the redline; what stays is left out."""
    check_both_sides(base, new)
    found: dict[str, list[str]] = {}
    for tagged, change in walk_changes(redline(base, new)):
        if change is not None:
            found.setdefault(tagged.id, []).append(change)
    return found


def rows_changed(base: Document, new: Document) -> dict[str, list[str]]:
    return {name: found for name, found in changes(base, new).items() if "." not in name}


def test_blocks_come_go_and_move() -> None:
    a, b, c, d = (words(name, f"Words of {name}") for name in "abcd")
    assert changes(of(a, b), of(a, c, b)) == {"c": ["inserted"]}
    assert changes(of(a, b), of(b)) == {"a": ["deleted"]}
    assert changes(of(a, b, c, d), of(b, c, d, a)) == {"a": ["moved-from", "moved-to"]}


def test_what_was_taken_away_stands_before_what_came_instead() -> None:
    tree = redline(of(words("a", "a"), words("b", "b")), of(words("c", "c"), words("b", "b")))
    assert [block.id for block in tree.sections[0].blocks] == ["a", "c", "b"]


def test_two_items_that_swap_ids_swap_words_or_places() -> None:
    base = listed(item("E01", "Pregnant now"), item("E02", "Asthma in childhood"))
    in_place = listed(item("E01", "Asthma in childhood"), item("E02", "Pregnant now"))
    with_words = listed(item("E02", "Pregnant now"), item("E01", "Asthma in childhood"))
    assert changes(base, in_place) == {}
    assert set(changes(base, with_words)) in ({"E01", "E01.text"}, {"E02", "E02.text"})


def test_an_element_that_was_removed_and_made_again_with_its_id_has_other_words() -> None:
    assert changes(listed(item("E01", "Pregnant")), listed(item("E01", "Asthma"))) == {}
    assert changes(listed(item("E01", "x")), listed()) == {"E01": ["deleted"], "E01.text": ["deleted"]}


def test_another_kind_of_the_same_id_replaces_the_block() -> None:
    heading = Heading(id="p", level=1, inlines=(Text("p"),))
    for base, new in (
        (words("p", "p"), heading),
        (heading, replace(heading, level=2)),
        (heading, replace(heading, number="1")),
        (words("p", "p"), replace(words("p", "p"), language="vi")),
    ):
        assert changes(of(base), of(new)) == {"p": ["deleted", "inserted"]}


def test_a_role_a_number_and_a_marker_keep_what_they_were() -> None:
    base = (
        words("p", "x"),
        Heading(id="h", level=1, inlines=(), number="6"),
        List(id="l", items=(item("i", "x", "E01"),)),
    )
    new = (
        replace(words("p", "x"), role="note"),
        Heading(id="h", level=1, inlines=(), number="7"),
        List(id="l", items=(item("i", "x", "E02"),)),
    )
    assert changes(of(*base), of(*new)) == {}
    paragraph, heading, numbered = redline(of(*base), of(*new)).sections[0].blocks
    assert isinstance(paragraph, Paragraph) and isinstance(heading, Heading) and isinstance(numbered, List)
    assert (paragraph.old_role, heading.old_number, numbered.items[0].old_marker) == ("body", "6", "E01")


def test_clause_tags_are_those_of_the_new_document() -> None:
    new = of(replace(words("p", "x"), clauses=("CR-b2",)))
    assert redline(of(words("p", "x")), new) == new


def test_lines_to_fill_or_sign_are_replaced_as_a_whole() -> None:
    base, new = of(words("p", "Name ", Blank("Name"))), of(words("p", "Full name ", Blank("Name")))
    assert changes(base, new) == {"p": ["deleted", "inserted"]}
    signature = Signature(id="s", who=(Text("Doctor"),), statement=(), lines=(("Name", 6),))
    assert changes(of(signature), of(replace(signature, lines=(("Date", 6),)))) == {"s": ["deleted", "inserted"]}


def test_an_item_without_its_first_block_is_replaced_as_a_whole() -> None:
    base, new = (listed(ListItem(id="i", blocks=(words(name, name),))) for name in ("a", "b"))
    assert changes(base, new) == {"i": ["deleted", "inserted"], "a": ["deleted"], "b": ["inserted"]}


def test_rows_are_known_by_their_ids_and_cells_by_their_place() -> None:
    base, new = table(row("a", "1", "2"), row("b", "3", "4")), table(row("b", "3", "5"), row("c", "6", "7"))
    assert rows_changed(base, new) == {"a": ["deleted"], "c": ["inserted"]}
    wider = table(Row(id="a", cells=(Cell(blocks=(), colspan=2),)))
    assert rows_changed(table(row("a", "1", "2")), wider) == {"a": ["deleted", "inserted"]}


def test_rows_that_a_merged_cell_ties_together_go_together() -> None:
    tied = Row(id="a", cells=(Cell(blocks=(words("a.0", "over both"),), rowspan=2), Cell(blocks=())))
    base = table(tied, row("b", "x"), row("c", "y", "z"))
    new = table(row("a", "alone", "now"), row("c", "y", "z"))
    assert rows_changed(base, new) == {"a": ["deleted", "inserted"], "b": ["deleted"]}


def test_other_columns_replace_the_table() -> None:
    base, new = (of(Table(id="t", columns=(1,) * n, head=(), rows=(row("r", *"abc"[:n]),))) for n in (2, 3))
    assert changes(base, new)["t"] == ["deleted", "inserted"]


def test_sections_come_go_and_move_with_all_that_is_in_them() -> None:
    one, two, three = (Section(id=name, blocks=(words(f"{name}.p", name),)) for name in ("one", "two", "three"))
    base = replace(of(), sections=(one, two, three))
    assert changes(base, replace(base, sections=(one, three))) == {"two.p": ["deleted"]}
    assert changes(base, replace(base, sections=(two, three, one))) == {"one.p": ["moved-from", "moved-to"]}


def test_footnotes_are_told_with_their_marks() -> None:
    def document(mark: str) -> Document:
        note = Footnote(id="n", mark=mark, inlines=(Text("a note"),))
        return of(words("p", "see ", FootnoteRef("n", mark)), footnotes=(note,))

    check_both_sides(document("a"), document("b"))
    assert redline(document("a"), document("b")).sections[0].footnotes[0].old_mark == "a"


def test_running_titles_are_the_new_ones_without_a_mark() -> None:
    new = replace(of(), furniture=Furniture(marks=((Text("CANDIDATE"),),)), title="new")
    assert redline(of(), new) == new


def test_headings_say_what_became_of_what_they_stand_in() -> None:
    within = ListItem(id="i", blocks=(Heading(id="h", level=2, inlines=(Text("Risks"),)),))
    assert [heading.change for heading in headings(redline(of(), listed(within)))] == ["inserted"]


# ----------------------------------------------------------------------------------------------------- large ones


def seconds(base: Document, new: Document) -> float:
    began = process_time()
    redline(base, new)
    return process_time() - began


def test_three_thousand_criteria_in_another_order_take_no_long_time() -> None:
    items = [item(f"E{n:04}", f"Criterion {n} about something", f"E{n:04}") for n in range(3_000)]
    base = listed(*items)
    Random(3).shuffle(items)
    assert seconds(base, listed(*items)) < 3
    check_both_sides(base, listed(*items))


@pytest.mark.parametrize(
    "long", ["x" * 1_000_000, "1" * 200_000, "word " * 50_000, "1 " * 50_000, "(" * 100_000, "a." * 50_000]
)
def test_very_long_words_and_runs_take_no_long_time(long: str) -> None:
    base, new = of(words("p", f"{long} a b c")), of(words("p", f"a b c {long[1:]}!"))
    assert seconds(base, new) < 3
    check_both_sides(base, new)
