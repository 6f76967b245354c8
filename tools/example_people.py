"""The people of DEMO-101's story and how its log begins. All of them are invented; keys are derived from names."""

import hashlib

from regdocs.versions.start import Beginning, Enrolment

BOARD_NORTH = "example.org/board-north"
BEGINNING = Beginning(
    study="DEMO-101",
    sponsor="Example Therapeutics (fictional)",
    namespace="example.org",
    nonce=hashlib.sha256(b"DEMO-101 is invented").hexdigest()[:32],
    demonstration=True,
)

SEEN = "passport seen at a meeting (fictional)"
CALLED = "licence compared with the register of physicians, and a video call (fictional)"
ROWAN, PAT = "rowan.sample@example.org", "pat.example@example.org"
KIM, ROBIN, SASHA = "kim.sample@example.org", "robin.demo@example.org", "sasha.number@example.org"
ALEX, MAI = "alex.example@example.org", "mai.vidu@example.org"

ADMINISTRATORS = (
    Enrolment(ROWAN, "Rowan Sample (fictional)", ("administrator", "regulatory"), SEEN, "Pat Example"),
    Enrolment(PAT, "Pat Example (fictional)", ("administrator", "auditor"), SEEN, "Rowan Sample"),
)
PEOPLE = (
    ("2026-01-14T10:05:00Z", KIM, "Dr Kim Sample (fictional)", ("sponsor", "medical-monitor"), SEEN),
    ("2026-01-14T10:20:00Z", ROBIN, "Robin Demo (fictional)", ("regulatory", "coordinator"), SEEN),
    ("2026-01-14T10:40:00Z", SASHA, "Sasha Number, PhD (fictional)", ("statistician",), SEEN),
    ("2026-01-15T14:30:00Z", ALEX, "Dr Alex Example, MD (fictional)", ("principal-investigator",), CALLED),
    ("2026-01-16T02:15:00Z", MAI, "Dr Mai Ví Dụ, MD, PhD (fictional)", ("principal-investigator",), CALLED),
)
