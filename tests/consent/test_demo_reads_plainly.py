"""The consent forms of demo-101 read at grade 8 or below, and say all that they have to."""

import pytest

from regdocs.consent.readable import AIM, read
from tests.consent.forms import DEMO, forms, states


@pytest.mark.parametrize("stem", ["consent/north/en", "consent/south/en", "parental-permission/north/en"])
def test_form_of_demo_reads_at_grade_8_or_below_with_no_element_missing(stem: str) -> None:
    form = forms(DEMO)[stem]
    reading = read(form.paper.document)
    assert reading.graded and reading.whole.grade is not None
    assert AIM == 8 and reading.whole.grade <= AIM
    assert "missing" not in states(form).values()
