"""What came back of a referral, in words -> a document in the chart, and the Task of the referral that names it.

BSeR 2.0.0-ballot has the receiver answer with a document in Task.output. A DocumentReference (US Core clinical note,
LOINC 11508-9 physical therapy progress note) with the words as text: nobody signed them here, so it has no docStatus.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1
from typing import Any

from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.build.elements import Element, fhir_string, instant, without_absent
from smartapp.fhir.build.fallback_document import CLINICAL_NOTE, MEDIA, NOTE_PROFILE
from smartapp.fhir.build.identifiers import identifier, meta
from smartapp.fhir.check import check_resource
from smartapp.fhir.json import Resource, as_object, as_objects
from smartapp.fhir.systems import Systems

PT_NOTE = {"system": "http://loinc.org", "code": "11508-9", "display": "Physical therapy Progress note"}


@dataclass(frozen=True)
class ReturnedWords:
    """``id``: by which it is found again; ``title``: what it is; ``order``: reference, empty where the EHR has none."""

    id: str
    title: str
    words: str
    patient: str
    order: str
    author: Mapping[str, str]
    at: datetime


def returned_document(told: ReturnedWords, systems: Systems) -> Element:
    """Raises pydantic.ValidationError, or ReviewError where it breaks a rule."""
    data, when = fhir_string(f"{told.title}: {told.words}").encode(), instant(told.at)
    content = {
        "contentType": MEDIA["text"], "language": "en", "data": b64encode(data).decode(), "size": len(data),
        "hash": b64encode(sha1(data, usedforsecurity=False).digest()).decode(), "title": told.title, "creation": when,
    }  # fmt: skip
    made = validate_model(
        without_absent(
            resourceType="DocumentReference",
            meta=meta(NOTE_PROFILE, told.id, systems),
            identifier=[identifier(told.id, systems.report)],
            status="current",
            type={"coding": [PT_NOTE], "text": told.title},
            category=[{"coding": [CLINICAL_NOTE]}],
            subject={"reference": told.patient},
            date=when,
            author=[dict(told.author)],
            description=fhir_string(f"{told.title} ({told.id})"),
            content=[{"attachment": content}],
            context=without_absent(
                period={"start": when, "end": when}, related=[{"reference": told.order}] if told.order else None
            ),
        )
    )
    check_resource(made)
    return made


def with_document(task: Resource, reference: str, title: str, systems: Systems) -> dict[str, Any]:
    """The Task with the document among what it has brought about; once, however often it is asked."""
    named = {"reference": reference}
    others = [each for each in as_objects(task.get("output")) if as_object(each, "valueReference") != named]
    coding = {"system": f"{systems.base}/referral-output", "code": "document", "display": "Document of the therapy"}
    return {**task, "output": [*others, {"type": {"coding": [coding], "text": title}, "valueReference": named}]}
