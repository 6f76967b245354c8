"""The check in the page and `verify` agree on spoiled logs, as far as the page looks."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from regdocs.audit.verification import Asked
from regdocs.audit.verify import verify
from regdocs.cli.verify_given import place_of
from tests.audit.log_maker import log_of_41_entries
from tests.audit.spoiled_case import Case
from tests.audit.spoiling import spoiled
from tests.web.browser import browser, opened

pytestmark = [pytest.mark.slow, pytest.mark.skipif(browser() is None, reason="needs Chromium")]

SEEDS = range(25)
LOOKED_AT = (1, 3, 5)
# Of other faults of these verdicts the page says in words that it does not look at them.
NOT_LOOKED_AT = re.compile(r"is not of the form|is missing$|steps|list of|data form|partner|issued in this version")
RUN = """
(async () => {
  const found = [];
  for (const data of JSON.parse(document.getElementById("cases").textContent)) {
    const log = new Log(data);
    await log.run();
    found.push(log.faults);
  }
  document.getElementById("found").textContent = JSON.stringify(found);
})();
"""


def as_carried(case: Case) -> dict[str, Any] | None:
    """What a report would carry of a log; None of one that is no text, from which none is made."""
    try:
        return {
            "lines": [line.decode("utf-8") for line in case.log.split(b"\n")[:-1]],
            "checkpoint": (case.checkpoint or b"").decode("utf-8"),
            "heads": {name: note.decode("utf-8") for name, note in case.heads.items() if name.isdigit()},
            "objects": {name: data.decode("utf-8") for name, data in case.objects.items() if is_text(data)},
            "files": [],
        }
    except UnicodeDecodeError:
        return None


def is_text(data: bytes) -> bool:
    return data == data.decode("utf-8", "ignore").encode("utf-8")


def faults_of(case: Case, top: Path) -> list[Any]:
    study = case.write(top)
    found = verify(place_of(study, str(study)).evidence(), Asked()).faults
    return [one for one in found if int(one.verdict) in LOOKED_AT and not NOT_LOOKED_AT.search(one.message)]


def found_by_the_page(carried: list[dict[str, Any]], folder: Path) -> list[list[dict[str, Any]]]:
    script = "\n".join(files("regdocs.web").joinpath(f"{name}.js").read_text() for name in ("digest", "note", "log"))
    cases = json.dumps(carried).replace("<", "\\u003c")
    data = f'<pre id="found"></pre><script type="application/json" id="cases">{cases}</script>'
    page = f"<!DOCTYPE html><meta charset=utf-8><body>{data}<script>{script}{RUN}</script></body>"
    found = opened(page, folder)
    answers: list[list[dict[str, Any]]] = json.loads(found.words("found"))
    return answers


def test_what_verify_finds_of_lines_and_signatures_the_page_finds_too(tmp_path: Path) -> None:
    log = log_of_41_entries()
    cases = [(seed, spoiled(log, seed)) for seed in SEEDS]
    told = [(seed, case, carried) for seed, case in cases if (carried := as_carried(case)) is not None]
    answers = found_by_the_page([carried for _, _, carried in told], tmp_path)
    missed = []
    for (seed, case, _), answer in zip(told, answers, strict=True):
        expected = faults_of(case, tmp_path / "case")
        if expected and not answer:
            missed.append(f"seed {seed} {case.told}: {expected[0].message}")
    assert len(told) > 20 and sum(map(bool, answers)) > 12
    assert not missed, "\n".join(missed)
