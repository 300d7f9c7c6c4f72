"""Public records of others -> a table of every alert they raise and every record no rule knows.

``python -m tests.fhir.alerts_on_public_records > list.md``. docs/alerts-on-public-records.md is this list, each line
looked at by hand. Nearly none of these people has a lumbar fracture, so each is assessed twice: as recorded, and with
an L2 fracture three weeks before the last date of the record, which lets every rule speak. A single resource becomes
the record of one person of 70.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.errors import InputError
from smartapp.fhir.read.chart import read_chart
from smartapp.knowledge import load
from tests.conftest import SHARED

_DAY = re.compile(r'"((?:19|20)\d\d-\d\d-\d\d)')
_PATIENT = {"resourceType": "Patient", "id": "reader", "gender": "male", "birthDate": "1955-05-05"}
_REFERRING = ("subject", "patient")
_LATEST = date(2026, 11, 28)


def records(shared: Path = SHARED) -> Iterator[tuple[str, list[Any], date]]:
    """(name, resources of one person, the last date in them) of every record, in the order of the folders."""
    data = shared / "data"
    for path in (*sorted((data / "synthea_r4").glob("*.json")), *sorted((shared / "field").rglob("*.json"))):
        text = path.read_text(encoding="utf-8")
        if isinstance(value := json.loads(text), dict) and value.get("resourceType"):
            yield path.stem, [value], _last(text)
    yield from _generated(data / "clinosim_us_vcf")
    for folder in ("hl7_r4_examples", "us_core"):
        for path in sorted((data / folder).glob("*.json")):
            yield from _single(path)


def _last(text: str) -> date:
    """The last day named that is not to come."""
    days = (date.fromisoformat(found) for found in set(_DAY.findall(text)))
    return max((day for day in days if day <= _LATEST), default=_LATEST)


def _generated(folder: Path) -> Iterator[tuple[str, list[Any], date]]:
    people: dict[str, list[Any]] = {}
    for path in sorted(folder.glob("*.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            named = one.get("subject") or one.get("patient") or {}
            person = one["id"] if one["resourceType"] == "Patient" else named.get("reference", "").rpartition("/")[2]
            people.setdefault(person, []).append(one)
    for person, resources in sorted(people.items()):
        if any(one["resourceType"] == "Patient" for one in resources):
            yield f"clinosim {person[:8]}", resources, _last(json.dumps(resources))


def _single(path: Path) -> Iterator[tuple[str, list[Any], date]]:
    value = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(value, dict) or value.get("resourceType") in (None, "Bundle"):
        return
    own = {**value, **{name: {"reference": "Patient/reader"} for name in _REFERRING if name in value}}
    yield path.stem, [_PATIENT, own], _last(json.dumps(value))


def assessed(resources: list[Any], on: date, broken: bool) -> Assessment | None:
    """None where it holds no patient. ``broken``: with a lumbar fracture of three weeks ago."""
    bundle = resources
    knowledge = load()
    try:
        chart = read_chart(bundle, knowledge)
        if broken:
            fracture = {
                "resourceType": "Condition",
                "id": "added",
                "subject": {"reference": chart.patient.reference},
                "clinicalStatus": {"coding": [{"code": "active"}]},
                "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.020A"}]},
                "onsetDateTime": str(on - timedelta(days=21)),
            }
            patient = {"resourceType": "Patient", "id": chart.patient.reference.partition("/")[2]}
            mine = (*chart.diagnoses, *read_chart([patient, fracture], knowledge).diagnoses)
            chart = type(chart)(**{**vars(chart), "diagnoses": mine})
        return derive(chart, on, knowledge)
    except InputError:
        return None


def lines(shared: Path = SHARED) -> Iterator[str]:
    """One line of the table for each alert of each record."""
    for name, resources, on in records(shared):
        for broken in (False, True):
            found = assessed(resources, on, broken)
            for one in found.alerts if found else ():
                kind = "with a fracture" if broken else "as recorded"
                yield f"| {name} | {on} | {kind} | {one.code} | {one.severity} | {one.reason.text} |"


def main() -> None:
    print("| record | as of | how | alert | severity | because |", "|---|---|---|---|---|---|", *lines(), sep="\n")


if __name__ == "__main__":
    main()
