"""Case report forms: whether each is printed, and whether its questions can be answered."""

from collections.abc import Iterator

from regdocs.rules.rule import Hit
from regdocs.rules.schedule import scheduled_activities
from regdocs.spec.protocol import Protocol

_CHOSEN = ("choice", "choices")


def forms_never_printed(protocol: Protocol) -> Iterator[Hit]:
    """FRM-001: a form of an activity that is never scheduled, or a form for visits that collects no activity."""
    scheduled, defined = scheduled_activities(protocol), {activity.id for activity in protocol.activities}
    for form in protocol.forms:
        if form.kind == "visit" and not form.activities:
            hint = "add 'activities:' to the form; a log or a form filled in once needs none"
            yield Hit(f"/forms/{form.id}", f'form "{form.id}" is for visits, but collects no activity', hint)
        for number, name in enumerate(form.activities):
            if name in defined and name not in scheduled:
                message = f'form "{form.id}" collects the activity "{name}", which is never scheduled'
                hint = f"add a row for \"{name}\" to 'schedule', or take it out of the form"
                yield Hit(f"/forms/{form.id}/activities/{number}", message, hint)


def choices_out_of_place(protocol: Protocol) -> Iterator[Hit]:
    """FRM-002: a choice without choices, or choices of a field that is not a choice."""
    for form in protocol.forms:
        for field in form.fields:
            path = f"/forms/{form.id}/fields/{field.id}"
            if field.type in _CHOSEN and not field.choices:
                message = f'field "{field.id}" is a choice, but there is nothing to choose from'
                yield Hit(path, message, "add 'choices:' with an id and a label for each answer")
            if field.choices and field.type not in _CHOSEN:
                message = f'field "{field.id}" has choices, but its type is {field.type}'
                yield Hit(f"{path}/choices", message, "write 'type: choice' (one answer) or 'type: choices' (several)")
