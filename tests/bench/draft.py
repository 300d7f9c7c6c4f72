"""A plan for one of the benchmark's patients as a Bundle, made without any EHR: what fhirclient is given to send."""

from datetime import UTC, datetime
from typing import Any

from launch.sandbox.fhir_dates import resolve_offsets
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.fhir.build import proposal_bundle
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.bench.ehr import patient_bundle


def draft_bundle(patient: str) -> dict[str, Any]:
    today, knowledge = datetime.now(UTC).astimezone().date(), load()
    entries = resolve_offsets(patient_bundle(patient), today)["entry"]
    chart = read_chart([entry["resource"] for entry in entries], knowledge, patient)
    return proposal_bundle(plan(derive(chart, today, knowledge), knowledge), knowledge)
