"""A referral's Task -> a coordinator's question about it and its answer, made by the functions that write."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from smartapp.core.referral_moves import BY_ACTION, Action, Step
from smartapp.fhir.json import Resource
from smartapp.fhir.referral_question import answer_form, answered, question_task
from smartapp.fhir.referral_task import Mover, moved
from smartapp.fhir.systems import EXAMPLE


def question_examples(referral: Resource, coordinator: Mover, clinician: str, name: str) -> Iterator[dict[str, Any]]:
    """``clinician``: the name; ``name``: as in the ids of the other examples of this patient."""
    step, answer = Step(Action.ASK, text="Is a collar ordered?"), "No collar."
    asked = question_task(moved(referral, step, BY_ACTION[step.action], coordinator, EXAMPLE), EXAMPLE)
    if asked is None:
        raise ValueError("the Task of the example is no referral of ours")
    by = Mover(str(referral["requester"]["reference"]), clinician, coordinator.at + timedelta(hours=2))
    response = f"{name}-question-answer"
    done = answered(asked, answer, f"QuestionnaireResponse/{response}", by)
    yield {"resourceType": "Task", "id": f"{name}-question"} | done
    yield {"resourceType": "QuestionnaireResponse", "id": response} | answer_form(asked, answer, by)
