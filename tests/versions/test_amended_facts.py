"""What the documents of an amendment are told of it: a site and its documents that go, a scope in words."""

from dataclasses import replace
from pathlib import Path

from tests.build.studies import WITHOUT_SECOND_SITE
from tests.versions.declaring import declared
from tests.versions.releases import AMENDMENT, edit_for_amendment, prepared

GONE = "second-hospital"


def test_documents_of_a_site_that_goes_are_listed_with_their_last_version_and_named_in_the_summary(released: Path):
    edit_for_amendment(released, *WITHOUT_SECOND_SITE)
    own = prepared(released).amended
    assert own is not None
    [gone] = [one for one in own.facts.documents if one.gone]
    assert (gone.id, gone.site, gone.version, gone.new) == (f"consent-{GONE}-en", GONE, "1.0", False)
    named = {one.document: one.pages for row in own.facts.rows for one in row.documents}
    words = f"Participant Information and Consent Form, {GONE}, English (no longer a document of the study)"
    assert named[words] == ()
    assert [one.part for one in own.companions if one.kind.name == "cover-text"] == ["ethics-committee"]


def test_a_scope_names_a_site_as_the_protocol_does(released: Path):
    edit_for_amendment(released)
    text = declared(released).decode()
    assert "level: global" in text
    scoped = text.replace("level: global\n  of: []", "level: site\n  of: [second-hospital]")
    own = prepared(released, replace(AMENDMENT, declaration=scoped.encode())).amended
    assert own is not None and own.facts.scope.of == ("Second Hospital (fictional)",)
