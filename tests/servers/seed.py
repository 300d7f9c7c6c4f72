"""Records -> a FHIR server that holds them under their own ids.

Only what our reading or the record itself refers to is sent, and a reference to something that is not among the records
is left out: a server that checks references would refuse the resource for it.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import requests

from launch.sandbox.compartment import references

Resource = dict[str, Any]
# A patient's chart as far as anything here reads it, and who is named in it.
KINDS = (
    "Organization", "Location", "Practitioner", "PractitionerRole", "Patient", "Encounter", "Condition", "Observation",
    "Procedure", "MedicationRequest", "DiagnosticReport", "Goal", "CarePlan", "ServiceRequest", "Provenance",
)  # fmt: skip
AT_ONCE = 1000  # entries of one transaction: a chart in one, as its parts refer to each other
HEADERS = {"Content-Type": "application/fhir+json", "Accept": "application/fhir+json"}


def seed(base: str, records: Iterable[Mapping[str, Any]]) -> int:
    """PUT every record in transactions; returns how many. Raises AssertionError with the server's own words."""
    kept = sorted(
        (dict(r) for r in records if r["resourceType"] in KINDS), key=lambda r: KINDS.index(r["resourceType"])
    )
    there = {f"{r['resourceType']}/{r['id']}" for r in kept}
    cleaned = [_without_dangling(r, there) for r in kept]
    for start in range(0, len(cleaned), AT_ONCE):
        entries = [
            {"resource": r, "request": {"method": "PUT", "url": f"{r['resourceType']}/{r['id']}"}}
            for r in cleaned[start : start + AT_ONCE]
        ]
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        answer = requests.post(base, json=bundle, headers=HEADERS, timeout=300)
        assert answer.ok, answer.text[:2000]
    return len(cleaned)


def _without_dangling(resource: Resource, there: set[str]) -> Resource:
    copy: Resource = json.loads(json.dumps(resource))
    copy.pop("meta", None)
    for reference in list(references(copy)):
        if reference["reference"] not in there and not reference["reference"].startswith("#"):
            reference.pop("reference")
            reference.setdefault("display", "not part of this record")
    return copy
