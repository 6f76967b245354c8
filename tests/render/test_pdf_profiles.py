"""The profiles of a PDF: what each declares, and which of them can be filled in."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from regdocs.content.model import Blank, Comb, Paragraph, Section, Text, Tick
from regdocs.render.fonts import FontSet
from regdocs.render.pdf import PROFILES, render_pdf
from tests.render.sample import sample_document, sample_identity

pytestmark = pytest.mark.slow

PLACES = Section(
    id="s",
    blocks=(
        Paragraph(id="a", inlines=(Text("Met? "), Tick("Criterion I01 is met"), Text(" Yes"))),
        Paragraph(id="b", inlines=(Text("Name "), Blank("Name of the facility", 40), Blank("Remarks"))),
        Paragraph(id="c", inlines=(Text("Date "), Comb("Date of visit", "dd-MMM-yyyy"))),
    ),
)


def rendered(fonts: FontSet, profile: str) -> bytes:
    document = replace(sample_document(), sections=(PLACES,))
    return render_pdf(document, sample_identity(False), fonts=fonts, profile=profile)


@pytest.fixture(scope="module")
def made(fonts: FontSet) -> dict[str, bytes]:
    """The small document in each profile; fonts that can be typed with take ten seconds."""
    return {profile: rendered(fonts, profile) for profile in PROFILES}


def printed(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(data))


def fields(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return list(pdf.Root.AcroForm.Fields)


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_every_profile_gives_the_same_bytes_twice(fonts: FontSet, made: dict[str, bytes], profile: str) -> None:
    assert rendered(fonts, profile) == made[profile]


def test_accessible_declares_pdf_ua_and_has_no_fields(made: dict[str, bytes]) -> None:
    pdf = printed(made["accessible"])
    assert pdf.open_metadata()["pdfuaid:part"] == "1"
    assert "/AcroForm" not in pdf.Root


def test_submission_declares_pdf_a_2a_and_has_no_fields(made: dict[str, bytes]) -> None:
    pdf = printed(made["submission"])
    metadata = pdf.open_metadata()
    assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert "/AcroForm" not in pdf.Root


def test_fillable_has_a_named_field_with_its_spoken_words_for_each_place_to_write_on(made: dict[str, bytes]) -> None:
    pdf = printed(made["fillable"])
    told = [str(field.TU) for field in fields(pdf)]
    assert told == ["Criterion I01 is met", "Name of the facility", "Remarks", "Date of visit (dd-MMM-yyyy)"]
    assert len({str(field.T) for field in fields(pdf)}) == len(told)
    assert [str(field.FT) for field in fields(pdf)] == ["/Btn", "/Tx", "/Tx", "/Tx"]


def test_no_field_of_a_fillable_file_is_a_radio_button(made: dict[str, bytes]) -> None:
    """Radio buttons break the validation of signatures made later."""
    radio = 1 << 15
    pdf = printed(made["fillable"])
    assert not [field for field in fields(pdf) if int(field.get("/Ff", 0)) & radio]
