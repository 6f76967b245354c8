"""Hostile and mistaken templates: each gives the name of the template, the line and words, and reads no file."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from regdocs.documents import effort, sandbox
from regdocs.documents.compose import compose
from regdocs.documents.kind import Kind
from regdocs.documents.sandbox import Template
from regdocs.documents.shown import Name, Shown
from regdocs.documents.template import TemplateProblem, render_template

NAME = "kind/kind.xml"


@dataclass(frozen=True)
class View:
    title: Shown
    rows: tuple[Name, ...]
    absent: Shown | None = None


VIEW = View(Shown("Title & more", ("/titles/brief",)), (Name("a"), Name("b")))


def templates(text: str, **others: str) -> dict[str, Template]:
    named = {NAME: text, **{f"shared/{name}.xml": other for name, other in others.items()}}
    return {name: Template(source, f"templates/{name}") for name, source in named.items()}


def rendered(text: str, **others: str) -> str:
    return render_template(NAME, templates(text, **others), {"view": VIEW})


def problem(text: str, **others: str) -> TemplateProblem:
    with pytest.raises(TemplateProblem) as caught:
        rendered(text, **others)
    return caught.value


# ------------------------------------------------------------------------------------------ what a template may do


def test_a_value_is_printed_with_its_path_and_escaped() -> None:
    assert rendered("{{ view.title }}") == '<value paths="/titles/brief" state="known">Title &amp; more</value>'


def test_ids_are_joined_and_numbers_added() -> None:
    assert (
        rendered('{% for row in view.rows %}{{ "k." ~ row ~ "." ~ (loop.index + 1) }} {% endfor %}') == "k.a.2 k.b.3 "
    )


def test_text_of_a_template_that_is_joined_to_an_id_is_still_escaped() -> None:
    assert rendered('{{ "<p>" ~ view.rows[0] }}') == "&lt;p&gt;a"


# -------------------------------------------------------------------------------------- what ends with one sentence

# Where Jinja itself does not know the line, or notices at the end only. Everything else is told on line 3.
_OTHER_LINE = {
    "a syntax error": 4,
    "an unclosed loop": 4,
    "a view changed": 1,
    "loops within loops without end": 1,
    "brackets without end": 1,
}

# Name of the case: what stands on line 3 of the template, what is said.
_ONE_LINE: dict[str, tuple[str, str]] = {
    "the class of a text": ("{{ ''.__class__.__mro__ }}", "not allowed"),
    "the class of a value": ("{{ view.title.__class__ }}", "not allowed"),
    "the globals of a macro": ("{% macro m() %}{% endmacro %}{{ m.__globals__ }}", "has no attribute"),
    "the attr filter": ("{{ ''|attr('__class__') }}", "No filter named 'attr'"),
    "the format filter": ("{{ '%s'|format(view) }}", "No filter named 'format'"),
    "the map filter": ("{{ view.rows|map('upper') }}", "No filter named 'map'"),
    "the format method": ("{{ '{0.__class__}'.format(view) }}", "not allowed"),
    "formatting with a percent sign": ("{{ '%s' % view }}", "'%' is not allowed"),
    "a text repeated": ("{{ 'a' * 10**9 }}", "not allowed"),
    "a huge power": ("{{ 9**9**9 }}", "'**' is not allowed"),
    "a range": ("{% for n in range(99999999) %}{% endfor %}", "'range' is undefined"),
    "another global": ("{{ cycler('a') }}", "'cycler' is undefined"),
    "an unknown name": ("{{ titel }}", "'titel' is undefined"),
    "an unknown field": ("{{ view.titel }}", "has no attribute 'titel'"),
    "a field of something absent": ("{{ view.absent.text }}", "has no attribute 'text'"),
    "a syntax error": ("{% if view.title %", "template syntax"),
    "an unknown tag": ("{% do x %}", "template syntax"),
    "an unclosed loop": ("{% for x in view.rows %}", "template syntax"),
    "a file of the system included": ('{% include "../../etc/passwd" %}', "does not exist"),
    "an absolute path included": ('{% include "/etc/passwd" %}', "does not exist"),
    "an unknown import": ('{% import "shared/none.xml" as x %}', "does not exist"),
    "an unknown parent": ('{% extends "file:///etc/passwd" %}', "does not exist"),
    "an include of a number": ("{% include 5 %}", "int"),
    "a value compared": ("{% if view.title == 'Title' %}x{% endif %}", "compute it in the view"),
    "a value as condition": ("{% if view.title %}x{% endif %}", "compute it in the view"),
    "a value searched in": ("{% if 'T' in view.title %}x{% endif %}", "compute it in the view"),
    "a value searched for": ("{% if view.title in view.rows %}x{% endif %}", "compute it in the view"),
    "a value ordered": ("{% if view.title < 5 %}x{% endif %}", "compute it in the view"),
    "a value joined": ("{{ 'x' ~ view.title }}", "print it by itself"),
    "a value added": ("{{ view.title + 'x' }}", "print it by itself"),
    "the length of a value": ("{{ view.title|length }}", "compute it in the view"),
    "the first letter of a value": ("{{ view.title|first }}", "compute it in the view"),
    "the letters of a value": ("{% for c in view.title %}{{ c }}{% endfor %}", "compute it in the view"),
    "the bare text of a value": ("{{ view.title.text }}", "not allowed"),
    "the paths of a value": ("{{ view.title['paths'] }}", "not allowed|compute it in the view"),
    "a value called": ("{{ view.title() }}", "not callable|not safely callable"),
    "nothing printed": ("{{ view.absent }}", "nothing to print"),
    "a list printed": ("{{ view.rows }}", "cannot be printed"),
    "a view printed": ("{{ view }}", "cannot be printed"),
    "a macro printed": ("{% macro m() %}{% endmacro %}{{ m }}", "cannot be printed"),
    "texts added": ("{{ 'a' + 'b' }}", "adds whole numbers"),
    "a division by nothing": ("{{ 1 // 0 }}", "zero"),
    "a view changed": ("{% set view.title = 1 %}", "namespace"),
    "loops within loops without end": ("{% for i in view.rows %}" * 30 + "x" + "{% endfor %}" * 30, "nested"),
    "brackets without end": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "without end|nested"),
    "a text doubled by block assignments": (
        "{% set x %}0123456789{% endset %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 60,
        "more than",
    ),
    "a text doubled by joining": ("{% set x = '0123456789' %}" + "{% set x = x ~ x %}" * 60, "more than"),
    "a text doubled by macros": (
        "{% macro m0() %}0123456789{% endmacro %}"
        + "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(40))
        + "{{ m40() }}",
        "more than",
    ),
    "a macro that calls itself": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "without end"),
    "a template that includes itself": ('{% include "kind/kind.xml" %}', "without end"),
    "a list that holds itself doubled": ("{% set x = [1] %}" + "{% set x = [x, x] %}" * 60 + "{{ x }}", "printed"),
}


@pytest.mark.parametrize("case", _ONE_LINE)
def test_a_hostile_line_is_told_with_its_template_and_line(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_CHARACTERS", 200_000)
    line, said = _ONE_LINE[case]
    found = problem(f"<p>\none\n{line}\n</p>")
    assert any(part in found.message for part in said.split("|")), found.message
    assert (found.template, found.line) == (NAME, _OTHER_LINE.get(case, 3))
    assert "0x" not in found.message, "an address tells where things lie in memory"


def test_a_template_that_writes_too_much_in_a_loop_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "MAX_CHARACTERS", 50_000)
    loops = "{% for a in '0123456789' %}" * 6
    assert "more than" in problem(f"{loops}{'x' * 900}{'{% endfor %}' * 6}").message


_TEN = "'0123456789'"
_WORK = {
    "loops that print nothing": f"{{% for a in {_TEN} %}}" * 12 + "{% endfor %}" * 12,
    "a loop whose condition passes over everything": (
        "{% set x = 'ab' %}"
        + "{% set x = x ~ x %}" * 18
        + f"{{% for a in {_TEN} %}}" * 8
        + "{% for b in x if false %}{% endfor %}"
        + "{% endfor %}" * 8
    ),
    "a long text searched again and again": (
        "{% set x = 'ab' %}"
        + "{% set x = x ~ x %}" * 20
        + f"{{% for a in {_TEN} %}}" * 8
        + "{% if 'z' in x %}{% endif %}"
        + "{% endfor %}" * 8
    ),
    "a long text cut again and again": (
        "{% set x = 'ab' %}"
        + "{% set x = x ~ x %}" * 20
        + f"{{% for a in {_TEN} %}}" * 8
        + "{% set y = x[1:] %}"
        + "{% endfor %}" * 8
    ),
    "a long text made a list again and again": (
        "{% set x = 'ab' %}"
        + "{% set x = x ~ x %}" * 20
        + f"{{% for a in {_TEN} %}}" * 8
        + "{% set y = x|list %}"
        + "{% endfor %}" * 8
    ),
    "a macro that calls two that call two": (
        "{% macro m0() %}{% endmacro %}"
        + "".join(f"{{% macro m{n + 1}() %}}{{{{ m{n}() }}}}{{{{ m{n}() }}}}{{% endmacro %}}" for n in range(60))
        + "{{ m60() }}"
    ),
    "a loop that calls itself": (
        f"{{% for a in {_TEN} recursive %}}{{% if loop.depth < 30 %}}{{{{ loop({_TEN}) }}}}{{% endif %}}{{% endfor %}}"
    ),
    "a file included again and again": (
        f"{{% for a in {_TEN} %}}" * 8 + '{% include "shared/part.xml" %}' + "{% endfor %}" * 8
    ),
    "a long body again and again": f"{{% for a in {_TEN} %}}" * 8 + "{% set y = 1 %}" * 5000 + "{% endfor %}" * 8,
}


# These take seconds each to reach the limit; `make quick` keeps the others.
_SECONDS = {"a loop whose condition passes over everything", "a long text made a list again and again"}


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=[pytest.mark.slow] if case in _SECONDS else []) for case in _WORK]
)
def test_a_template_that_goes_on_without_end_is_stopped_within_seconds(case: str) -> None:
    began = time.process_time()
    found = problem(f"<p>\none\n{_WORK[case]}\n</p>", part="x")
    assert (
        found.message
        == "not allowed in a template: the template goes on without end, or does far more than a document needs"
    )
    assert found.template in (NAME, "shared/part.xml") and found.line == (3 if found.template == NAME else 1)
    assert time.process_time() - began < 20


@pytest.mark.slow
def test_loops_over_the_criteria_in_each_other_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    view = View(VIEW.title, tuple(Name(f"E{number:03}") for number in range(400)))
    text = "\n" + "{% for one in view.rows %}\n" * 5 + "{{ one }}" + "{% endfor %}" * 5
    monkeypatch.setattr(sandbox, "MAX_CHARACTERS", 10**12)
    began = time.process_time()
    with pytest.raises(TemplateProblem, match="without end") as caught:
        render_template(NAME, templates(text), {"view": view})
    assert 2 <= caught.value.line <= 7
    assert time.process_time() - began < 20


def test_one_run_of_a_template_does_not_pay_for_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effort, "MAX_STEPS", 1_000)
    text = f"{{% for a in {_TEN} %}}" * 2 + "x" + "{% endfor %}" * 2
    assert [rendered(text) for _ in range(5)] == ["x" * 100] * 5


def test_a_mistake_in_a_macro_of_another_template_is_told_there() -> None:
    found = problem(
        '{% import "shared/parts.xml" as parts %}\n{{ parts.part(view) }}',
        parts="{% macro part(v) %}\n{{ v.title }}\n{{ v.titel }}\n{% endmacro %}",
    )
    assert (found.template, found.line) == ("shared/parts.xml", 3)


def test_a_syntax_error_in_an_included_template_is_told_there() -> None:
    found = problem('x\n{% include "shared/broken.xml" %}', broken="\n\n{{ }}")
    assert (found.template, found.line) == ("shared/broken.xml", 3)


def test_a_missing_template_is_told_with_those_that_exist() -> None:
    found = problem('\n{% include "shared/forniture.xml" %}', furniture="x")
    assert found.line == 2 and found.hint == "the templates are: kind/kind.xml, shared/furniture.xml"


# ---------------------------------------------------------------------------------------- markup that is no document

_HEAD = '<document title="t" subject="s">\n<section id="k.main">\n'
_END = "</section>\n</document>\n"


def composed(text: str, **others: str) -> TemplateProblem:
    kind = Kind("kind", "Kind", ("html",), False, lambda protocol, reader, site: VIEW)
    with pytest.raises(TemplateProblem) as caught:
        compose(kind, None, None, "en", templates(text, **others))  # type: ignore[arg-type]  # the view reads nothing
    return caught.value


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<p id='k.a'>{{ view.title }}", "mismatched tag"),
        ("<bx id='k.a'/>", 'did you mean "box"?'),
        ("<p id='k.a' rol='note'>x</p>", 'did you mean "role"?'),
        ("<p>x</p>", '"id" is missing'),
        ("<p id='k.{{ view.title }}'>x</p>", "not well-formed"),
        ("<script id='k.s'>x</script>", "<script> may not stand"),
        ("<p id='k.a'>&nbsp;</p>", "undefined entity"),
        ("<?php x ?>", "processing instruction"),
        ("<p id='k.a'>5 < 6</p>", "not well-formed"),
    ],
)
def test_a_mistake_in_the_markup_is_told_at_the_line_that_wrote_it(line: str, said: str) -> None:
    loop = "{% for row in view.rows %}\n<p id='k.{{ row }}'>{{ view.title }}</p>\n{% endfor %}\n"
    before = "{# a comment\n of two lines #}\n" + loop
    found = composed(_HEAD + before + line + "\n" + _END)
    assert said in found.message
    # A tag that is not closed is noticed where another one closes, on the next line.
    assert (found.template, found.line) == (NAME, 9 if said == "mismatched tag" else 8)


def test_a_doctype_is_refused_at_its_line() -> None:
    found = composed('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + _HEAD + "<p id='k.a'>&x;</p>" + _END)
    assert (found.line, found.message) == (1, "a DOCTYPE is not allowed")


def test_every_mistake_of_the_markup_is_told_each_once() -> None:
    text = _HEAD + "{% for row in view.rows %}\n<p>x</p>\n{% endfor %}\n<bx id='k.a'/>\n" + _END
    found = composed(text)
    assert [(one.line, one.message.split(";")[0]) for one in (found, *found.also)] == [
        (4, '<p>: attribute "id" is missing'),
        (6, "<bx> may not stand in a section"),
    ]


def test_an_id_used_twice_is_told_with_the_line_of_the_first() -> None:
    found = composed(_HEAD + "\n\n<p id='k.a'>x</p>\n<p id='k.b'>x</p>\n<p id='k.a'>y</p>\n" + _END)
    assert (found.line, found.message) == (7, f'id "k.a" is used twice; first on line 5 of {NAME}')


def test_a_mistake_that_a_macro_wrote_is_told_in_the_macro() -> None:
    macro = "{% macro part(row) %}\n\n<p id='{{ row }}'>x</p>\n<q>{{ row }}</q>\n{% endmacro %}"
    text = '{% import "shared/parts.xml" as parts %}\n' + _HEAD + "{{ parts.part('k.a') }}\n" + _END
    found = composed(text, parts=macro)
    assert (found.template, found.line) == ("shared/parts.xml", 4)


def test_what_one_document_sets_is_not_there_for_the_next() -> None:
    both = templates("{% set x = view.title %}{{ parts is defined }}", parts="{% set secret = 1 %}")
    with pytest.raises(TemplateProblem, match="cannot be printed"):
        render_template(NAME, both, {"view": VIEW})
    again = {**both, NAME: Template("{{ x }}", "templates/kind/kind.xml")}
    with pytest.raises(TemplateProblem, match="'x' is undefined"):
        render_template(NAME, again, {"view": VIEW})


def test_no_template_opens_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"a file was opened: {args}")

    opened: Callable[..., object] = refuse
    monkeypatch.setattr("builtins.open", opened)
    monkeypatch.setattr("os.open", opened)
    for line in ('{% include "../../../etc/passwd" %}', '{% import "/etc/passwd" as x %}', '{% extends "~/x" %}'):
        with pytest.raises(TemplateProblem):
            render_template(NAME, templates(line), {"view": VIEW})
