"""An institution's template is filled with the words of the form, in its own look, and can be read again."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from regdocs.content.query import headings, plain_text
from regdocs.own_template.fields import Source, fields_of
from regdocs.own_template.fill import Filled, fill
from regdocs.render.docx import render_docx
from regdocs.render.docx.bookmarks import block_ids, bookmark_name
from regdocs.render.text_layer import text_layer
from tests.documents.companions import MINIMAL
from tests.own_template.conftest import REFERENCE, source_of
from tests.own_template.institution import add_control, changed, control, new_template, saved, whole_form


def filled(template: bytes, source: Source, **options: Any) -> Filled:
    return fill(template, "own.docx", source, REFERENCE, **options)


def done(template: bytes, source: Source) -> bytes:
    """The file of a template that is only a part of a form, without an error."""
    made = filled(template, source, part=True)
    assert made.data is not None, [one.message for one in made.findings]
    return made.data


def whole(source: Source) -> bytes:
    tops = [one.id for one in headings(source.document) if one.level == 1]
    return whole_form(["consent.facts", *tops])


def words_of(data: bytes) -> str:
    return " ".join(word.text for word in text_layer(data, "docx").words)


def body(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data)).element.body


def paragraph_with(data: bytes, words: str) -> Any:
    return next(one for one in docx.Document(io.BytesIO(data)).paragraphs if words in one.text)


# ------------------------------------------------------------------------------------------------------ whole templates


def everything() -> bytes:
    """A template that places the notice of the draft and the whole text, each by one field."""
    word = new_template()
    word.add_paragraph("{{ draft-notice }}")
    word.add_paragraph("{{ consent.main }}")
    return saved(word)


def test_a_template_that_places_everything_says_all_that_our_own_file_says(source: Source) -> None:
    made = filled(everything(), source)
    assert made.findings == () and made.data is not None
    ours = render_docx(source.document, source.identity, reference=REFERENCE)
    running = source.document.furniture
    furniture = {word for inlines in (*running.header, *running.footer) for word in plain_text(inlines).split()}
    assert set(words_of(ours).split()) - set(words_of(made.data).split()) <= furniture


def test_the_filled_file_carries_the_ids_of_its_blocks(source: Source) -> None:
    data = done(everything(), source)
    ids = block_ids(data)
    assert ids == block_ids(render_docx(source.document, source.identity, reference=REFERENCE))
    starts = [one.get(qn("w:name")) for one in body(data).iter(qn("w:bookmarkStart"))]
    assert set(starts) == set(ids) and len(starts) == len(set(starts))
    numbers = [one.get(qn("w:id")) for one in body(data).iter(qn("w:bookmarkStart"))]
    ends = [one.get(qn("w:id")) for one in body(data).iter(qn("w:bookmarkEnd"))]
    assert len(numbers) == len(set(numbers)) and sorted(numbers) == sorted(ends)


def test_parts_of_a_form_one_by_one_give_every_element(source: Source) -> None:
    assert filled(whole(source), source).findings == ()


def test_the_same_template_gives_the_same_bytes(source: Source) -> None:
    template = whole(source)
    assert filled(template, source).data == filled(template, source).data


def test_the_filled_file_opens_clean_in_the_validator(source: Source, tmp_path: Path) -> None:
    (tmp_path / "filled.docx").write_bytes(done(whole(source), source))
    command = [sys.executable, "-m", "openxml_audit", str(tmp_path / "filled.docx")]
    audited = subprocess.run(command, capture_output=True, text=True, check=False)
    assert audited.returncode == 0, audited.stdout


def test_a_filled_file_may_be_a_template_again(source: Source) -> None:
    """Its controls are still there; bookmarks of the first filling do not stand twice."""
    word = new_template()
    add_control(word, "consent.costs")
    once = done(saved(word), source)
    # Braces are gone after the first filling, so the identity needs new places.
    again = docx.Document(io.BytesIO(once))
    again.sections[0].header.add_paragraph("{{ draft-mark }} {{ version }} {{ date }}")
    twice = done(saved(again), source)
    names = [one.get(qn("w:name")) for one in body(twice).iter(qn("w:bookmarkStart"))]
    assert bookmark_name("consent.costs") in names and len(names) == len(set(names))
    assert set(block_ids(twice).values()) == set(block_ids(once).values())


# ------------------------------------------------------------------------------------------------------------ places


def test_a_control_is_known_by_its_tag_or_its_title(source: Source) -> None:
    word = new_template()
    add_control(word, "consent.costs")
    add_control(word, "", alias="consent.payment")
    words = words_of(done(saved(word), source))
    assert "Click here" not in words
    costs, payment = fields_of(source)["consent.costs"], fields_of(source)["consent.payment"]
    assert costs.words in words and payment.words in words


def test_a_control_keeps_its_name_and_loses_what_would_overwrite_its_words(source: Source) -> None:
    word = new_template()
    bound = '<w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/><w:text/>'
    add_control(word, "consent.costs", more=bound)
    kept = next(body(done(saved(word), source)).iter(qn("w:sdtPr")))
    assert [one.tag for one in kept] == [qn("w:tag")]


def test_words_in_a_line_look_like_the_line(source: Source) -> None:
    word = new_template()
    line = word.add_paragraph("Ask ")
    run = line.add_run("{{ site.investigator.name }}")
    run.bold, run.font.name = True, "Georgia"
    line.add_run(" at any time.")
    found = paragraph_with(done(saved(word), source), "at any time")
    name = source.protocol.sites[0].investigator.name.present
    assert found.text == f"Ask {name} at any time."
    assert [one.text for one in found.runs if one.bold] == [name]


def test_a_control_inside_a_line_is_filled_with_words(source: Source) -> None:
    word = new_template()
    line = word.add_paragraph("Protocol ")
    line._p.append(control("protocol.identity.protocol_number", "<w:r><w:t>Click</w:t></w:r>"))
    data = done(saved(word), source)
    number = source.protocol.identity.protocol_number.present
    assert f"Protocol {number}" in words_of(data)


def test_a_path_of_the_protocol_names_the_same_value(source: Source) -> None:
    word = new_template()
    add_control(word, "/identity/protocol_number")
    assert source.protocol.identity.protocol_number.present in words_of(done(saved(word), source))


def test_blocks_in_the_only_control_of_a_paragraph_take_its_place(source: Source) -> None:
    """Word puts a control into a paragraph when the cursor stands in an empty one."""
    word = new_template()
    word.add_paragraph("")._p.append(control("consent.costs", "<w:r><w:t>Click</w:t></w:r>"))
    data = done(saved(word), source)
    outer = next(body(data).iter(qn("w:sdt")))
    assert outer.getparent().tag == qn("w:body") and outer.find(f".//{qn('w:p')}") is not None


def test_braces_that_word_tore_into_runs_are_one_field(source: Source) -> None:
    word = new_template()
    torn = word.add_paragraph("{")
    for piece in ("{ con", "sent.co", "sts }", "}"):
        torn.add_run(piece)
    assert fields_of(source)["consent.costs"].words in words_of(done(saved(word), source))


def test_blocks_in_a_cell_are_as_wide_as_the_cell(source: Source) -> None:
    word = new_template()
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Contacts", "{{ consent.contacts.below }}"
    data = done(saved(word), source)
    inner = next(one for one in body(data).iter(qn("w:tbl")) if any(True for _ in one.iterancestors(qn("w:tc"))))
    width = sum(int(one.get(qn("w:w"))) for one in inner.find(qn("w:tblGrid")))
    cell = docx.Document(io.BytesIO(data)).tables[0].cell(0, 1)
    assert 0 < width <= cell.width.twips
    assert cell._tc[-1].tag == qn("w:p")  # Word asks for a paragraph at the end of each cell


def test_what_stands_below_a_heading_comes_without_it(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs.below }}")
    data = done(saved(word), source)
    heading = next(one for one in headings(source.document) if one.id == "consent.costs")
    assert plain_text(heading.inlines) not in words_of(data).split()
    assert "consent.costs" not in block_ids(data).values()


def test_a_condition_may_ask_whether_a_field_is_there(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{% if consent.signatures.nobody is defined %}Nobody signs.{% endif %}")
    word.add_paragraph("{% if consent.costs is defined %}Costs are told.{% endif %}")
    word.add_paragraph("{{ consent.costs }}")
    words = words_of(done(saved(word), source))
    assert "Costs are told." in words and "Nobody signs." not in words


def test_docxtpl_paragraph_tags_are_understood(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{%p if consent.costs is defined %}")
    word.add_paragraph("{{p consent.costs }}")
    word.add_paragraph("{%p endif %}")
    data = done(saved(word), source)
    assert fields_of(source)["consent.costs"].words in words_of(data)
    assert all(one.tag in (qn("w:p"), qn("w:tbl"), qn("w:sectPr")) for one in body(data))


def test_words_of_the_study_never_pass_through_jinja() -> None:
    text = "{{ 7 * 7 }}{% raw %} {_{ & <w:p/>"
    source = source_of(MINIMAL.replace("short: Examplin\n", f"short: '{text}'\n"))
    word = new_template()
    word.add_paragraph("Short: {{ protocol.identity.titles.short }}")
    assert paragraph_with(done(saved(word), source), "Short:").text == f"Short: {text}"


def test_open_values_are_marked_in_a_template_too() -> None:
    source = source_of(MINIMAL.replace("short: Examplin\n", 'short: "TODO: ask the sponsor"\n'))
    word = new_template()
    word.add_paragraph("{{ protocol.identity.titles.short }}")
    word.add_paragraph("{{ draft-notice }}")
    data = done(saved(word), source)
    found = paragraph_with(data, "[TO BE COMPLETED: ask the sponsor]")
    assert [run.style.name for run in found.runs if run.text] == ["To Be Completed"]
    assert "/identity/titles/short" in words_of(data)


# ------------------------------------------------------------------------------------------------------------- looks


def test_headings_have_the_style_of_the_institution_whatever_its_id(source: Source) -> None:
    """A German Word calls the style with the name "heading 1" by another id."""
    word = new_template()
    word.styles["Heading 1"].element.set(qn("w:styleId"), "berschrift1")
    word.add_paragraph("{{ consent.costs }}")
    data = done(saved(word), source)
    heading = next(one for one in body(data).iter(qn("w:pStyle")) if one.get(qn("w:val")) == "berschrift1")
    assert heading is not None
    styles = docx.Document(io.BytesIO(data)).styles
    assert [one.name for one in styles if one.name.lower() == "heading 1"] == ["Heading 1"]


def test_a_style_that_the_template_has_under_our_id_for_something_else_is_left_alone(source: Source) -> None:
    word = new_template()
    taken = word.styles.add_style("Institution Note", 1)
    taken.element.set(qn("w:styleId"), "Note")
    word.add_paragraph("{{ consent.agreement }}")
    styles = docx.Document(io.BytesIO(done(saved(word), source))).styles
    ids = [one.style_id for one in styles]
    assert len(ids) == len(set(ids)) and styles["Institution Note"].style_id == "Note"


def test_paragraphs_take_the_style_of_the_place(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.costs.text }}", style="Body Text")
    data = done(saved(word), source)
    assert paragraph_with(data, fields_of(source)["consent.costs.text"].words).style.name == "Body Text"


def test_lists_count_by_themselves_beside_those_of_the_template(source: Source) -> None:
    word = new_template()
    word.add_paragraph("Ours", style="List Number")
    word.add_paragraph("{{ consent.agreement }}")
    data = done(saved(word), source)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        numbering = package.read("word/numbering.xml").decode()
    numbers = re.findall(r'<w:num [^>]*w:numId="(\d+)"', numbering)
    used = {one.get(qn("w:val")) for one in body(data).iter(qn("w:numId"))}
    assert len(numbers) == len(set(numbers)) and used <= set(numbers)
    assert numbering.rindex("<w:abstractNum ") < numbering.index("<w:num ")


def test_a_template_without_lists_gets_them(source: Source) -> None:
    word = new_template()
    word.add_paragraph("{{ consent.agreement }}")
    bare = changed(saved(word), "word/numbering.xml", None)
    bare = changed(
        bare, "word/_rels/document.xml.rels", lambda xml: re.sub(rb"<Relationship [^>]*numbering[^>]*/>", b"", xml)
    )
    bare = changed(bare, "[Content_Types].xml", lambda xml: re.sub(rb"<Override [^>]*numbering[^>]*/>", b"", xml))
    assert list(body(done(bare, source)).iter(qn("w:numId")))


def test_the_file_says_nothing_of_who_made_the_template(source: Source) -> None:
    word = new_template()
    word.core_properties.author, word.core_properties.title = "Somebody", "Old form"
    word.add_paragraph("{{ consent.costs }}")
    properties = docx.Document(io.BytesIO(done(saved(word), source))).core_properties
    assert (properties.author, properties.title) == ("", source.document.title)
