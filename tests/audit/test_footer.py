"""A head in a footer: printed, copied, typed, and told from another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.footer import Footer, NotAFooter, footer_text, parse_footer

ROOT = bytes(range(32))


@given(st.integers(1, 10**15), st.binary(min_size=32, max_size=32))
def test_footer_says_size_and_root(size: int, root: bytes):
    footer = parse_footer(footer_text(size, root))
    assert footer == Footer(size, root[:20])
    assert footer.matches(root)
    assert not footer.matches(bytes([root[0] ^ 1]) + root[1:])
    assert not footer.matches(root[:19])


def test_digits_are_crockfords():
    assert footer_text(1, b"\0" * 32) == "log 1 · " + "-".join(["0000"] * 8)
    assert footer_text(42, b"\xff" * 32) == "log 42 · " + "-".join(["ZZZZ"] * 8)
    assert footer_text(7, ROOT) == "log 7 · 000G-40R4-0M30-E209-185G-R38E-1W81-24GK"


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        str.upper,
        lambda text: text.replace("-", ""),
        lambda text: text.replace("-", " "),
        lambda text: text.replace("-", "-\n"),
        lambda text: text.replace("-", "\u2011"),
        lambda text: text.replace("· ", ""),
        lambda text: text.replace(" · ", "\u00a0·\u00a0"),
        lambda text: text.replace(" · ", "·"),
        lambda text: text.replace("·", "."),
        lambda text: f"  {text}\n",
        lambda text: text.replace("· 0", "· O").replace("1", "l"),
        lambda text: text.replace("1", "I"),
    ],
)
def test_footer_that_was_copied_or_typed_is_read(change):
    text = footer_text(42, ROOT)
    assert change(text) != text
    assert parse_footer(change(text)) == Footer(42, ROOT[:20])


ZEROS = "-".join(["0000"] * 8)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log",
        "log 42",
        f"log 0 · {ZEROS}",
        f"log 042 · {ZEROS}",
        f"log -1 · {ZEROS}",
        f"log 1 · {ZEROS[:-1]}",
        f"log 1 · {ZEROS}0",
        f"log 1 · {ZEROS[:-1]}U",
        f"log 1 · {ZEROS[:-1]}é",
        f"log · {ZEROS}",
        f"log {'9' * 20} · {ZEROS}",
        f"log ٤ · {ZEROS}",
        f"log 1 · {ZEROS[:-1]}ß",
        f"xlog 1 · {ZEROS}",
    ],
)
def test_text_that_is_no_footer_is_refused(text: str):
    with pytest.raises(NotAFooter):
        parse_footer(text)


@pytest.mark.parametrize(("size", "root"), [(0, ROOT), (-1, ROOT), (1, ROOT[:20]), (1, b"")])
def test_no_footer_is_made_of_what_is_no_head(size: int, root: bytes):
    with pytest.raises(ValueError, match="a footer shows"):
        footer_text(size, root)
