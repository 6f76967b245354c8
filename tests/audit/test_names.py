"""Names, signed text fields, paths and origins: what may be written, and why the rest may not."""

import pytest

from regdocs.audit.names import (
    NotAnOrigin,
    is_name,
    is_person,
    is_signed_text,
    origin_of,
    problem_of_path,
    problem_of_paths,
)

NONCE = "0123456789abcdef" * 2


@pytest.mark.parametrize("text", ["a", "7", "jane.doe@example.org", "a_b-c", "a" * 200])
def test_person_has_a_name_without_a_slash(text: str):
    assert is_name(text)
    assert is_person(text)
    assert is_name(f"{text[:190]}/k1")
    assert not is_person(f"{text[:190]}/k1")


@pytest.mark.parametrize("text", ["", "A", ".a", "@a", "/a", "-a", "a b", "a\n", "a+b", "é", "a" * 201, "a:b"])
def test_what_is_no_name_is_known(text: str):
    assert not is_name(text)
    assert not is_person(text)


@pytest.mark.parametrize("text", ["Jane Q. Doe, MD", "x", "Nguyễn Thị Ánh", "1.0", "a\u00a0b", "—" * 200])
def test_text_of_one_line_may_be_signed(text: str):
    assert is_signed_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x" * 201,
        " x",
        "x ",
        "x\u00a0",
        "\u3000x",
        "x\ny",
        "x\ty",
        "x\ry",
        "x\x00",
        "x\x7f",
        "x\x85y",
        "x\u2028y",
        "x\u2029y",
        "e\u0301",
        "x\u202ey",
        "\u061cx",
        "x\u200f",
        "x\u2066",
        "x\u2069",
        "x\u202a",
        "\ud800",
    ],
)
def test_text_that_could_read_as_another_may_not_be_signed(text: str):
    assert not is_signed_text(text)


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "protocol.yaml",
        "templates/consent/key.xml",
        "a b/c",
        ".hidden",
        "...a",
        "console",
        "nula.txt",
        "com",
        "com10",
        "đồng-ý/vi.pdf",
        "a" * 240,
        "lptx",
        "a..b",
        "consent/nul-site/en.pdf",
    ],
)
def test_path_that_is_one_file_on_every_system_is_allowed(path: str):
    assert problem_of_path(path) is None


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("", "empty segment"),
        ("/etc/passwd", "empty segment"),
        ("a/", "empty segment"),
        ("a//b", "empty segment"),
        ("..", 'segment ".."'),
        ("a/../b", 'segment ".."'),
        ("./a", 'segment "."'),
        ("a\\b", "backslash"),
        ("C:/a", "colon"),
        ("a:stream", "colon"),
        ("a\nb", "control"),
        ("a\x00", "control"),
        ("a\x9f", "control"),
        ("\ud800", "control"),
        ("e\u0301", "NFC"),
        ("a./b", "dot or a space"),
        ("a /b", "dot or a space"),
        ("a" * 241, "240"),
        ("con", "device"),
        ("a/NUL", "device"),
        ("nul.txt", "device"),
        ("nul.tar.gz", "device"),
        ("Aux .txt", "device"),
        ("com1", "device"),
        (" con", "device"),
        ("LPT9.pdf", "device"),
        ("com²", "device"),
        ("conin$", "device"),
        ("prn/a", "device"),
    ],
)
def test_path_that_could_be_another_file_or_outside_is_refused(path: str, problem: str):
    found = problem_of_path(path)
    assert found is not None
    assert problem in found


def test_paths_that_differ_in_case_only_are_refused():
    assert problem_of_paths(["a", "b", "a/b"]) is None
    assert problem_of_paths([]) is None
    assert "the same as 'a/B'" in (problem_of_paths(["a/B", "c", "A/b"]) or "")
    assert "the same as" in (problem_of_paths(["a", "a"]) or "")
    assert "the same as" in (problem_of_paths(["straße", "STRASSE"]) or "")
    assert (problem_of_paths(["a", "../b"]) or "").startswith("'../b': ")


@pytest.mark.parametrize(
    ("namespace", "study", "origin"),
    [
        (None, "ACME-001", "regdocs.invalid/acme-001/01234567"),
        ("research.example.org", "NCT03484741", "research.example.org/nct03484741/01234567"),
        (None, " A/B (c) ", "regdocs.invalid/a-b-c/01234567"),
        (None, "Đề cương Ánh 2", "regdocs.invalid/de-cuong-anh-2/01234567"),
        (None, "x" * 300, f"regdocs.invalid/{'x' * 60}/01234567"),
    ],
)
def test_origin_is_domain_slug_and_nonce(namespace: str | None, study: str, origin: str):
    assert origin_of(namespace, study, NONCE) == origin
    assert is_name(origin)


@pytest.mark.parametrize(
    ("namespace", "study", "nonce", "reason"),
    [
        ("Example.org", "s", NONCE, "domain"),
        ("example", "s", NONCE, "domain"),
        ("example.org/x", "s", NONCE, "domain"),
        ("", "s", NONCE, "domain"),
        ("-a.org", "s", NONCE, "domain"),
        (f"{'a' * 100}.org", "s", NONCE, "domain"),
        ("a.org\n", "s", NONCE, "domain"),
        (None, "s", NONCE[:-1], "nonce"),
        (None, "s", NONCE.upper(), "nonce"),
        (None, "研究", NONCE, "no letter"),
        (None, "", NONCE, "no letter"),
    ],
)
def test_origin_is_refused_where_none_can_be_made(namespace: str | None, study: str, nonce: str, reason: str):
    with pytest.raises(NotAnOrigin, match=reason):
        origin_of(namespace, study, nonce)
