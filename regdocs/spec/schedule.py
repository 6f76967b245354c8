"""The schedule of activities: encounters, activities, procedures, what is done when. ICH M11 1.3; USDM `Encounter`."""

from typing import Literal

from pydantic import Field

from regdocs.spec.kinds import (
    ActivityRef,
    Count,
    Day,
    Duration,
    EncounterRef,
    EpochRef,
    Flag,
    Id,
    MeasuredRef,
    ProcedureRef,
    Several,
    Volume,
    Words,
)
from regdocs.spec.known import Frozen, Known, Stated, listed, optional, required


class Window(Frozen):
    """How many days an encounter may be early or late; both ends are inside the window."""

    before: Count = required("Days before the planned day.")
    after: Count = required("Days after the planned day.")


class Encounter(Frozen):
    """A visit. Its label is what people call it. USDM `Encounter`, `Timing`."""

    id: Id = required("Name of the encounter in this file.")
    label: Known[Words] = required("What people call it.")
    epoch: EpochRef = required("The epoch it belongs to.")
    day: Known[Day] | None = optional(
        "Planned day counted from day 0, which `schedule.day_zero` defines; before it negative."
    )
    window: Known[Window] | None = optional("How early or late it may be.")
    mode: Known[Literal["visit", "telephone", "remote"]] = required("How participant and staff meet.")
    kind: Literal["planned", "early-termination", "unscheduled"] = Field(
        default="planned", description="Planned, or a column for visits that nobody planned."
    )

    @property
    def planned_day(self) -> int | None:
        """The planned day, known or assumed; None where it is to be completed or left out."""
        return self.day.value if self.day is not None else None


class Procedure(Frozen):
    """Something done to a participant. USDM `Procedure`. Volumes and `times` are known or TODO, never assumed."""

    id: Id = required("Name of the procedure in this file.")
    name: Known[Words] = required("Its name.")
    lay_name: Known[Words] = required("Its name in plain words.")
    lay_description: Known[Words] = required("What happens, in plain words.")
    invasive: Flag = required("Whether it enters the body.")
    blood_volume_ml: Stated[Volume] | None = optional("Blood taken each time, in mL; left out when no blood is taken.")
    marrow_volume_ml: Stated[Volume] | None = optional("Bone marrow taken each time, in mL.")
    fasting: Known[Flag] | None = optional("Whether the participant comes without having eaten.")
    duration: Known[Duration] | None = optional("How long it takes.")
    times: Stated[Count] | None = optional(
        "How often it is done in all; left out where the planned visits of the schedule say it."
    )
    standard_care: Known[Flag] = required("True: would be done anyway. False: done only for this research.")
    experimental: Flag = required("Whether the procedure itself is under study.")


class Activity(Frozen):
    """A row of the schedule: what is done at an encounter. USDM `Activity`."""

    id: Id = required("Name of the activity in this file.")
    name: Known[Words] = required("Its name, as the schedule shows it.")
    lay_name: Known[Words] | None = optional("Its name in plain words.")
    procedures: tuple[ProcedureRef, ...] = listed("The procedures it is made of.")
    measures: tuple[MeasuredRef, ...] = listed("Endpoints and criteria that it measures.")


class ScheduleRow(Frozen):
    """At which encounters an activity takes place."""

    id: Id = required("Name of the row in this file.")
    activity: ActivityRef = required("The activity.")
    at: Known[tuple[EncounterRef, ...]] = required("The encounters at which it takes place.")
    as_needed: tuple[EncounterRef, ...] = listed("Encounters at which it takes place only when needed.")
    throughout: Flag = Field(default=False, description="Whether it goes on from the first to the last of these.")
    footnotes: tuple[Id, ...] = listed("Footnotes of the schedule, in the order of their marks.")


class ScheduleFootnote(Frozen):
    """A footnote of the schedule; marks follow the order of this list."""

    id: Id = required("Name of the footnote in this file.")
    text: Known[Words] = required("Its text.")


class ScheduleOfActivities(Frozen):
    """What is done when. The first row is consent."""

    day_zero: Known[Words] = required("What happens on day 0, from which days are counted.")
    rows: Several[ScheduleRow] = required("The rows, in printed order.")
    footnotes: tuple[ScheduleFootnote, ...] = listed("Footnotes, in order.")
