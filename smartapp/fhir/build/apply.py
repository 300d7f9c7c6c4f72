"""Proposal -> what ``$apply`` of the guideline answers for this patient: a RequestGroup of proposals and its reasoning.

Contained are the CarePlan, its Goals and the order as they would be written, unsigned; each alert as a DetectedIssue;
each question as a CommunicationRequest. The notes are the rules that fired, in their order. Source: PlanDefinition
$apply, FHIR R4 clinical reasoning; rqg-1: every action has its resource.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from smartapp.core.assessment import Alert, Assessment, Gap
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal
from smartapp.core.states import Severity
from smartapp.fhir.build.bundle import unsigned_bundle
from smartapp.fhir.build.codings import ALERT, CANONICAL, alert_display
from smartapp.fhir.build.context import App, unsigned_context
from smartapp.fhir.build.elements import (
    Element,
    annotation,
    chart_references,
    concept,
    fhir_string,
    fractures,
    narrative,
    without_absent,
)
from smartapp.fhir.build.identifiers import RULESET
from smartapp.fhir.check import check_resource

DISPOSITION = f"{CANONICAL}/CodeSystem/disposition"
_SEVERITY = {Severity.STOP: "high", Severity.REVIEW: "moderate", Severity.INFO: "low"}
_TITLES = {"CarePlan": "The plan, unsigned", "ServiceRequest": "The order for physical therapy, unsigned"}


def apply_answer(proposal: Proposal, knowledge: Knowledge, app: App) -> Element:
    """Raises ``ReviewError`` where it breaks a rule of FHIR or a guard of the output."""
    context, now = unsigned_context(proposal, knowledge, app), proposal.assessment
    made = _contained(proposal, knowledge, app)
    issues = [_issue(alert, context.subject, now, knowledge) for alert in now.alerts]
    questions = [_question(gap, number, context.subject) for number, gap in enumerate(now.gaps, 1)]
    disposition = now.disposition.value
    answer = without_absent(
        resourceType="RequestGroup",
        id=context.plan_id[:64],
        text=narrative(_told(now)),
        contained=[*made, *issues, *questions],
        instantiatesUri=[f"{RULESET}/{knowledge.version}"],
        status="draft",
        intent="proposal",
        code=concept([{"system": DISPOSITION, "code": disposition, "display": disposition_display(disposition)}]),
        subject=context.subject,
        authoredOn=now.as_of.isoformat(),
        reasonReference=fractures(now),
        note=[told for line in now.trace if line.fired and (told := annotation(f"{line.rule}: {line.text}"))],
        action=[_action(each) for each in (*issues, *questions, *made) if each["resourceType"] != "Goal"],
    )
    check_resource(answer)
    return answer


def _contained(proposal: Proposal, knowledge: Knowledge, app: App) -> list[Element]:
    """What would be written, each under an id of its own and the others named by theirs."""
    entries = unsigned_bundle(proposal, knowledge, app).get("entry", [])
    ids = {entry["fullUrl"]: f"{entry['resource']['resourceType']}-{place}" for place, entry in enumerate(entries, 1)}
    return [{**_with_local(entry["resource"], ids), "id": ids[entry["fullUrl"]]} for entry in entries]


def _with_local(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        found = ids.get(str(value.get("reference", "")))
        local = {"reference": f"#{found}"} if found else {}
        return {name: _with_local(inner, ids) for name, inner in value.items()} | local
    return [_with_local(inner, ids) for inner in value] if isinstance(value, list) else value


def _issue(alert: Alert, subject: Element, now: Assessment, knowledge: Knowledge) -> Element:
    return without_absent(
        resourceType="DetectedIssue",
        id=f"alert-{alert.code}",
        status="preliminary",
        code=concept([{"system": ALERT, "code": alert.code, "display": alert_display(alert.code, knowledge)}]),
        severity=_SEVERITY[alert.severity],
        patient=subject,
        identifiedDateTime=now.as_of.isoformat(),
        evidence=[{"detail": found}] if (found := chart_references(alert.reason.sources)) else [],
        detail=fhir_string(f"{alert.text} {alert.action}"),
    )


def _question(gap: Gap, number: int, subject: Element) -> Element:
    return without_absent(
        resourceType="CommunicationRequest",
        id=f"question-{number}",
        status="draft",
        category=[{"text": gap.concept}],
        subject=subject,
        payload=[{"contentString": fhir_string(gap.question)}],
        reasonCode=[{"text": fhir_string(gap.effect)}],
    )


def _action(resource: Mapping[str, Any]) -> Element:
    kind, title = resource["resourceType"], ""
    if kind == "DetectedIssue":
        title = resource["code"]["coding"][0]["display"]
    elif kind == "CommunicationRequest":
        title = resource["payload"][0]["contentString"]
    return {"title": title or _TITLES[kind], "resource": {"reference": f"#{resource['id']}"}}


def _told(now: Assessment) -> Iterator[tuple[str, list[str]]]:
    phase = f"Phase {now.effective_phase}, {now.calendar_phase} by time." if now.effective_phase else "No phase."
    yield disposition_display(now.disposition), [phase, *(reason.text for reason in now.deciding)]
    yield "Alerts", [f"{alert.text} {alert.action}" for alert in now.alerts]
    yield "Missing", [gap.question for gap in now.gaps]


def disposition_display(disposition: str) -> str:
    return disposition.replace("-", " ").capitalize()
