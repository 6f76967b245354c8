"""The signature page says who signed what, and is made only of a log that verifies."""

from pathlib import Path

import pytest

from regdocs.audit.file_list import FileList
from regdocs.audit.line import Json
from regdocs.audit.trust import parse_trust
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.versions.acting import signature
from regdocs.versions.logbook import Logbook
from regdocs.versions.people import trust_text
from regdocs.versions.signature_page import NotVerified, signature_page
from regdocs.versions.signing import Elsewhere, sign, signed_elsewhere
from tests.build.studies import write_study
from tests.versions.logs import JANE, acting, begin_log, recorded
from tests.versions.pages import words_of


def issued(study: Path, documents: int = 1) -> Logbook:
    """A log with a version and its documents, signed by their author."""
    logbook = begin_log(write_study(study))
    spec, data = b"regdocs: 1\n", canonical_json({"demonstration": True, "version": "1.0"})
    tree, page = b"{}", b"a page"
    inputs = FileList.of([("protocol.yaml", sha256_hex(spec)), ("toolchain.json", sha256_hex(tree))]).to_bytes()
    paths = [f"consent/site-{number}/en" for number in range(documents)]
    files = FileList.of(
        [(f"{path}.pdf", sha256_hex(page)) for path in paths]
        + [(f"{path}.pdf.tree", sha256_hex(tree)) for path in paths]
    ).to_bytes()
    digests = {sha256_hex(one): one for one in (spec, data, inputs, tree, page, files)}
    release: dict[str, Json] = {
        "do": "release",
        "by": JANE,
        "version": "1.0",
        "data": sha256_hex(data),
        "spec": sha256_hex(spec),
        "inputs": sha256_hex(inputs),
    }
    author = signature(None, "authorship", acting(logbook))
    logbook = recorded(logbook, release, author, objects=digests)
    listed: list[Json] = [
        {
            "kind": "consent",
            "site": f"site-{number}",
            "language": "en",
            "version": "1.0",
            "date": "2026-03-01",
            "formats": ["pdf"],
        }
        for number in range(documents)
    ]
    issue: dict[str, Json] = {
        "do": "issue",
        "by": JANE,
        "of": 2,
        "files": sha256_hex(files),
        "documents": listed,
        "kept": "bytes",
    }
    return recorded(logbook, issue, author)


def page_of(
    logbook: Logbook, n: int, tmp_path: Path, form: str = "docx", zone: str = "UTC", trust: bool = False
) -> str:
    known = parse_trust(trust_text(logbook, persons=True), logbook.origin) if trust else None
    file = tmp_path / f"page.{form}"
    file.write_bytes(signature_page(logbook, n, trust=known, zone=zone, form=form))
    return words_of(file)


def test_the_page_of_an_issue_names_its_documents_by_version_and_digest(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    words = page_of(logbook, 4, tmp_path)
    for wanted in ("consent / site-0 / en", "version 1.0, 2026-03-01", "consent/site-0/en.pdf", sha256_hex(b"a page")):
        assert wanted in words
    assert "authorship" in words and "FICTIONAL DEMONSTRATION" in words
    assert ".tree" not in words


def test_the_page_of_a_long_issue_names_them_all(tmp_path: Path):
    words = page_of(issued(tmp_path / "study", 60), 4, tmp_path)
    assert "consent / site-59 / en" in words


def test_the_page_of_a_version_gives_its_digests(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    words = page_of(logbook, 2, tmp_path, trust=True)
    assert logbook.versions[0].data in words and logbook.versions[0].spec in words
    assert "compared with a trust file" in words


def test_signatures_made_elsewhere_stand_apart(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    said = Elsewhere("docusign", "Dr Example", "approval", "2026-03-01")
    entry, objects = signed_elsewhere(logbook, 4, b"a file", said, by=JANE)
    words = page_of(recorded(logbook, entry, objects=objects), 4, tmp_path)
    assert "not checked cryptographically" in words and "Dr Example" in words


def test_times_are_given_in_the_zone_and_in_utc(tmp_path: Path):
    words = page_of(issued(tmp_path / "study"), 4, tmp_path, zone="America/New_York")
    assert "2026-03-01 04:00:00 America/New_York (UTC-05:00); 2026-03-01 09:00:00 UTC" in words


def test_no_page_is_made_of_an_entry_that_nobody_signed(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    with pytest.raises(NotVerified, match="no signature"):
        signature_page(logbook, 1, trust=None, zone="UTC", form="docx")


def test_no_page_is_made_when_an_object_is_missing(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    logbook.folder.objects.path_of(sha256_hex(b"a page")).unlink()
    with pytest.raises(NotVerified, match="no page is made"):
        signature_page(logbook, 4, trust=None, zone="UTC", form="docx")


def test_no_page_is_made_when_the_trust_file_has_other_persons(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    text = trust_text(logbook, persons=False)
    from regdocs.audit.key_files import demonstration_signer

    trust = parse_trust(f"{text}{demonstration_signer('x@y/k1').key.text}\n", logbook.origin)
    with pytest.raises(NotVerified):
        signature_page(logbook, 4, trust=trust, zone="UTC", form="docx")


def test_a_delegate_is_named_with_whom_they_sign_for(tmp_path: Path):
    logbook = issued(tmp_path / "study")
    logbook = recorded(logbook, sign(logbook, 4, "review", acting(logbook), for_="mary@example.org", under=0))
    assert "mary@example.org, under entry 0" in page_of(logbook, 4, tmp_path)
