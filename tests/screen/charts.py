"""Charts as FHIR resources, of the knowledge's own codes and sentences, at random; and what derive says of them."""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from smartapp.core.codes import CodeKind, CodeUse
from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from smartapp.render import assessment_json

AS_OF = date(2026, 3, 1)
KNOWLEDGE: Knowledge = load()
_ADDRESSES = {name: f"http://{each.addresses[0]}" for name, each in KNOWLEDGE.codes.systems.by_id.items()}


def coding(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": _ADDRESSES[system], "code": code}]}


def answer(resources: Iterable[Any], patient: str | None = None) -> dict[str, Any]:
    """What ``smartapp derive --json`` says of these resources."""
    assessment = derive(read_chart(list(resources), KNOWLEDGE, patient), AS_OF, KNOWLEDGE)
    return assessment_json(assessment)


def answer_of_file(path: Path, patient: str | None = None) -> dict[str, Any]:
    values, unreadable = read_files(path, patient, KNOWLEDGE)
    assessment = derive(read_chart(values, KNOWLEDGE, patient, unreadable), AS_OF, KNOWLEDGE)
    return assessment_json(assessment)


def row_as_derived(said: Mapping[str, Any]) -> dict[str, Any]:
    """Of an answer of ``derive --json`` what stands in the columns of a row that it decides."""
    gates = said["gates"]
    return {
        **{name: said[name] for name in ("patient", "disposition", "calendarPhase", "effectivePhase", "asOf")},
        "alerts": [alert["code"] for alert in said["alerts"]],
        "stops": [alert["code"] for alert in said["alerts"] if alert["severity"] == "stop"],
        "treatment": [f"{each['state']}: {each['drug'].replace(';', ',')}" for each in said["treatment"]],
        "missing": [gap["concept"] for gap in said["gaps"]],
        "treatmentGap": any(alert["code"] == "treatment-gap" for alert in said["alerts"]),
        "prone": gates["prone"],
        "resistedUpperBack": gates["resisted-upper-back"],
        "highImpact": gates["high-impact"],
        "knowledgeVersion": said["knowledgeVersion"],
    }


def of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in row_as_derived(_EMPTY)}


_EMPTY: dict[str, Any] = {
    **dict.fromkeys(("patient", "disposition", "calendarPhase", "effectivePhase", "asOf", "knowledgeVersion"), ""),
    **{name: [] for name in ("alerts", "treatment", "gaps")},
    "gates": {"prone": None, "resisted-upper-back": None, "high-impact": None},
}


def write_lines(file: Path, resources: Iterable[Any]) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(resource) + "\n" for resource in resources), encoding="utf-8")
    return file


# -- at random

_ROWS = [row for row in KNOWLEDGE.codes.rows if row.use is not CodeUse.OUTPUT]
_OF_FRACTURES = [row for row in _ROWS if row.region is not None]
_SENTENCES = sorted({said for row in KNOWLEDGE.phrases.rows for said in (*row.yes, *row.no)})
_DAYS = st.dates(date(2020, 1, 1), date(2026, 4, 1)).map(str)
_WORDS = st.sampled_from(_SENTENCES)
_CONCEPT = st.one_of(
    st.sampled_from(_ROWS).map(lambda row: coding(row.system, row.code)),
    st.sampled_from(_OF_FRACTURES).map(lambda row: coding(row.system, row.code.replace(".", "").lower())),
    _WORDS.map(lambda said: {"text": said}),
    st.tuples(st.sampled_from(_ROWS), _WORDS).map(lambda two: {**coding(two[0].system, two[0].code), "text": two[1]}),
)  # fmt: skip
_STATUS = "http://terminology.hl7.org/CodeSystem/condition-"


def _status(kind: str, *codes: str) -> st.SearchStrategy[Any]:
    return st.sampled_from(codes).map(lambda code: {"coding": [{"system": f"{_STATUS}{kind}", "code": code}]})


def _attached(said: str) -> list[dict[str, str]]:
    return [{"contentType": "text/plain", "data": base64.b64encode(said.encode()).decode()}]


_CONDITION = st.fixed_dictionaries(
    {"resourceType": st.just("Condition"), "code": _CONCEPT},
    optional={
        "verificationStatus": _status("ver-status", "confirmed", "provisional", "refuted"),
        "clinicalStatus": _status("clinical", "active", "resolved"),
        "onsetDateTime": _DAYS,
        "recordedDate": _DAYS,
        "bodySite": st.lists(_CONCEPT, max_size=1),
        "note": _WORDS.map(lambda said: [{"text": said}]),
    },
)
_REPORT = st.fixed_dictionaries(
    {"resourceType": st.just("DiagnosticReport"), "status": st.sampled_from(["final", "preliminary"])},
    optional={
        "code": st.sampled_from([{"text": "MRI of the lumbar spine"}, {"text": "Radiograph of the hand"}, {}]),
        "effectiveDateTime": _DAYS,
        "conclusion": st.lists(_WORDS, min_size=1, max_size=3).map(". ".join),
        "presentedForm": _WORDS.map(_attached),
        "text": _WORDS.map(lambda said: {"status": "generated", "div": f"<div><p>{said}</p></div>"}),
        "conclusionCode": st.lists(_CONCEPT, max_size=2),
    },
)
_OBSERVATION = st.fixed_dictionaries(
    {"resourceType": st.just("Observation"), "status": st.just("final"), "code": _CONCEPT},
    optional={
        "effectiveDateTime": _DAYS,
        "valueQuantity": st.tuples(st.integers(-5, 40), st.sampled_from(["{T-score}", "ng/mL", "{score}"])).map(
            lambda pair: {"value": pair[0], "unit": pair[1], "code": pair[1]}
        ),
        "valueString": _WORDS,
    },
)
_MEDICINE = st.fixed_dictionaries(
    {"resourceType": st.just("MedicationRequest"), "status": st.sampled_from(["active", "stopped"])},
    optional={"medicationCodeableConcept": _CONCEPT, "authoredOn": _DAYS},
)
_OTHERS = st.fixed_dictionaries(
    {
        "resourceType": st.sampled_from(["Procedure", "Flag", "DeviceRequest", "ServiceRequest", "DeviceUseStatement"]),
        "status": st.sampled_from(["active", "completed"]),
        "code": _CONCEPT,
    },
    optional={"performedDateTime": _DAYS, "note": _WORDS.map(lambda said: [{"text": said}])},
)
_RELATIVE = st.fixed_dictionaries(
    {
        "resourceType": st.just("FamilyMemberHistory"),
        "status": st.just("completed"),
        "relationship": st.just({"text": "mother"}),
        "condition": _CONCEPT.map(lambda concept: [{"code": concept}]),
    }
)
_PLAN = st.fixed_dictionaries(
    {
        "resourceType": st.sampled_from(["CarePlan", "Goal"]),
        "status": st.sampled_from(["active", "revoked"]),
        "identifier": st.just([{"system": EXAMPLE.plan, "value": "p1"}]),
    }
)
_VISIT = st.fixed_dictionaries(
    {
        "resourceType": st.just("Encounter"),
        "status": st.just("finished"),
        "class": st.just({"code": "IMP"}),
        "period": st.tuples(_DAYS, _DAYS).map(lambda days: {"start": min(days), "end": max(days)}),
    }
)
_PATIENT = st.fixed_dictionaries(
    {"resourceType": st.just("Patient"), "gender": st.sampled_from(["female", "male", "unknown"])},
    optional={
        "birthDate": st.dates(date(1930, 1, 1), date(2012, 1, 1)).map(str),
        "deceasedBoolean": st.sampled_from([False, False, True]),
    },
)
_RECORD = st.one_of(
    _CONDITION, _CONDITION, _REPORT, _OBSERVATION, _MEDICINE, _OTHERS, _RELATIVE, _PLAN, _VISIT
)  # fmt: skip


def _as_chart(pair: tuple[dict[str, Any], Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    return [pair[0], *pair[1]]


CHARTS = st.lists(
    st.tuples(_PATIENT, st.lists(_RECORD, max_size=5)).map(_as_chart), min_size=25, max_size=50
)  # fmt: skip


def numbered(charts: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The same with ids, each record of its patient."""
    return [
        [
            {**record, "id": f"p{n}" if at == 0 else f"r{n}-{at}", **_of(record, f"Patient/p{n}")}
            for at, record in enumerate(chart)
        ]
        for n, chart in enumerate(charts)
    ]


def _of(record: Mapping[str, Any], patient: str) -> dict[str, Any]:
    if record["resourceType"] == "Patient":
        return {}
    name = "patient" if record["resourceType"] == "FamilyMemberHistory" else "subject"
    return {name: {"reference": patient}}


CODES_OF_DIAGNOSES = [row for row in _ROWS if row.kind is CodeKind.CONDITION]
