"""Everything the app writes, as files for a validator we did not write: folder -> how many resources of which type.

Every story of the sandbox: its plan as proposed, signed, kept as a draft and followed by a successor; and the note, the
message and the answers that carry a plan where nothing else may. Of every case file and every record of other people:
its plan as signed, or the referral that is proposed instead, where it holds an element, a set of elements or a code no
file before it holds (the others differ in words and numbers only; each costs the validator a second). The examples
beside our profiles. What each vendor's EHR holds after a journey (personalities).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fhir_profiles.generate.capability import PROFILES
from fhir_profiles.generate.metadata import canonical
from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal, SignedPlan
from smartapp.core.referral_moves import BY_ACTION, Action, Step
from smartapp.document import contents
from smartapp.fhir.build import build, proposal_bundle
from smartapp.fhir.build.document_bundle import document_bundle
from smartapp.fhir.build.fallback_document import MAKERS, FallbackDocument, carrier
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.fhir.build.therapist_report import progress_answers, with_answers
from smartapp.fhir.read import read_chart
from smartapp.fhir.referral_again import sent_again
from smartapp.fhir.referral_question import FORM as QUESTION_FORM
from smartapp.fhir.referral_question import answer_form, answered, ended, question_task
from smartapp.fhir.referral_task import moved, referral_of
from smartapp.fhir.returned_document import ReturnedWords, returned_document, with_document
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from tests.cases import assessed, cases
from tests.conftest import ROOT
from tests.ehr.deliver.samples import BASE, signed, with_results
from tests.fhir.test_referral_task import WAY, WHO
from tests.fhir.test_therapist_report import EVERYTHING, told
from tests.journey.records import TODAY, owner, stories, third_party
from tests.validator.personalities import stored

Resource = dict[str, Any]
APP = "https://loadpath.example"
FORM = f"{APP}/fhir/Questionnaire/rehabilitation-plan"
EXAMPLES = ROOT / "fhir_profiles" / "input" / "examples"


def write_outputs(folder: Path, work: Path) -> Counter[str]:
    """One file per Bundle or resource; the counter says how many resources of each type they hold.

    ``work``: an empty folder for the databases of the journeys.
    """
    written: Counter[str] = Counter()
    of_referrals = (*moved_tasks(), *questions(), *reported(), *sent_again_and_returned())
    claimed = (*examples(), *stored(work), *plans(), *of_referrals)
    promised = ((name, claiming(resource)) for name, resource in claimed)
    for name, resource in with_news((*promised, *referrals(), *documents())):
        (folder / f"{name}.json").write_text(json.dumps(resource, ensure_ascii=False), encoding="utf-8")
        written.update(each["resourceType"] for each in _inside(resource))
    return written


_LIKE_OTHERS = r"(?!story-).*-(signed|referral)$"


def with_news(files: Iterable[tuple[str, Resource]]) -> Iterator[tuple[str, Resource]]:
    """What others than case files and records make, and of these what holds something new."""
    seen: set[tuple[object, ...]] = set()
    for name, resource in files:
        held = {feature for each in _inside(resource) for feature in features(each, each["resourceType"])}
        if not re.match(_LIKE_OTHERS, name) or held - seen:
            yield name, resource
        seen |= held


def features(value: Any, path: str) -> Iterator[tuple[object, ...]]:
    """Which elements stand together, and which codes, at each place of a resource."""
    if isinstance(value, dict):
        yield path, frozenset(value)
        for key, inner in value.items():
            yield from features(inner, f"{path}.{key}")
    elif isinstance(value, list):
        yield path, len(value) > 1
        for inner in value:
            yield from features(inner, path)
    elif path.rpartition(".")[2] in ("code", "system", "url", "status", "intent", "priority", "type", "valueCode"):
        yield path, value


def claiming(resource: Resource) -> Resource:
    """The same with our profiles named beside US Core's: what we write does not name them, and keeps to them."""
    claimed = deepcopy(resource)
    for each in _inside(claimed):
        if profile := profile_of(each):
            meta = each.setdefault("meta", {})
            meta["profile"] = [*meta.get("profile", ()), profile]
    return claimed


def profile_of(resource: Resource) -> str:
    """Our profile of a resource; a Provenance tells of signing or of taking back, a Task may be due on a day."""
    activity = (resource.get("activity") or {}) if resource["resourceType"] == "Provenance" else {}
    taken_back = any(coding["code"] == "NULLIFY" for coding in activity.get("coding", ()))
    id_ = "retraction-provenance" if taken_back else PROFILES.get(resource["resourceType"], "")
    if resource["resourceType"] == "Task" and "restriction" in resource:
        id_ = "dated-task"
    if resource["resourceType"] == "Task" and "partOf" in resource:
        id_ = "question-task"
    if resource.get("questionnaire") == QUESTION_FORM:
        id_ = "question-answer"
    if resource["resourceType"] == "Observation" and not is_result(resource):
        id_ = ""
    return canonical("StructureDefinition", id_) if id_ else ""


def is_result(resource: Resource) -> bool:
    """Whether a plan wrote it; what a therapist writes of a session names its profile, a chart's own none of ours."""
    return bool(business_identifier(resource))


def _inside(resource: Resource) -> list[Resource]:
    return [entry["resource"] for entry in resource.get("entry", ())] or [resource]


@cache
def proposals() -> tuple[tuple[str, Proposal], ...]:
    return tuple((name, plan(a, load())) for name, a in (*stories_assessed(), *others_assessed()))


def plans() -> Iterator[tuple[str, Resource]]:
    for name, proposal in proposals():
        if not proposal.assessment.disposition.prescribes:
            continue
        if name.startswith("story-"):
            yield f"{name}-proposed", proposal_bundle(proposal, load())
            yield from _every_form(name, _whole(proposal))
        else:
            yield f"{name}-signed", _fact_free(build(_whole(proposal), load(), BASE, APP, encounter="Encounter/e1"))


def documents() -> Iterator[tuple[str, Resource]]:
    """The packet as a FHIR document: its records claim no profile, the patient in it is known by words only."""
    for name, proposal in proposals():
        if name.startswith("story-") and proposal.assessment.disposition.prescribes:
            whole, patient = _whole(proposal), proposal.assessment.chart.patient
            entries = build(whole, load(), BASE, APP, with_task=True)["entry"]
            yield (
                f"{name}-document",
                document_bundle(
                    contents(whole),
                    entries,
                    whole.signer,
                    patient,
                    whole.plan_id,
                    whole.active,
                    BASE,
                    EXAMPLE,
                    "1999999992",
                ),
            )


def moved_tasks() -> Iterator[tuple[str, Resource]]:
    """A referral after each step of its way, as the coordinator's pages write it."""
    task = json.loads((EXAMPLES / "Task-bergstrom-task.json").read_text(encoding="utf-8"))
    for step in (*WAY, Step(Action.CANCEL, "moved")):
        task = moved(task, step, BY_ACTION[step.action], WHO, EXAMPLE)
        yield f"referral-{len(task['note'])}-{step.action}", task


def questions() -> Iterator[tuple[str, Resource]]:
    """A coordinator's question, its answer, and both ends it may have."""
    referral = json.loads((EXAMPLES / "Task-bergstrom-task.json").read_text(encoding="utf-8"))
    step = Step(Action.ASK, text="Is a collar ordered?")
    asked = question_task(moved(referral, step, BY_ACTION[step.action], WHO, EXAMPLE), EXAMPLE)
    assert asked
    question = {**asked, "id": "question-1"}
    yield "question-asked", question
    yield "question-form", {**answer_form(question, "No collar.", WHO), "id": "answer-1"}
    yield "question-answered", answered(question, "No collar.", "QuestionnaireResponse/answer-1", WHO)
    yield "question-answered-in-words", answered(question, "No collar.", "", WHO)
    yield "question-ended", ended(question, "The referral was canceled.", WHO.at)


def reported() -> Iterator[tuple[str, Resource]]:
    """What a therapist told by link, as answers to its form, and the Task that names them."""
    answers = replace(told(EVERYTHING, "ServiceRequest/bergstrom-servicerequest"), patient="Patient/bergstrom")
    task = json.loads((EXAMPLES / "Task-bergstrom-task.json").read_text(encoding="utf-8"))
    yield "progress-answers", {**progress_answers(answers, EXAMPLE), "id": "progress-1"}
    yield "progress-task", with_answers(task, "QuestionnaireResponse/progress-1", EVERYTHING, EXAMPLE)


def sent_again_and_returned() -> Iterator[tuple[str, Resource]]:
    """The Task of a declined referral that is sent again, what comes back as a document, and the Task that names it."""
    task = json.loads((EXAMPLES / "Task-bergstrom-task.json").read_text(encoding="utf-8"))
    step = Step(Action.DECLINE, "no-capacity")
    declined = moved(task, step, BY_ACTION[step.action], WHO, EXAMPLE)
    again = sent_again(declined, referral_of(declined, EXAMPLE), "Spine Clinic West", WHO, EXAMPLE)
    assert again
    yield "referral-again", {**again, "id": "again-1"}
    who, order = {"display": "Jane Doe, PT, Lakeside Therapy"}, "ServiceRequest/bergstrom-servicerequest"
    words = ReturnedWords("plan.outcome-1", "Outcome", "Walks.", "Patient/bergstrom", order, who, WHO.at)
    yield "returned-document", {**returned_document(words, EXAMPLE), "id": "returned-1"}
    yield "returned-task", with_document(task, "DocumentReference/returned-1", "Outcome", EXAMPLE)


def referrals() -> Iterator[tuple[str, Resource]]:
    """What is proposed where nothing may be prescribed: a referral alone, never signed, and no plan by our profiles."""
    for name, proposal in proposals():
        bundle = _fact_free(proposal_bundle(proposal, load()))
        if not proposal.assessment.disposition.prescribes and "entry" in bundle:
            yield f"{name}-referral", bundle


def examples() -> Iterator[tuple[str, Resource]]:
    """The committed examples; that they are what the app makes is tested beside them."""
    for path in sorted(EXAMPLES.glob("*.json")):
        yield f"example-{path.stem}", json.loads(path.read_text(encoding="utf-8"))


def stories_assessed() -> Iterator[tuple[str, Assessment]]:
    for patient in sorted({owner(r) for r in stories()} - {""}):
        yield f"story-{patient}", _derived([r for r in stories() if owner(r) in ("", patient)], patient)


def others_assessed() -> Iterator[tuple[str, Assessment]]:
    for case in cases():
        yield case.id, assessed(case)
    for record in third_party():
        yield f"other-{record.name}", _derived(record.resources, record.patient)


def _fact_free(bundle: Resource) -> Resource:
    """Case files name their facts Fact/1, Fact/2; in a chart those are Conditions and the like."""
    text = json.dumps(bundle).replace('"Fact/', '"Condition/').replace('"type": "Fact"', '"type": "Condition"')
    made: Resource = json.loads(text)
    return made


def _derived(resources: Any, patient: str) -> Assessment:
    return derive(read_chart(resources, load(), patient), TODAY, load())


def _whole(proposal: Proposal) -> SignedPlan:
    day = proposal.assessment.as_of
    at = signed().signed_at.replace(year=day.year, month=day.month, day=day.day)
    return replace(signed(proposal=proposal), decisions=(), signed_at=at)


def _every_form(name: str, whole: SignedPlan) -> Iterator[tuple[str, Resource]]:
    first = build(whole, load(), BASE, APP, encounter="Encounter/e1", with_task=True)
    yield f"{name}-signed", first
    yield f"{name}-results", build(replace(whole, proposal=with_results(whole.proposal)), load(), BASE, APP)
    yield f"{name}-draft", build(replace(whole, active=False), load(), BASE, APP, with_task=True)
    previous = list(_stored(first))
    by_kind = {r["resourceType"]: f"{r['resourceType']}/{r['id']}" for r in previous}
    successor = replace(
        whole, plan_id="plan-0002", replaces=by_kind["CarePlan"], replaces_request=by_kind["ServiceRequest"]
    )
    yield f"{name}-successor", build(successor, load(), BASE, APP, previous=previous, with_task=True)
    yield from _carried(name, whole)


def _carried(name: str, whole: SignedPlan) -> Iterator[tuple[str, Resource]]:
    made = FallbackDocument(whole, contents(whole), "Encounter/e1", questionnaire=FORM, formats=("text",))
    for kind in MAKERS:
        yield f"{name}-{kind}", dict(carrier(kind, made))


def _stored(bundle: Mapping[str, Any]) -> Iterator[Resource]:
    """What the EHR holds after the first write: our own artifacts under ids of its own, which a successor ends."""
    places = {e["fullUrl"]: f"{e['resource']['resourceType']}/old-{n}" for n, e in enumerate(bundle["entry"])}
    text = json.dumps([{**e["resource"], "id": e["fullUrl"]} for e in bundle["entry"]])
    for address, reference in places.items():
        text = text.replace(f'"id": "{address}"', f'"id": "{reference.partition("/")[2]}"').replace(address, reference)
    for resource in json.loads(text):
        if resource["resourceType"] in ("CarePlan", "ServiceRequest", "Goal", "Task"):
            yield resource | {"meta": {**resource.get("meta", {}), "versionId": "1"}}
