"""The report as a file: its policy, hostile words, what it carries and what not, and that it is the same again."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from regdocs.versions.facts import note
from regdocs.versions.logbook import Logbook
from regdocs.web.page import is_report
from tests.versions.logs import JANE, begin_log, recorded
from tests.web.histories import EXAMPLE, logbook_at, page_of

HOSTILE = '</script><img src=x onerror=alert(1)> <!-- & "\u2028 \u202eevil'


@pytest.fixture
def small(tmp_path: Path) -> Logbook:
    """A log without a version, with a note that tries to be markup."""
    return recorded(begin_log(tmp_path / "study"), note(JANE, HOSTILE, why=HOSTILE))


def parsed(page: str) -> Any:
    return html.document_fromstring(page)


def data_of(page: str) -> dict[str, Any]:
    data = json.loads(parsed(page).get_element_by_id("data").text)
    assert isinstance(data, dict)
    return data


def test_the_policy_names_script_and_style_by_digest_and_lets_nothing_else_in(page: str) -> None:
    document = parsed(page)
    policy = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = page.partition("<style>")[2].partition("</style>")[0]
    script = page.rpartition("<script>")[2].partition("</script>")[0]
    digests = [base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (script, style)]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert not document.xpath("//@style | //@*[starts-with(name(), 'on')]") and "eval(" not in script


def test_nothing_is_loaded_from_anywhere(page: str) -> None:
    document = parsed(page)
    assert document.xpath("//@src | //link | //iframe | //img | //object | //base") == []
    assert all(link.startswith("#") for link in document.xpath("//@href"))


def test_every_link_leads_to_something_on_the_page(page: str) -> None:
    document = parsed(page)
    ids = document.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in document.xpath("//@href")} <= set(ids)


def test_the_page_of_the_example_is_small_enough_to_mail(page: str) -> None:
    assert len(page.encode("utf-8")) < 1_000_000


def test_the_page_carries_the_bytes_of_every_line(page: str) -> None:
    lines = (EXAMPLE / "audit" / "log.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    assert data_of(page)["lines"] == lines


def test_what_happened_to_an_element_stands_in_plain_html(page: str) -> None:
    element = parsed(page).xpath("//details[starts-with(@data-find, 'e08 ')]")[0]
    words = " ".join(element.text_content().split())
    assert "Corrected QT interval (QTcF) above removed: 470added: 460 ms" in words
    assert "board-north: approved on 2026-06-26" in words


def test_flags_and_corrections_are_told(page: str) -> None:
    flags = parsed(page).get_element_by_id("flags").text_content()
    assert "BEFORE APPROVAL: committee-south" in flags and "corrected by entry 30" in flags
    assert "recorded late by 12 days" in flags and "out of order: entry 55" in flags


def test_a_hostile_note_stays_words(small: Logbook) -> None:
    page = page_of(small)
    document = parsed(page)
    assert document.xpath("//img") == [] and len(document.xpath("//script")) == 2
    assert "\u202e" not in document.get_element_by_id("timeline").text_content()
    lines = data_of(page)["lines"]
    assert json.loads(lines[2])["text"] == HOSTILE


def test_a_log_without_a_version_has_a_report(small: Logbook) -> None:
    words = parsed(page_of(small)).text_content()
    assert "No version is recorded." in words and "no witness’s signature or time-stamp is recorded" in words


def test_the_same_log_and_day_give_the_same_bytes(small: Logbook) -> None:
    assert page_of(small) == page_of(logbook_at(small.study))


def test_a_report_is_known_again(small: Logbook) -> None:
    assert is_report(page_of(small).encode("utf-8"))
    assert not is_report(b"<!DOCTYPE html>\n<html></html>\n")


def test_no_sealed_text_and_no_letter_is_carried(page: str) -> None:
    objects = data_of(page)["objects"].values()
    assert all(re.match(r"[0-9a-f]{64}  |example\.org/demo-101/", text) for text in objects)
