"""What goes into a package of a kind, and to whom: asked of the demonstration's log, without anything being printed."""

import pytest

from regdocs.errors import Refusal
from regdocs.submission.completeness import lacking, lacks_participants
from regdocs.submission.contents import Item, addressed, items_of, outside_items
from regdocs.submission.papers import deviations_told, reasons_of
from regdocs.versions.deviations import deviations_of
from regdocs.versions.external_files import External, Outside, PackageKind
from regdocs.versions.logbook import Logbook, open_logbook
from tests.build.studies import REPOSITORY

DAY = "2026-11-12"
NOTHING = Outside()


@pytest.fixture(scope="module")
def book() -> Logbook:
    found = open_logbook(REPOSITORY / "examples" / "demo-101")
    assert found is not None
    return found


def items(book: Logbook, kind: PackageKind, site: str | None = None) -> tuple[Item, ...]:
    return items_of(book, book.versions[-1], kind, site, DAY)


def to(
    book: Logbook, kind: PackageKind, site: str | None = None, outside: Outside = NOTHING
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found = addressed(book, book.versions[-1], kind, site, items(book, kind, site), outside)
    return found.sites, found.bodies


def test_an_answer_goes_to_the_body_that_asked_and_to_no_other(book: Logbook):
    assert to(book, "response") == (("north",), ("board-north",))
    assert to(book, "response", "north") == (("north",), ("board-north",))
    assert {one.site for one in items(book, "response")} <= {None, "north", "board-north"}
    assert {one.document for one in items(book, "response")} >= {"response-letter", "consent", "summary-of-changes"}
    with pytest.raises(Refusal, match="no recorded answer to a body of south; bodies that were answered: board-north"):
        items(book, "response", "south")


def test_an_amendment_goes_to_the_boards_of_the_sites_that_have_a_document_of_their_own_in_it(book: Logbook):
    sites, bodies = to(book, "amendment")
    assert sites == ("north",) and "board-north" in bodies and "committee-south" not in bodies
    sites, bodies = to(book, "amendment", "south")
    assert sites == ("south",) and "board-north" not in bodies
    assert not [one for one in items(book, "amendment", "south") if one.site == "north"]


def test_the_text_for_a_letter_does_not_go_along_with_the_letter(book: Logbook):
    assert not [one for one in items(book, "amendment") if one.document == "cover-text"]
    reasons = list(reasons_of(book, book.versions[-1], "amendment"))
    assert [one.partition(":")[0] for one in reasons] == ["Version 3.0", "Version 3.1"]
    assert list(reasons_of(book, book.versions[-1], "continuing")) == []


def test_what_was_waived_for_one_kind_is_lacking_in_another():
    outside = Outside(waived=(("amendment", "protocol", "None is printed."),))
    assert next((one.what, one.why) for one in lacking("amendment", (), outside, ())) == (
        "protocol",
        "None is printed.",
    )
    assert [(one.what, one.why) for one in lacking("initial", (), outside, ())] == [("protocol", None)]


def test_deviations_are_told_up_to_the_day_and_of_the_sites_of_the_package(book: Logbook):
    every = [one["number"] for one in deviations_of(book)]
    assert every, "the demonstration has some"
    told = list(deviations_told(book, ("north", "south"), "2026-12-31"))
    assert sorted(one.number for one in told) == sorted(every) and [one.day for one in told] == sorted(
        one.day for one in told
    )
    assert not list(deviations_told(book, ("north", "south"), "2026-01-01"))
    assert {one.site for one in deviations_told(book, ("south",), "2026-12-31")} <= {"south"}


def test_the_board_of_a_site_sees_no_numbers_of_another():
    outside = Outside(participants=(("north's", 9, "north"), ("south's", 4, "south"), ("all", 13, None)))
    assert outside.groups_at(("south",)) == (("south's", 4), ("all", 13))
    assert [count for _, count in outside.groups_at(("north", "south"))] == [9, 4, 13]


def of(site: str | None) -> External:
    return External(
        f"cv-{site}/en/1", "curriculum-vitae", "CV", "2026-01-01", "0" * 64, place=REPOSITORY / "README.md", site=site
    )


def test_files_from_outside_go_to_no_board_of_another_site(book: Logbook):
    outside = Outside(documents=(of("south"), of(None)))
    for kind in ("amendment", "response"):
        sites, bodies = to(book, kind, outside=outside)
        assert "committee-south" not in bodies
        assert [one.site for one in outside_items(book, outside, sites)] == [None]


def test_a_report_of_one_site_goes_to_the_board_of_that_site_and_of_two_sites_is_refused(book: Logbook):
    assert to(book, "reportable", outside=Outside(documents=(of("south"),)))[0] == ("south",)
    with pytest.raises(Refusal, match="files for sites of several bodies"):
        to(book, "reportable", outside=Outside(documents=(of("south"), of("north"))))
    assert set(to(book, "reportable")[0]) == {"north", "south"}


def test_numbers_of_another_site_are_lacking_for_this_one():
    outside = Outside(participants=(("all", 4, "south"),))
    assert lacks_participants("amendment", "north", outside) and not lacks_participants("amendment", "south", outside)
    assert "participants" in [one.what for one in lacking("amendment", (), outside, ("north",))]
    assert "participants" not in [one.what for one in lacking("amendment", (), outside, ("north", "south"))]
