"""A signed plan -> one session of it as a therapist may record it: a form, and a procedure with what was measured.

Loadpath writes none of this; the profiles say how it is to be written, and these say it by example (rule book 2b, PG7).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from fhir_profiles.generate.metadata import canonical
from fhir_profiles.generate.questionnaires import session_form
from smartapp.core.program import Fitt
from smartapp.core.proposal import Activity, SignedPlan

Resource = dict[str, Any]

DAY = "2026-03-05"
START, END, LATER = (f"{day}-05:00" for day in ("2026-03-05T10:00:00", "2026-03-05T10:15:00", "2026-03-06T10:00:00"))
THERAPIST = {"display": "Physical therapist of the session"}
PAIN, EFFORT = (
    {"coding": [{"system": "http://loinc.org", "code": code}], "text": text}
    for code, text in (("72514-3", "Pain, 0-10"), ("82289-0", "Effort of the session, 0-10"))
)
# What was written down of the session: linkId -> kind of answer, and the answer.
SAID: Mapping[str, tuple[str, object]] = {
    "date": ("Date", DAY), "minutes": ("Integer", 15), "setting": ("String", "supervised"),
    "pain-before": ("Integer", 3), "pain-worst": ("Integer", 4), "pain-24h": ("Integer", 3),
    "rpe-max": ("Integer", 3), "cues": ("Integer", 1), "fall": ("Boolean", False),
}  # fmt: skip
MEASURED = (("before", PAIN, 3, START), ("worst", PAIN, 4, END), ("24 h", PAIN, 3, LATER), ("", EFFORT, 3, END))


def session_examples(signed: SignedPlan, name: str) -> Iterator[Resource]:
    """``name``: as in the ids of the other examples of this patient."""
    tied = {"basedOn": [{"reference": f"ServiceRequest/{name}-servicerequest"}],
            "subject": {"reference": f"Patient/{name}"}}  # fmt: skip
    done = [a for a in signed.proposal.activities if a.block and a.fitt and a.fitt.reps and a.fitt.sets][:2]
    yield _profiled("QuestionnaireResponse", f"{name}-session-log", "session-log-answers") | tied | {
        "questionnaire": canonical("Questionnaire", "session-log"), "status": "completed", "authored": LATER,
        "author": THERAPIST, "item": list(_answers(done)),
    }  # fmt: skip
    procedure = f"{name}-session"
    yield _profiled("Procedure", procedure, "session-procedure") | tied | {
        "status": "completed", "code": {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "97110"}]},
        "performedPeriod": {"start": START, "end": END}, "performer": [{"actor": THERAPIST}],
        "outcome": {"text": "yellow"},
    }  # fmt: skip
    for place, (method, code, value, at) in enumerate(MEASURED, 1):
        yield _profiled("Observation", f"{procedure}-{place}", "session-observation") | tied | {
            "partOf": [{"reference": f"Procedure/{procedure}"}], "status": "final", "code": code,
            "effectiveDateTime": at, "performer": [THERAPIST], "valueInteger": value,
        } | ({"method": {"text": method}} if method else {})  # fmt: skip


def _profiled(kind: str, id_: str, profile: str) -> Resource:
    return {"resourceType": kind, "id": id_, "meta": {"profile": [canonical("StructureDefinition", profile)]}}


def _answers(done: list[Activity]) -> Iterator[Resource]:
    """In the order and words of the form; what was not written down is left out."""
    for item in session_form()["item"]:
        link, text = item["linkId"], item["text"]
        if link == "items":
            yield from ({"linkId": link, "text": text, "item": list(_exercise(item, each))} for each in done)
        elif link in SAID:
            kind, value = SAID[link]
            yield {"linkId": link, "text": text, "answer": [{f"value{kind}": value}]}


def _exercise(form: Resource, done: Activity) -> Iterator[Resource]:
    fitt = done.fitt or Fitt()
    first = {link: int((pair or (None,))[0] or 0) for link, pair in (("sets", fitt.sets), ("reps", fitt.reps))}
    said = {"id": {"valueString": done.id}, "rpe": {"valueInteger": 3}}
    said |= {link: {"valueInteger": number} for link, number in first.items()}
    for item in form["item"]:
        if item["linkId"] in said:
            yield {"linkId": item["linkId"], "text": item["text"], "answer": [said[item["linkId"]]]}
