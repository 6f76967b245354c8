"""Forms of the examples as the element check reads them, each study composed once."""

from functools import cache
from pathlib import Path

from regdocs.build.consent_check import Chosen, read_consent
from regdocs.consent.reading import FormRead
from tests.composed import examined

REPOSITORY = Path(__file__).resolve().parents[2]
DEMO, REAL = REPOSITORY / "examples/demo-101", REPOSITORY
STUDIES = (DEMO, REAL, *(REPOSITORY / "examples" / name for name in ("cohort-404", "crossover-202", "device-303")))


@cache
def forms(study: Path) -> dict[str, FormRead]:
    """Its forms by their stems, read."""
    return {one.paper.stem: one for one in read_consent(examined(study), Chosen())}


def states(form: FormRead) -> dict[str, str]:
    """The state of each element of a form."""
    return {one.element.id: one.state for one in form.standings}
