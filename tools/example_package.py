"""The last thing that DEMO-101's log tells: the package in which amendment 2 went to the boards."""

import shutil
from pathlib import Path

from regdocs.submission.packaging import Wanted, put_together
from regdocs.submission.profile import shipped_profile, shipped_profiles
from regdocs.versions.acting import signature
from regdocs.versions.external_files import FILE, read_outside
from regdocs.versions.printed import Printer
from tools.example_people import ROBIN
from tools.example_scribe import Scribe
from tools.example_versions import DEMO, ROOT

PROFILE = "generic"
_AT, _ON = "2026-11-12T09:30:00Z", "2026-11-12"


def tell_of_package(scribe: Scribe, study: Path, printer: Printer) -> None:
    """Record the package that `regdocs package generic --kind amendment` finds again in every copy."""
    shutil.copyfile(ROOT / "examples" / DEMO / FILE, study / FILE)
    outside, findings = read_outside(study / FILE, study)
    assert findings == (), "what goes along is told without a mistake"
    wanted = Wanted("amendment", None, None, _ON, ROBIN, outside)
    chosen = shipped_profile(PROFILE), shipped_profiles()[PROFILE].read_bytes()
    package = put_together(scribe.book, chosen, wanted, printer)
    scribe.record(_AT, package.entry(PROFILE, wanted), signature(None, "authorship", scribe.actor(ROBIN, "regulatory")))
    scribe.book.folder.keep_head()
