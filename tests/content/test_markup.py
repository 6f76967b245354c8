"""Markup → tree: what every element becomes, how white space folds, and what is refused, with its place."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.content.errors import MarkupError
from regdocs.content.json_form import from_json
from regdocs.content.markup import parse_document
from regdocs.content.markup_blocks import BLOCKS
from regdocs.content.markup_inlines import INLINES
from regdocs.content.markup_whitespace import folded
from regdocs.content.model import (
    Block,
    Document,
    Inlines,
    LineBreak,
    Paragraph,
    Styled,
    Table,
    Text,
    Value,
)

MARKUP = Path(__file__).parent / "markup"


def parse(markup: str) -> Document:
    return parse_document(markup, kind="consent", language="en", template="consent.xml")


def in_section(body: str) -> str:
    return f'<document title="T" subject="S">\n<section id="s">\n{body}\n</section></document>'


def block(markup: str) -> Block:
    return parse(in_section(markup)).sections[0].blocks[0]


def words(markup: str) -> Inlines:
    found = block(f'<p id="p">{markup}</p>')
    assert isinstance(found, Paragraph)
    return found.inlines


def problems(markup: str) -> list[tuple[int, str]]:
    with pytest.raises(MarkupError) as caught:
        parse(markup)
    return [(problem.position.line, problem.message) for problem in caught.value.problems]


def value(text: str) -> str:
    return f'<value paths="/a">{text}</value>'


A = ("/a",)

# ------------------------------------------------------------------------------------------------------------- tree


def test_every_element_gives_the_tree_a_reviewer_has_read() -> None:
    markup = (MARKUP / "every_element.xml").read_text(encoding="utf-8")
    golden = json.loads((MARKUP / "every_element.json").read_text(encoding="utf-8"))
    assert parse(markup) == from_json(golden)


def test_a_section_row_with_one_cell_goes_across_the_table() -> None:
    table = block(
        '<table id="t" columns="1 1 1"><tbody><tr id="r" section="yes"><th>A</th></tr>'
        '<tr id="r2"><td>1</td><td>2</td><td>3</td></tr></tbody></table>'
    )
    assert isinstance(table, Table)
    assert table.rows[0].cells[0].colspan == 3


# ------------------------------------------------------------------------------------------------------ white space


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("  two\n   words ", (Text("two words"),)),
        (f"of {value('5 mL')}\n .", (Text("of "), Value("5 mL", A), Text(" ."))),
        (f"{value('double  space')}", (Value("double  space", A),)),
        (f"a {value(' b ')} c", (Text("a"), Value(" b ", A), Text("c"))),
        ("<strong>a </strong> b", (Styled("strong", (Text("a "),)), Text("b"))),
        ("a <em> b</em> ", (Text("a "), Styled("emphasis", (Text("b"),)))),
        ("a <br/> b", (Text("a"), LineBreak(), Text("b"))),
        ("a<em> </em>b", (Text("a"), Styled("emphasis", (Text(" "),)), Text("b"))),
        ("a <em> </em> b", (Text("a b"),)),
        ("a<!-- said in the template only -->b<![CDATA[ & ]]>c", (Text("ab & c"),)),
        ("no-break\u00a0 space", (Text("no-break\u00a0 space"),)),
        (value("one\ntwo\n"), (Value("one", A), LineBreak(), Value("two", A))),
        (value("one&#13;&#10;&#10;two"), (Value("one", A), LineBreak(), LineBreak(), Value("two", A))),
    ],
)
def test_white_space_folds_as_in_html_and_a_value_keeps_its_own(markup: str, expected: Inlines) -> None:
    assert words(markup) == expected


leaf = st.one_of(
    st.text(" ab\n", max_size=4).map(Text),
    st.text(" ab", max_size=3).map(lambda text: Value(text, A)),
    st.just(LineBreak()),
)
runs = st.recursive(
    st.lists(leaf, max_size=4).map(tuple),
    lambda inner: st.lists(st.one_of(leaf, inner.map(lambda run: Styled("strong", run))), max_size=4).map(tuple),
)


@given(runs)
def test_folding_twice_is_folding_once(run: Inlines) -> None:
    assert folded(folded(run)) == folded(run)


# ---------------------------------------------------------------------------------------------------------- refusals

P = '<p id="p">x</p>'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("loose words", 'text "loose words" may not stand directly in <section>'),
        ("<para id='p'>x</para>", "<para> may not stand in a section"),
        ('<p id="p" style="x">x</p>', '<p> has no attribute "style"'),
        ('<p id="p" rol="note">x</p>', 'did you mean "role"?'),
        ("<p>x</p>", '<p>: attribute "id" is missing'),
        (P + P, 'id "p" is used twice; first on line 3'),
        ('<p id="s">x</p>', 'id "s" is used twice; first on line 2'),
        ('<p id="a b">x</p>', 'id "a b" is not a name'),
        ('<p id="l.text">x</p><ul id="u"><li id="l">x</li></ul>', 'id "l.text" is used twice'),
        ('<p id="p" role="bold">x</p>', 'role="bold" is not one of "body", "lead"'),
        ('<p id="p" lang="viet nam">x</p>', 'lang "viet nam" is not a BCP 47'),
        ('<p id="p"> </p>', "<p> is empty"),
        (f'<p id="p">{value("")}</p>', "<p> is empty"),
        ('<p id="p"><value>x</value></p>', '<value>: attribute "paths" is missing'),
        ('<p id="p"><value paths="a">x</value></p>', 'path "a" of a value does not begin with "/"'),
        ('<p id="p"><value paths="/a"><em>x</em></value></p>', "a value is text only"),
        ('<p id="p"><value paths="/a" state="guess">x</value></p>', 'state="guess" is not one of'),
        ('<p id="p"><a href="x">x</a></p>', "<a> may not stand in the text of <p>"),
        ('<p id="p"><br>x</br></p>', "<br> may hold nothing"),
        ('<p id="p"><blank width="20"/></p>', '<blank>: attribute "label" is missing'),
        ('<p id="p"><blank label="x" width="wide"/></p>', 'width "wide" is not a whole number from 1 to 250'),
        ('<p id="p"><page-number/></p>', "<page-number> may stand in furniture only"),
        ('<p id="p">Version <identity field="version"/></p>', "<identity> may stand in furniture"),
        ("<tick label='Yes'/>", "<tick> may not stand directly in a section; put it into a <p>"),
        ('<p id="p">x<fn note="n" mark="a"/></p>', 'footnote "n" does not stand in this section'),
        (
            '<p id="p">x<fn note="n" mark="b"/></p><footnote id="n" mark="a">x</footnote>',
            'mark "b" is not the mark of footnote "n", "a"',
        ),
        (
            P + '<footnote id="n" mark="a">x</footnote><footnote id="m" mark="a">x</footnote>',
            'mark "a" is used by two footnotes',
        ),
        ('<footnote id="n" mark="a">x</footnote>' + P, "blocks stand before the footnotes"),
        ('<ul id="u"/>', "<ul> has no item"),
        ('<ul id="u"><p id="p">x</p></ul>', "<p> may not stand in <ul>"),
        ('<ul id="u"><li id="l"><em>x</em><p id="p">x</p></li></ul>', "put the words into a <p>"),
        ('<ul id="u"><li id="l">x<p id="p">x</p></li></ul>', 'text "x" may not stand directly in <li>'),
        ('<box id="b"><page-break id="k"/></box>', "<page-break> may stand directly in a <section> only"),
        ('<signature id="g"><who>x</who></signature>', "needs <who> and at least one <line>"),
        (
            '<signature id="g"><who>x</who><line label="x" share="13"/></signature>',
            'share "13" is not a whole number from 1 to 12',
        ),
        ('<table id="t" columns="1"><caption>x</caption></table>', "<table> has no <tbody>"),
        ('<table id="t" columns="0"><tbody><tr id="r"><td/></tr></tbody></table>', 'columns "0" is not a whole number'),
        ('<table id="t"><tbody><tr id="r"><td/></tr></tbody></table>', 'attribute "columns" is missing'),
        (
            '<table id="t" columns="1 1"><tbody><tr id="r"><td/></tr></tbody></table>',
            'row "r" fills 1 columns, expected 2 of 2',
        ),
        (
            '<table id="t" columns="1 1"><tbody><tr id="r"><td rowspan="2"/><td/></tr><tr id="q"><td/><td/></tr>'
            "</tbody></table>",
            'row "q" fills 2 columns, expected 1 of 2',
        ),
        (
            '<table id="t" columns="1"><tbody><tr id="r"><td rowspan="2"/></tr></tbody></table>',
            "a rowspan reaches beyond the last row",
        ),
        (
            '<table id="t" columns="1 1 1"><tbody><tr id="r"><td/><td rowspan="2"/><td/></tr>'
            '<tr id="q"><td colspan="2"/></tr></tbody></table>',
            "a cell would be split",
        ),
    ],
)
def test_what_the_format_forbids_is_told_with_its_place(body: str, message: str) -> None:
    found = problems(in_section(body))
    assert [line for line, told in found if message in told] == [3], found


@pytest.mark.parametrize(
    ("markup", "message"),
    [
        ("<html/>", "the outermost element is <html>, expected <document>"),
        ('<document title="T" subject="S"/>', "<document> has no <section>"),
        ('<document title="T" subject="S"><section id="s"/></document>', "would print an empty page"),
        ('<document title="T"><section id="s"><page-break id="b"/></section></document>', '"subject" is missing'),
        (
            '<document title="T" subject="S"><furniture><header/><header/></furniture>'
            '<section id="s"><p id="p">x</p></section></document>',
            "<furniture> has a second <header>",
        ),
        (
            '<document title="T" subject="S"><furniture><mark>x<fn note="n" mark="a"/></mark></furniture>'
            '<section id="s"><p id="p">x</p><footnote id="n" mark="a">x</footnote></section></document>',
            "<fn> may not stand in the furniture",
        ),
        (
            '<document title="T" subject="S"><section id="s"><p id="p">x</p></section><furniture/></document>',
            "<furniture> stands once, before the sections",
        ),
        (
            '<document title="T" subject="S" paper="A3"><section id="s"><p id="p">x</p></section></document>',
            'paper="A3" is not one of "A4", "Letter"',
        ),
    ],
)
def test_a_document_of_another_shape_is_refused(markup: str, message: str) -> None:
    found = problems(markup)
    assert len(found) == 1
    assert message in found[0][1]


@pytest.mark.parametrize(
    ("markup", "line", "message"),
    [
        ("<document>\n<section></document>", 2, "not well-formed: mismatched tag"),
        ("", 1, "not well-formed: no element found"),
        ("<document>&nbsp;</document>", 1, "not well-formed: undefined entity"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><document>&a;</document>', 1, "a DOCTYPE is not allowed"),
        ("<document>\n<?php echo 1 ?></document>", 2, 'a processing instruction ("php") is not allowed'),
        ("<a>" * 41 + "</a>" * 41, 1, "elements are nested more than 40 deep"),
        ("<document>\n\ud800</document>", 2, "half of a surrogate pair"),
        ("<document>\x00</document>", 1, "not well-formed"),
        ("<a>" + "x" * 20_000_000 + "</a>", 1, "at most 20000000 are read"),
    ],
    ids=["mismatch", "empty", "entity", "doctype", "instruction", "deep", "surrogate", "nul", "large"],
)
def test_hostile_or_broken_xml_is_refused(markup: str, line: int, message: str) -> None:
    found = problems(markup)
    assert found[0][0] == line
    assert message in found[0][1]


PARTS = ["document", "furniture", "section", "footnote", "li", "thead", "tbody", "tr", "td", "who", "line", "unknown"]
ATTRIBUTES = [
    "id",
    "role",
    "columns",
    "colspan",
    "rowspan",
    "share",
    "paths",
    "note",
    "mark",
    "label",
    "field",
    "width",
]
tags = st.sampled_from([*BLOCKS, *INLINES, *PARTS])
attributes = st.dictionaries(
    st.sampled_from(ATTRIBUTES),
    st.sampled_from(["", "a", "b", "1", "2", "1 1", "/a", "yes", "version", "-1", "99999999999"]),
    max_size=3,
)


def element(tag: str, given_attributes: dict[str, str], inside: list[str]) -> str:
    written = "".join(f' {name}="{text}"' for name, text in given_attributes.items())
    return f"<{tag}{written}>{''.join(inside)}</{tag}>"


elements = st.recursive(
    st.sampled_from(["", " ", "x", "<br/>"]),
    lambda inner: st.builds(element, tags, attributes, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@given(elements)
def test_whatever_elements_come_the_answer_is_a_document_or_a_markup_error(body: str) -> None:
    try:
        parse(in_section(body))
    except MarkupError as error:
        assert error.problems


def test_a_missing_id_is_told_once_and_not_again_for_what_hangs_on_it() -> None:
    row = "<tr><td>a</td><td>b</td></tr>"
    table = f'<table id="t" columns="1 1"><tbody>{row}\n{row}</tbody></table>'
    assert problems(in_section(table)) == [(n, '<tr>: attribute "id" is missing') for n in (3, 4)]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text() -> None:
    markup = in_section("<p>x</p>\nloose\n<h1 id='h' level='2'>x</h1>")
    assert [line for line, _ in problems(markup)] == [3, 4, 5]


def test_an_error_names_the_template_and_counts_columns_in_characters() -> None:
    with pytest.raises(MarkupError) as caught:
        parse(in_section('<p id="p">µ≥ <foo/></p>'))
    error = caught.value
    assert str(error).startswith("consent.xml:3:14: <foo> may not stand")
    assert (error.template, error.line, error.column) == ("consent.xml", 3, 14)
    assert error.problems[0].excerpt == '<p id="p">µ≥ <foo/></p>'
    assert error.exit_code == 1
