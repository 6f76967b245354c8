"""Every study under examples/ is complete and invented: no finding, no open value, nothing that could be real."""

import re
from pathlib import Path

import pytest

from regdocs.build.examine import Examined, examine
from regdocs.build.study import read_inputs
from regdocs.finding import Finding
from regdocs.spec.paths import known_values

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
STUDIES = sorted(file.parent for file in EXAMPLES.glob("*/protocol.yaml"))

NCT_NUMBER = re.compile(r"NCT\s*\d{4,}", re.IGNORECASE)
ADDRESS = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
WEB_ADDRESS = re.compile(r"(?:https?://|www\.)([\w.-]+)", re.IGNORECASE)
TELEPHONE = re.compile(r"\+\d[\d ]{6,}\d")
NOBODYS_TELEPHONE = re.compile(r"\+1 202 555 01\d\d|\+\d{2} 000 000 0\d{3}")  # kept for fiction, or of no exchange


@pytest.fixture(scope="module", params=STUDIES, ids=lambda study: study.name)
def study(request: pytest.FixtureRequest) -> Path:
    folder: Path = request.param
    return folder


@pytest.fixture(scope="module")
def examined(study: Path) -> Examined:
    return examine(read_inputs(study))


def words_of(study: Path) -> str:
    """Every text of the study as it lies in the folder, translations too."""
    return "\n".join(file.read_text("utf-8") for file in sorted(study.rglob("*.yaml")))


def counts(finding: Finding, study: Path) -> bool:
    """A missing translation counts from the first one on; nobody certified what is invented."""
    if finding.rule == "TRN-009":
        return False
    return not finding.rule.startswith("TRN-") or (study / "translations").is_dir()


def test_there_is_an_example() -> None:
    assert "demo-101" in [study.name for study in STUDIES]


def test_nothing_is_found_in_an_example(study: Path, examined: Examined) -> None:
    assert [str(finding) for finding in examined.findings if counts(finding, study)] == []


def test_each_translation_of_an_example_is_told_as_not_certified(study: Path, examined: Examined) -> None:
    files = [file.relative_to(study).as_posix() for file in sorted((study / "translations").rglob("*.yaml"))]
    assert [finding.file for finding in examined.findings if finding.rule == "TRN-009"] == files
    written = examined.loaded.protocol.language if examined.loaded.protocol else None
    told = {one.certification for one in examined.documents if one.language != written}
    assert told == ({"not certified"} if files else set())


def test_an_example_says_that_it_is_invented(examined: Examined) -> None:
    assert examined.loaded.protocol is not None
    assert examined.loaded.protocol.demonstration


def test_an_example_leaves_nothing_open(study: Path, examined: Examined) -> None:
    assert examined.loaded.protocol is not None
    assert [value.path for value in known_values(examined.loaded.protocol) if value.state != "known"] == []
    assert not re.search(r"\bTODO:|\bassumption:", words_of(study))


def test_an_example_has_no_number_of_a_real_registry(study: Path) -> None:
    assert NCT_NUMBER.findall(words_of(study)) == []


def test_an_example_names_no_address_outside_example_org(study: Path) -> None:
    statute = "www.ClinicalTrials.gov"  # the sentence of 21 CFR 50.25(c), which a translation repeats, names it
    hosts = [*ADDRESS.findall(words_of(study)), *WEB_ADDRESS.findall(words_of(study))]
    assert [host for host in hosts if host not in ("example.org", statute)] == []


def test_nobody_can_be_reached_by_a_telephone_number_of_an_example(study: Path) -> None:
    assert [number for number in TELEPHONE.findall(words_of(study)) if not NOBODYS_TELEPHONE.fullmatch(number)] == []


def test_persons_and_organisations_of_an_example_are_marked_as_invented(examined: Examined) -> None:
    protocol = examined.loaded.protocol
    assert protocol is not None
    named = [
        *(organisation.name for organisation in protocol.organisations),
        *(site.name for site in protocol.sites),
        *(site.investigator.name for site in protocol.sites),
        *(contact.name for contact in protocol.contacts),
        *(body.name for body in protocol.oversight),
    ]
    assert [name.present for name in named if "(fictional)" not in name.present] == []
