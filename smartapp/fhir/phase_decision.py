"""A recommendation of the next phase -> the Task by which the signer is asked to decide (rule book 2b, PG8).

It is the Task with a day that the plan has for that phase: the recommendation is a line of it. Where the plan has none,
because the day had passed when it was signed, it is made. Nothing but the clinician's own statement moves a phase.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from smartapp.fhir.build.identifiers import identifier, part_value
from smartapp.fhir.build.tasks import REVIEW
from smartapp.fhir.json import Resource, as_object, as_objects
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.systems import Systems

OPEN = frozenset({"requested", "received", "accepted", "ready", "in-progress", "on-hold"})


@dataclass(frozen=True)
class PhaseQuestion:
    """``review``: the id of the plan's question (PG9-advanced); ``due``: the day to decide by, if it is asked now."""

    plan_id: str
    review: str
    what: str
    said: str
    due: date

    @property
    def value(self) -> str:
        """Of the identifier."""
        return part_value(self.plan_id, self.review)


def phase_task(question: PhaseQuestion, referral: Resource, who: Mover, systems: Systems) -> dict[str, Any]:
    """A new one. ``referral``: the Task of the referral, whose requester is the signer."""
    made = {
        "resourceType": "Task",
        "meta": {"tag": [{"system": systems.plan, "code": question.value}]},
        "identifier": [identifier(question.value, systems.plan)],
        "instantiatesUri": f"{REVIEW}{question.review}",
        "status": "requested",
        "intent": "order",
        "priority": "routine",
        "code": {"text": question.what},
        "description": f"{question.what} Decides: clinician.",
        "focus": dict(as_object(referral, "focus")),
        "for": dict(as_object(referral, "for")),
        "authoredOn": who.at.isoformat(timespec="seconds"),
        "requester": _person(who),
        "owner": dict(as_object(referral, "requester")),
    }
    return asked_now({name: value for name, value in made.items() if value}, question, who)


def asked_now(task: Resource, question: PhaseQuestion, who: Mover) -> dict[str, Any]:
    """With the recommendation, once; due on the day of the question, or on its own where that is still to come."""
    said = [each for each in as_objects(task.get("note")) if each.get("text") != question.said]
    note = {"authorReference": _person(who), "time": who.at.isoformat(timespec="seconds"), "text": question.said}
    planned = str(as_object(as_object(task, "restriction"), "period").get("end", ""))[:10]
    end = planned if planned > who.at.date().isoformat() else question.due.isoformat()
    return {
        **task,
        "lastModified": who.at.isoformat(timespec="seconds"),
        "note": [*said, note],
        "restriction": {"period": {"end": end}},
    }


def _person(who: Mover) -> dict[str, str]:
    return {"reference": who.reference, "display": who.name or who.reference}
