"""A question to the clinician as a Task of its own in the EHR: made after the referral is on hold, ended with it.

The referral's own Task is the record: the question and its answer stand in its notes whatever becomes of this. So
nothing here undoes or refuses a move; what an EHR did not take, or a process that died left undone, is made good from
the notes when somebody looks at the referral again (:func:`mend_questions`).
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from smartapp.core.referral import Entry, ReferralTask, Stage
from smartapp.core.referral_moves import Action, Step
from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.launch.scopes import Grants
from smartapp.ehr.ledger import OURS
from smartapp.errors import EhrError
from smartapp.fhir.build.bundle import REPLACED
from smartapp.fhir.referral_question import (
    ASKED,
    CODE,
    SDC,
    answer_form,
    answer_in_notes,
    answered,
    ended,
    identifier_of,
    is_open_question,
    question_task,
)
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.systems import Systems

# Why nobody has to answer any more.
_ENDS = {
    Action.DECLINE: "The referral was declined.",
    Action.CANCEL: "The referral was canceled.",
}
UNDONE = "The question was taken back."
GONE_ON = "The referral went on without an answer."
WAIT = 60.0  # seconds (ours)


def follow_question(
    client: FhirClient, grants: Grants, referral: ReferralTask, step: Step, who: Mover, systems: Systems
) -> None:
    """After a move was made: a question is asked, answered or ended in a Task of its own, where the EHR takes one.

    ``referral``: as it was before the move, or, where the move was found made already, after it.
    """
    with suppress(EhrError):
        if step.action is Action.ASK:
            _ask(client, grants, referral, systems)
        elif step.action is Action.ANSWER:
            for question in _open(client, grants, referral, systems):
                _answer(client, grants, question, step.text, who)
        elif step.action in _ENDS and referral.stage in (Stage.ASKED, Stage.DECLINED, Stage.CANCELLED):
            end_question(client, grants, referral, _ENDS[step.action], who, systems)
        elif step.action is Action.ACCEPT and referral.before is not None:
            end_question(client, grants, referral.before, REPLACED, who, systems)


def end_question(
    client: FhirClient, grants: Grants, referral: ReferralTask, why: str, who: Mover, systems: Systems
) -> None:
    with suppress(EhrError):
        for question in _open(client, grants, referral, systems):
            _put(client, question, ended(question, why, who.at))


def mend_questions(client: FhirClient, grants: Grants, referral: ReferralTask, now: datetime, systems: Systems) -> None:
    """Every question of this referral stands as its notes say: asked, answered or ended; one look, nothing where the
    history has no question. The last line is left alone for a minute: whoever wrote it may be at it still."""
    asked = any(entry.text.startswith(ASKED) for entry in referral.history)
    if not asked or referral.id.startswith(OURS) or _is_fresh(referral.history[-1], now):
        return
    with suppress(EhrError):
        task = client.read("Task", referral.id)
        waits = question_task(task, systems) if referral.stage is Stage.ASKED else None
        for question in _open(client, grants, referral, systems):
            if waits is None or identifier_of(question) != identifier_of(waits):
                _end_as_told(client, grants, task, question, referral, now)
        if waits is not None:
            _ask(client, grants, referral, systems)


def _is_fresh(last: Entry, now: datetime) -> bool:
    try:
        return (now - datetime.fromisoformat(last.at)).total_seconds() < WAIT
    except (TypeError, ValueError):  # no time, or one without its zone
        return False


def _end_as_told(
    client: FhirClient, grants: Grants, task: Mapping[str, Any], question: Mapping[str, Any], referral: ReferralTask,
    now: datetime,
) -> None:  # fmt: skip
    told = answer_in_notes(task, question, now)
    if told is not None:
        _answer(client, grants, question, *told)
        return
    ways = {Stage.DECLINED: _ENDS[Action.DECLINE], Stage.CANCELLED: _ENDS[Action.CANCEL]}
    _put(client, question, ended(question, REPLACED if referral.replaced else ways.get(referral.stage, GONE_ON), now))


def _ask(client: FhirClient, grants: Grants, referral: ReferralTask, systems: Systems) -> None:
    if not grants.may("Task", "c") or referral.id.startswith(OURS):  # of a Task the EHR does not have
        return
    made = question_task(client.read("Task", referral.id), systems)
    there = {identifier_of(each) for each in _open(client, grants, referral, systems)}
    if made is not None and identifier_of(made) not in there:
        client.create(made, f"identifier={identifier_of(made)}")


def _open(client: FhirClient, grants: Grants, referral: ReferralTask, systems: Systems) -> list[Mapping[str, Any]]:
    patient = referral.patient.partition("/")[2]
    if not patient or not grants.may("Task", "s"):
        return []
    found = client.search("Task", {"patient": patient, "code": f"{SDC}|{CODE}"})
    return [each for each in found if is_open_question(each, referral.id, systems)]


def _answer(client: FhirClient, grants: Grants, question: Mapping[str, Any], answer: str, who: Mover) -> None:
    response = ""
    if grants.may("QuestionnaireResponse", "c"):
        with suppress(EhrError):
            form = answer_form(question, answer, who)
            named = f"{form['identifier']['system']}|{form['identifier']['value']}"
            response = client.create(form, f"identifier={named}").reference
    _put(client, question, answered(question, answer, response, who))


def _put(client: FhirClient, seen: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    update(client, dict(after), if_match_of(seen).get("ifMatch", ""))
