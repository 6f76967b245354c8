"""What is asked of a build. Knows nothing of how it is done."""

from dataclasses import dataclass
from pathlib import Path

from regdocs.build.recorded import Recorded

DEFAULT_PROFILE = "accessible"
PROFILES = (DEFAULT_PROFILE, "submission", "fillable")


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a build.

    Attributes:
        study: The study folder.
        out: The output folder.
        only: Names of kinds to print; () for all.
        sites: Ids of sites to print; () for all.
        final: Without the draft mark; refused while anything is open.
        recorded: With `final`: the recorded version that the working copy has to be; None before the first release.
        after: The newest recorded version, which drafts are said to come after; None before the first release.
        dry_run: Plan only; nothing is written.
        profiles: Profiles of PDFs to make: accessible, submission, fillable.
        processes: How many PDFs are made side by side.
        findings: Say what was found even when nothing has changed, which takes a look at the whole study.
    """

    study: Path
    out: Path
    only: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    final: bool = False
    dry_run: bool = False
    findings: bool = False
    profiles: tuple[str, ...] = (DEFAULT_PROFILE,)
    processes: int = 1
    recorded: Recorded | None = None
    after: str | None = None
