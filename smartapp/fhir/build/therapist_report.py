"""A therapist's report of progress -> the answers to its form, and the Task of the referral that names them.

The form is ``progress-report`` of fhir_profiles: the log of a session and the tests of the knowledge.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from smartapp.core.therapist import FALL, RECOMMENDS, SYMPTOMS, Report, report_words
from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.build.elements import Element, fhir_string, instant
from smartapp.fhir.build.identifiers import identifier
from smartapp.fhir.json import as_objects
from smartapp.fhir.systems import Systems

FORM = f"{CANONICAL}/Questionnaire/progress-report"
WORDS = "words"
_KIND = "progress-report"


@dataclass(frozen=True)
class ReportedProgress:
    """``whole``: ids of the numbers that are whole ones. ``author`` in words: the therapist is nobody of this EHR."""

    id: str
    report: Report
    whole: frozenset[str]
    patient: str
    order: str
    author: str
    sent: datetime


def progress_answers(told: ReportedProgress, systems: Systems) -> Element:
    """The QuestionnaireResponse. Raises pydantic.ValidationError where it would be none."""
    made = {
        "resourceType": "QuestionnaireResponse",
        "identifier": identifier(told.id, systems.report),
        **({"basedOn": [{"reference": told.order}]} if told.order else {}),
        "questionnaire": FORM,
        "status": "completed",
        "subject": {"reference": told.patient},
        "authored": instant(told.sent),
        "author": {"display": told.author},
        "item": list(_items(told)),
    }
    return validate_model(made)


def _items(told: ReportedProgress) -> Iterator[Element]:
    report = told.report
    if report.on:
        yield _answer("date", "valueDate", report.on.isoformat())
    for id_, value in report.values:
        if id_ in told.whole:
            yield _answer(id_, "valueInteger", int(Decimal(value)))
        else:
            yield _answer(id_, "valueDecimal", float(value))
    if report.fall:
        yield _answer(FALL, "valueBoolean", report.fall == "yes")
    if report.symptoms:
        yield _answer(SYMPTOMS, "valueString", fhir_string(report.symptoms))
    if report.recommends:
        yield _answer(RECOMMENDS, "valueString", report.recommends)
    if report.text:
        yield _answer(WORDS, "valueString", fhir_string(report.text))


def _answer(link: str, kind: str, value: object) -> Element:
    return {"linkId": link, "answer": [{kind: value}]}


def with_answers(task: Mapping[str, Any], reference: str, report: Report, systems: Systems) -> Element:
    """The Task with the answers among what it has brought about; once, however often it is asked."""
    outputs: Sequence[Mapping[str, Any]] = as_objects(task.get("output"))
    coding = {"system": f"{systems.base}/referral-output", "code": _KIND, "display": "Report of the therapist"}
    named = {"reference": reference}
    others = [each for each in outputs if each.get("valueReference") != named]
    made = {"type": {"coding": [coding], "text": report_words(report)[:100]}, "valueReference": named}
    return {**task, "output": [*others, made]}
