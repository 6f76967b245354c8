"""The report in headless Chromium, from file://: what it finds in itself, and what it says of what readers bring."""

from pathlib import Path

import pytest

from tests.web.browser import browser, drop, give, opened, with_script
from tests.web.histories import EXAMPLE, cut_at, logbook_at, outside, page_of, signed_with_revoked_key, size_in

pytestmark = [pytest.mark.slow, pytest.mark.skipif(browser() is None, reason="needs Chromium")]


def size() -> int:
    return logbook_at(EXAMPLE).head.size


def signed() -> int:
    return sum(entry["do"] == "sign" for entry in logbook_at(EXAMPLE).entries())


def sent_back() -> bytes:
    """The stamped copy of the assent that came back, which is the form to hand out at north."""
    logbook = logbook_at(EXAMPLE)
    return logbook.object(next(one for one in logbook.entries() if one["do"] == "receive")["file"]["object"])


def altered(page: str, old: str, new: str) -> str:
    """The page with other bytes in the lines of the log that it carries, and only there."""
    words, mark, data = page.partition('<script type="application/json" id="data">')
    assert data.count(old) == 1
    return words + mark + data.replace(old, new)


def test_an_intact_page_holds_and_says_what_it_does_not_show(page: str, tmp_path: Path) -> None:
    seen = opened(page, tmp_path)
    verdict = seen.words("verdict")
    assert seen.checked == "held"
    assert f"{size()} entries in this page fit together" in verdict
    assert f"{signed()} of {signed()} signatures hold." in verdict
    assert "Nothing from outside was compared yet" in verdict and "Demonstration keys" in verdict
    assert "proves integrity, not authorship" in seen.dom
    listed = seen.markup("signatures")
    assert listed.count("✓ holds") == signed() and "DOES NOT HOLD" not in listed


def test_one_altered_byte_names_its_entry(page: str, tmp_path: Path) -> None:
    seen = opened(altered(page, "(fictional) on 8 March 2026.", "(fictional) on 7 March 2026."), tmp_path)
    assert seen.checked == "faults"
    assert "This page does not hold" in seen.words("verdict")
    assert 'href="#entry-29"' in seen.markup("checks")
    assert "entry 29 was changed since it was recorded" in seen.words("checks")


def test_words_and_fingerprints_that_are_not_those_of_the_entries_are_told(page: str, tmp_path: Path) -> None:
    shown = '<span data-n="56" data-key="at">2026-07-20T14:30:00Z</span>'
    assert shown in page
    other = page.replace(shown, shown.replace("07-20", "07-08"))
    first = other.index(">", other.index("data-fingerprint=")) + 1
    seen = opened(f"{other[:first]}0000{other[first + 4 :]}", tmp_path)
    assert seen.checked == "faults"
    assert "the entry does not say so: “2026-07-20T14:30:00Z”" in seen.words("timeline")
    assert "with which signatures were checked, is not shown as it is" in seen.words("keys")


def test_a_cut_tail_is_told_against_a_later_head(tmp_path: Path) -> None:
    page = page_of(cut_at("head-2.0.note", tmp_path / "cut"))
    seen = opened(with_script(page, give(outside("head-3.1.note"))), tmp_path)
    assert seen.checked == "held"  # nothing in the page itself tells it
    answer = seen.words("answers")
    assert (
        "THE END IS CUT OFF" in answer
        and f"{size_in('head-3.1.note')} entries, and this page has {size_in('head-2.0.note')}" in answer
    )
    assert f"Missing: entries {size_in('head-2.0.note')} to {size_in('head-3.1.note') - 1}." in answer


def test_an_earlier_head_says_which_entries_it_covers(page: str, tmp_path: Path) -> None:
    answer = opened(with_script(page, give(outside("head-2.0.note"))), tmp_path).words("answers")
    held = size_in("head-2.0.note")
    assert f"The first {held} entries of this page are the ones" in answer
    assert f"The {size() - held} entries after them, from entry {held} on, are under no head of yours yet." in answer


def test_a_signature_by_a_revoked_key_does_not_count(tmp_path: Path) -> None:
    seen = opened(page_of(signed_with_revoked_key(tmp_path / "late")), tmp_path)
    assert seen.checked == "faults"
    assert "the key mai.vidu@example.org/k1 was revoked in entry 36" in seen.words("checks")
    assert f"{signed()} of {signed() + 1} signatures hold, 1 DO NOT" in seen.words("verdict")


def test_files_that_are_dropped_are_named_with_version_and_force_or_unknown(page: str, tmp_path: Path) -> None:
    script = drop("form.pdf", sent_back()) + drop("scan.pdf", sent_back() + b"\n")
    answer = opened(with_script(page, script), tmp_path).words("answers")
    assert "scan.pdf: unknown" in answer and "nothing here says that it may be used" in answer
    assert "form.pdf: known, and in force" in answer
    assert "assent/en/2.0 for north, as sent back by the body; named by entry" in answer
    assert "in force at north on 2026-11-01: used from 2026-07-01" in answer


def test_keys_from_outside_check_witnesses_too(page: str, tmp_path: Path) -> None:
    seen = opened(with_script(page, drop("trust.txt", outside("trust-with-persons.txt").encode())), tmp_path)
    answer = seen.words("answers")
    assert "The log’s key is among your keys." in answer and "8 of the 8 keys of persons" in answer
    assert answer.count("signed by example.org/board-north, whose key you gave; it holds") == 2


def test_a_browser_without_webcrypto_checks_the_chain_and_says_what_it_cannot(page: str, tmp_path: Path) -> None:
    without = 'Object.defineProperty(globalThis, "crypto", { value: undefined });'
    seen = opened(with_script(page, without), tmp_path)
    assert seen.checked == "held"
    assert f"{size()} entries in this page fit together" in seen.words("verdict")
    assert f"{signed()}: signature not checked here" in seen.words("verdict")
    assert "✓ holds" not in seen.markup("signatures")


def test_a_page_that_does_not_hold_says_nothing_in_favour_of_a_file(page: str, tmp_path: Path) -> None:
    bad = altered(page, "(fictional) on 8 March 2026.", "(fictional) on 7 March 2026.")
    answer = opened(with_script(bad, drop("form.pdf", sent_back())), tmp_path).words("answers")
    assert "named, by a page that does not hold" in answer and "nothing follows" in answer
