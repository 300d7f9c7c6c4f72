"""Stories of the sandbox's made-up patients -> what Loadpath writes for them, as an EHR would then hold it.

Made by the functions that write: nothing is added but ids in place of the temporary ones. Beside them one session as
its therapist may record it.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from fhir_profiles.generate.metadata import canonical
from fhir_profiles.generate.question_examples import question_examples
from fhir_profiles.generate.session_examples import session_examples
from launch.sandbox.load import OWN_PATIENTS, read_source
from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision, Role, SignedPlan, Signer
from smartapp.core.review import approve, revise
from smartapp.core.review.results import EnteredResult, with_entered_results
from smartapp.document import contents
from smartapp.fhir.build import build
from smartapp.fhir.build.fallback_document import MAKERS, FallbackDocument, carrier
from smartapp.fhir.read import read_chart
from smartapp.fhir.referral_task import Mover

Resource = dict[str, Any]

TODAY = date(2026, 3, 1)
SIGNED_AT = datetime(2026, 3, 1, 15, tzinfo=UTC)
EHR, APP = "https://ehr.example/fhir", "https://loadpath.example"
COORDINATOR = Mover("Practitioner/brandt", "Rosa Brandt", SIGNED_AT + timedelta(days=1))
SIGNER = Signer("Practitioner/okafor", "Dr. Ngozi Okafor", Role.SIGNER)


@dataclass(frozen=True)
class Story:
    patient: str
    about: str
    decisions: tuple[Decision, ...] = ()
    active: bool = True
    carriers: bool = False  # the note, the message and the form as well, and a session that was done
    entered: tuple[tuple[str, str], ...] = ()  # results of tests entered at the review


STORIES = (
    Story("bergstrom", "Initial phase, held back by pain", carriers=True),
    Story("haddad", "Intermediate phase, as a draft", active=False),
    Story(
        "kowalski", "Advanced phase, with one exercise dropped by the clinician",
        (Decision("E36", Choice.DROP, reason="No space for it at home"),),
    ),
    Story("oyelaran", "After kyphoplasty: the calendar starts again", entered=(("tug", "13.4"), ("fes-i", "24"))),
)  # fmt: skip


def examples(knowledge: Knowledge) -> Iterator[Resource]:
    for story in STORIES:
        whole = signed(story, knowledge)
        bundle = build(whole, knowledge, EHR, APP, encounter=f"Encounter/{story.patient}-visit", with_task=True)
        yield from (held := list(stored(bundle, f"{story.patient}")))
        if story.carriers:
            yield {"resourceType": "Bundle", "id": f"{story.patient}-transaction"} | bundle
            yield from _carried(whole, story)
            yield from session_examples(whole, story.patient)
            referral = next(each for each in held if each["id"] == f"{story.patient}-task")
            yield from question_examples(referral, COORDINATOR, SIGNER.name, story.patient)


def signed(story: Story, knowledge: Knowledge) -> SignedPlan:
    """The story's plan as a clinician signs it, edits and guards included."""
    results = [EnteredResult(test, test, Decimal(value), TODAY, SIGNER.name, TODAY) for test, value in story.entered]
    chart = read_chart(_chart(story.patient), knowledge, story.patient)
    chart, _ = with_entered_results(chart, results, TODAY, knowledge)
    proposal = plan(derive(chart, TODAY, knowledge), knowledge)
    revised = revise(proposal, story.decisions, knowledge)
    return approve(
        revised,
        story.decisions,
        SIGNER,
        revised.fingerprint,
        SIGNED_AT,
        story.active,
        knowledge=knowledge,
        fhir_base=EHR,
    )


def stored(bundle: Resource, name: str) -> Iterator[Resource]:
    """Each entry by itself, under an id instead of its temporary one."""
    ids = {entry["fullUrl"]: f"{name}-{_part(entry['resource'])}" for entry in bundle["entry"]}
    text = json.dumps(bundle["entry"])
    for entry in bundle["entry"]:
        text = text.replace(entry["fullUrl"], f"{entry['resource']['resourceType']}/{ids[entry['fullUrl']]}")
    for entry, made in zip(bundle["entry"], json.loads(text), strict=True):
        kind = entry["resource"]["resourceType"]
        yield {"resourceType": kind, "id": ids[entry["fullUrl"]]} | made["resource"]


def _part(resource: Resource) -> str:
    """``GS1`` of a goal, ``PG9-prone`` of a task with a date, ``result-height-2026-03-01`` of a test, else the type: a
    plan's own identifier is a hash.
    """
    if resource["resourceType"] in ("Goal", "Task", "Observation"):
        return str(resource["identifier"][0]["value"]).rpartition(".")[2].lower()
    return str(resource["resourceType"]).lower()


def _carried(whole: SignedPlan, story: Story) -> Iterator[Resource]:
    form = canonical("Questionnaire", "rehabilitation-plan")
    made = FallbackDocument(
        whole, contents(whole), f"Encounter/{story.patient}-visit", questionnaire=form, formats=("text",)
    )
    for kind in MAKERS:
        resource = dict(carrier(kind, made))
        yield {"resourceType": kind, "id": f"{story.patient}-{kind.lower()}"} | resource


@cache
def _everyone() -> tuple[Resource, ...]:
    return tuple(resource for loaded in read_source(OWN_PATIENTS, TODAY) for resource in loaded.resources)


def _chart(patient: str) -> list[Resource]:
    """The resources about one patient, and those about nobody."""
    whose = {f"Patient/{patient}", ""}
    return [
        resource for resource in _everyone()
        if (resource["resourceType"] not in ("Patient", "Provenance") and _subject(resource) in whose)
        or (resource["resourceType"], resource["id"]) == ("Patient", patient)
    ]  # fmt: skip


def _subject(resource: Resource) -> str:
    return str((resource.get("subject") or resource.get("patient") or {}).get("reference", ""))
