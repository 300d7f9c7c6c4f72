"""Assessment -> the JSON of ``smartapp derive --json``, whose names stay stable."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from smartapp.core.assessment import (
    Alert,
    Anchor,
    Assessment,
    BoneDensity,
    Constraint,
    Reason,
    Restriction,
    VitaminD,
)
from smartapp.core.chart import Chart, ImagingReport, Source
from smartapp.core.imaging import ReportFinding
from smartapp.core.plan.instead import FirstReferral, first_referral
from smartapp.core.proposal import Activity, ActivityKind, Proposal
from smartapp.core.review.answers import key_of_finding
from smartapp.core.treatment import Treatment
from smartapp.program_answer import course_answer, fitt_answer, program_json

GATES = ("prone", "resisted-upper-back", "high-impact")


def assessment_json(assessment: Assessment, proposal: Proposal | None = None) -> dict[str, Any]:
    """One assessment as plain JSON values; ``exercises`` come from the proposal and are empty without one."""
    return {
        **_conclusions(assessment),
        "exercises": [_exercise(activity) for activity in exercises_answer(proposal)],
        **_asked(assessment),
        "knowledgeVersion": assessment.knowledge_version,
        **_limits(assessment),
        **course_answer(proposal),
        **program_json(proposal),
        "findingsInReports": [
            _reading(report, found) for report in assessment.chart.reports for found in report.findings
        ],
        # beyond the stable names
        "patient": assessment.chart.patient.reference,
        "partial": list(assessment.chart.partial),
        "notUnderstood": [
            {"reference": each.reference, "what": each.what, "date": _day(each.day), "recent": each.recent}
            for each in assessment.not_understood
        ],
        "offers": _offers(assessment.chart),
        "siteChanges": list(assessment.site_changes),
    }


def _conclusions(assessment: Assessment) -> dict[str, Any]:
    return {
        "asOf": assessment.as_of.isoformat(),
        "disposition": assessment.disposition.value,
        "calendarPhase": assessment.calendar_phase and assessment.calendar_phase.value,
        "effectivePhase": assessment.effective_phase and assessment.effective_phase.value,
        "anchor": _anchor(assessment.anchor),
        "gates": gate_states(assessment),
        "restrictions": [_restriction(restriction) for restriction in assessment.restrictions],
        "alerts": [_alert(alert, assessment) for alert in assessment.alerts],
        "bmd": _bone_density(assessment.bone_density),
        "vitaminD": _vitamin_d(assessment.vitamin_d),
        "treatment": [_treatment(each) for each in assessment.treatment],
    }


def _asked(assessment: Assessment) -> dict[str, Any]:
    """What is missing, was not read, or comes before a plan."""
    return {
        "gaps": [{"concept": g.concept, "question": g.question, "effect": g.effect} for g in assessment.gaps],
        "unreadable": [{"reference": u.where, "reason": u.reason} for u in assessment.unreadable],
        "workUp": [
            {"alert": each.alert, "items": [{"name": item.name, "done": _day(item.done)} for item in each.items]}
            for each in assessment.work_up
        ],
        "referral": _referral(first_referral(assessment)),
    }


def _referral(referral: FirstReferral | None) -> dict[str, str] | None:
    """Who sees the patient where nothing is prescribed."""
    if referral is None:
        return None
    return {"to": referral.to, "urgency": referral.urgency.value, "text": referral.text}


def _limits(assessment: Assessment) -> dict[str, Any]:
    removed = assessment.removed.items() if assessment.disposition.prescribes else ()
    return {
        "constraints": [_constraint(constraint) for constraint in assessment.constraints],
        "removedExercises": [_removed(id_, by) for id_, by in removed],
        "track": assessment.track and assessment.track.value,
    }


def exercises_answer(proposal: Proposal | None) -> Iterator[Activity]:
    """What is to be done: exercises that are neither forbidden nor named only to be avoided."""
    activities = proposal.activities if proposal else ()
    return (a for a in activities if a.kind is ActivityKind.EXERCISE and not a.do_not_perform)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def references_of(sources: Iterable[Source]) -> list[str]:
    return list(dict.fromkeys(source.reference for source in sources))


def _anchor(anchor: Anchor | None) -> dict[str, Any] | None:
    if anchor is None:
        return None
    return {
        "date": anchor.day.isoformat(),
        "earliest": anchor.earliest.isoformat(),
        "precision": anchor.precision.value,
        "rule": anchor.rule,
        "source": anchor.source.reference,
    }


def _treatment(treatment: Treatment) -> dict[str, Any]:
    return {
        "drug": treatment.drug,
        "state": treatment.state.value,
        "since": _day(treatment.since),
        "last": _day(treatment.last),
        "due": _day(treatment.due),
        "sources": references_of(treatment.sources),
    }


def gate_states(assessment: Assessment) -> dict[str, str | None]:
    gates = assessment.gates
    states = (gates.prone.value, gates.upper_back.value, gates.impact.value) if gates else (None, None, None)
    return dict(zip(GATES, states, strict=True))


def _reason_words(reason: Reason) -> dict[str, Any]:
    return {"statements": list(reason.statements), "sources": references_of(reason.sources)}


def _restriction(restriction: Restriction) -> dict[str, Any]:
    return {
        "id": restriction.id,
        "state": restriction.state.value,
        "text": restriction.text,
        "until": _day(restriction.until),
        **_reason_words(restriction.reason),
    }


def _alert(alert: Alert, assessment: Assessment) -> dict[str, Any]:
    return {
        "code": alert.code,
        "severity": alert.severity.value,
        "group": assessment.group(alert).value,
        "text": alert.text,
        **_reason_words(alert.reason),
    }


def _constraint(constraint: Constraint) -> dict[str, Any]:
    return {
        "id": constraint.id,
        "title": constraint.title,
        "text": constraint.text,
        "removes": list(constraint.removes),
        "changes": list(constraint.changes),
        "question": constraint.question or None,
        "until": _day(constraint.until),
        **_reason_words(constraint.reason),
    }


def _removed(id_: str, by: tuple[Constraint, ...]) -> dict[str, Any]:
    because = sorted({constraint.id for constraint in by})
    return {"id": id_, "because": because, "text": " ".join(dict.fromkeys(constraint.text for constraint in by))}


def _bone_density(bone: BoneDensity | None) -> dict[str, Any] | None:
    if bone is None:
        return None
    return {
        "class": bone.cls,
        "value": _number(bone.value),
        "site": bone.site and bone.site.value,
        "date": _day(bone.on),
        "source": bone.source and bone.source.reference,
    }


def _vitamin_d(vitamin_d: VitaminD | None) -> dict[str, Any] | None:
    if vitamin_d is None:
        return None
    return {
        "class": vitamin_d.cls,
        "ngPerMl": _number(vitamin_d.ng_per_ml),
        "date": _day(vitamin_d.on),
        "source": vitamin_d.source.reference,
    }


def _exercise(activity: Activity) -> dict[str, Any]:
    return {
        "id": activity.id,
        "component": activity.component[0].value if activity.component else None,
        "dose": activity.dose,
        "status": activity.status,
        "block": activity.block and activity.block.value,
        "turn": activity.turn.value,
        "home": activity.home_set and activity.home_set.value,
        "homeNote": activity.home_note or None,
        "variant": list(activity.variant),
        "fitt": fitt_answer(activity.fitt) if activity.fitt else None,
    }


def _reading(report: ImagingReport, finding: ReportFinding) -> dict[str, Any]:
    return {
        "quote": finding.quote,
        "date": report.when and str(report.when),
        "concept": finding.concept,
        "accepted": finding.accepted,
        "source": report.source.reference,
        "key": key_of_finding(report, finding),
    }


def _offers(chart: Chart) -> list[dict[str, Any]]:
    return [
        {
            "quantity": offer.quantity.value,
            "value": _number(offer.value),
            "site": offer.site and offer.site.value,
            "date": offer.when and str(offer.when),
            "source": offer.source.reference,
            "quote": offer.quote,
        }
        for offer in chart.offers
    ]
