"""A coordinator's question as a Task of its own, with the form it asks for, and the clinician's answer to that form.

Shapes of HL7 Structured Data Capture (Questionnaire Task: code, input and output of its code system; no focus) as
HL7 SDOH Clinical Care 3.0.0 uses them. The question is part of the referral's Task. Where an EHR takes no answers to
forms, the answer stands in the Task's output as text, and in any case in a note of the referral.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from smartapp.core.referral_moves import BY_ACTION, Action
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.json import Resource, as_object, as_objects, get_text
from smartapp.fhir.referral_task import Mover, plan_id_of
from smartapp.fhir.systems import Systems

SDC = "http://hl7.org/fhir/uv/sdc/CodeSystem/temp"
FORM = f"{CANONICAL}/Questionnaire/referral-question"
QUESTION, ANSWER = "question", "answer"  # items of the form
WORDS = {QUESTION: "Question of the care coordinator", ANSWER: "Answer of the clinician"}
CODE = "complete-questionnaire"
ASKED, ANSWERED = (f"{BY_ACTION[action].said}: " for action in (Action.ASK, Action.ANSWER))  # how their notes begin
_NUMBER = ".question-"
OPEN = frozenset({"requested", "received", "accepted", "ready", "in-progress", "on-hold"})


def question_task(referral: Resource, systems: Systems) -> dict[str, Any] | None:
    """Of the Task of a referral that is on hold with a question, as its note says who asked it when; None where it
    holds none.

    Its identifier comes of the line of the history it was asked in, so that it can be looked for and is made once.
    """
    notes = [*enumerate(as_objects(referral.get("note")))]
    last = next(((at, note) for at, note in reversed(notes) if str(note.get("text", "")).startswith(ASKED)), None)
    plan = plan_id_of(referral, systems)
    if last is None or not plan:
        return None
    question, who = str(last[1]["text"]).removeprefix(ASKED), as_object(last[1], "authorReference")
    clinician = as_object(referral, "requester")
    made = {
        "resourceType": "Task",
        "identifier": [{"system": systems.plan, "value": f"{plan}{_NUMBER}{last[0]}"}],
        "partOf": [{"reference": f"Task/{referral.get('id')}"}],
        "status": "requested",
        "intent": "order",
        "priority": get_text(referral, "priority") or "routine",
        "code": {"coding": [_coding(CODE, "Complete Questionnaire")]},
        "description": question,
        "for": dict(as_object(referral, "for")),
        "authoredOn": last[1].get("time"),
        "requester": dict(who),
        "input": [
            {"type": {"coding": [_coding("questionnaire", "Questionnaire")]}, "valueCanonical": FORM},
            {"type": {"text": WORDS[QUESTION]}, "valueString": question},
        ],
    }
    filled = {name: value for name, value in made.items() if value}
    return {**filled, "owner": dict(clinician)} if clinician else filled


def answer_in_notes(referral: Resource, question: Resource, now: datetime) -> tuple[str, Mover] | None:
    """The answer that follows this question in the notes of its referral, and who gave it when (``now`` where the note
    does not say); None while there is none."""
    number = identifier_of(question).rpartition(_NUMBER)[2]
    after = as_objects(referral.get("note"))[int(number) + 1 if number.isdecimal() else 0 :]
    note = next((each for each in after if str(each.get("text", "")).startswith(ANSWERED)), None)
    if note is None:
        return None
    by = as_object(note, "authorReference")
    at = now
    with suppress(ValueError):
        at = datetime.fromisoformat(str(note.get("time")))
    return str(note["text"]).removeprefix(ANSWERED), Mover(get_text(by, "reference"), get_text(by, "display"), at)


def is_open_question(task: Resource, referral_id: str, systems: Systems) -> bool:
    """Whether it is one of ours, is part of this referral, and waits for its answer."""
    ours = any(each.get("system") in systems.plans for each in as_objects(task.get("identifier")))
    parts = {str(each.get("reference", "")).rpartition("Task/")[2] for each in as_objects(task.get("partOf"))}
    codings = as_objects(as_object(task, "code").get("coding"))
    asks = any((each.get("system"), each.get("code")) == (SDC, CODE) for each in codings)
    return ours and asks and referral_id in parts and task.get("status") in OPEN


def identifier_of(task: Resource) -> str:
    """``system|value``, as it is searched for."""
    first = next(iter(as_objects(task.get("identifier"))), {})
    return f"{first.get('system', '')}|{first.get('value', '')}"


def answer_form(task: Resource, answer: str, who: Mover) -> dict[str, Any]:
    """The form as the clinician has answered it."""
    system, _, value = identifier_of(task).partition("|")
    question = str(task.get("description", ""))
    return {
        "resourceType": "QuestionnaireResponse",
        "identifier": {"system": system, "value": f"{value}.answer"},
        "questionnaire": FORM,
        "status": "completed",
        "subject": dict(as_object(task, "for")),
        "authored": who.at.isoformat(timespec="seconds"),
        "author": _person(who),
        "item": [
            {"linkId": name, "text": WORDS[name], "answer": [{"valueString": text}]}
            for name, text in ((QUESTION, question), (ANSWER, answer))
        ],
    }


def answered(task: Resource, answer: str, response: str, who: Mover) -> dict[str, Any]:
    """The question's Task with its answer. ``response``: reference to the answered form; empty where there is none."""
    coded = {"type": {"coding": [_coding("questionnaire-response", "Questionnaire Response")]}}
    output = (
        coded | {"valueReference": {"reference": response}}
        if response
        else {"type": {"text": WORDS[ANSWER]}, "valueString": answer}
    )
    return {**_touched(task, who.at), "status": "completed", "output": [*as_objects(task.get("output")), output]}


def ended(task: Resource, why: str, at: datetime) -> dict[str, Any]:
    """The question's Task where nobody has to answer any more."""
    return {**_touched(task, at), "status": "cancelled", "statusReason": {"text": why}}


def _touched(task: Resource, at: datetime) -> dict[str, Any]:
    return {**task, "lastModified": at.isoformat(timespec="seconds")}


def _person(who: Mover) -> dict[str, str]:
    return {"reference": who.reference, "display": who.name or who.reference}


def _coding(code: str, display: str) -> dict[str, str]:
    return {"system": SDC, "code": code, "display": display}
