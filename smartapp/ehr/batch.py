"""The searches of a launch as one FHIR batch -> what the EHR answered to each.

One request where there would be a dozen: for EHRs that count requests. The slowest search then holds up the others, and
a time limit ends all of them, so it is the site's choice (docs/decisions/0018).
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from smartapp.ehr.answer import Answer
from smartapp.ehr.client import FhirClient, address
from smartapp.ehr.outcomes import refusal
from smartapp.ehr.pages import Found, Resource
from smartapp.errors import EhrUnavailable, LoadpathError

# The Patient, the first page of a search, or why there is none; None: the search goes by itself.
Brought = Resource | LoadpathError | None


def in_one_request(
    client: FhirClient, searches: Sequence[tuple[str, Sequence[tuple[str, str]]]], patient_id: str, found: Found
) -> list[Brought]:
    """What was answered to each of ``searches`` (type, parameters), in their order; the Patient is read by its id.

    ``found`` is told of the answer as a whole. Raises EhrError or SessionEnded where the batch failed as a whole.
    """
    urls = [f"Patient/{patient_id}" if kind == "Patient" else address(kind, params) for kind, params in searches]
    entries = [{"request": {"method": "GET", "url": url}} for url in urls]
    answer = client.post_batch({"resourceType": "Bundle", "type": "batch", "entry": entries}, found)
    answers = answer.get("entry")
    if answer.get("type") != "batch-response" or not isinstance(answers, list) or len(answers) != len(entries):
        raise EhrUnavailable("The EHR did not answer every search of a batch.")
    return [_brought(kind, entry) for (kind, _), entry in zip(searches, answers, strict=True)]


def _brought(kind: str, entry: Any) -> Brought:
    response = entry.get("response") if isinstance(entry, Mapping) else None
    if not isinstance(response, Mapping) or not str(response.get("status", ""))[:3].isdecimal():
        return None
    status = int(str(response["status"])[:3])
    resource = entry.get("resource")
    if 200 <= status < 300:
        wanted = "Patient" if kind == "Patient" else "Bundle"
        fits = isinstance(resource, dict) and resource.get("resourceType") == wanted
        return resource if fits else None
    if status < 500 and status not in (401, 408, 429):
        outcome = response.get("outcome") or resource
        return refusal(Answer(status, {}, json.dumps(outcome).encode(), ""))
    return None  # for the moment only, or about the session: asked once more by itself
