"""The Task for a decision about the next phase, in the EHR: found and told of the recommendation, or made.

What is not taken is left out: the recommendation stands in the history of the referral and, at the next launch, beside
the question on the page.
"""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from smartapp.ehr.client import FhirClient
from smartapp.ehr.deliver.updates import if_match_of, update
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import EhrError
from smartapp.fhir.phase_decision import OPEN, PhaseQuestion, asked_now, phase_task
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.systems import Systems


def ask_for_phase(
    client: FhirClient,
    grants: Grants,
    referral: Mapping[str, Any],
    question: PhaseQuestion,
    who: Mover,
    systems: Systems,
) -> None:
    """``referral``: the Task of the referral. Once, however often it is asked."""
    if not (grants.may("Task", "s") and grants.may("Task", "c")):
        return
    named = f"{systems.plan}|{question.value}"
    with suppress(EhrError):
        found = client.search("Task", {"identifier": named})
        if not found:
            client.create(phase_task(question, referral, who, systems), f"identifier={named}")
        for task in found:
            if task.get("status") in OPEN:
                update(client, asked_now(task, question, who), if_match_of(task).get("ifMatch", ""))
