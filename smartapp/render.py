"""Assessment -> the JSON of ``smartapp derive --json``, whose names stay stable, and the words of ``explain``."""

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
    Trace,
    VitaminD,
)
from smartapp.core.chart import Chart, Source
from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Activity, ActivityKind, Proposal
from smartapp.core.treatment import Treatment

GATES = ("prone", "resisted-upper-back", "high-impact")


def assessment_json(assessment: Assessment, proposal: Proposal | None = None) -> dict[str, Any]:
    """One assessment as plain JSON values; ``exercises`` come from the proposal and are empty without one."""
    proposed = assessment.disposition.prescribes
    return {
        "asOf": assessment.as_of.isoformat(),
        "disposition": assessment.disposition.value,
        "calendarPhase": assessment.calendar_phase and assessment.calendar_phase.value,
        "effectivePhase": assessment.effective_phase and assessment.effective_phase.value,
        "anchor": _anchor(assessment.anchor),
        "gates": _gates(assessment),
        "restrictions": [_restriction(restriction) for restriction in assessment.restrictions],
        "alerts": [_alert(alert) for alert in assessment.alerts],
        "bmd": _bone_density(assessment.bone_density),
        "vitaminD": _vitamin_d(assessment.vitamin_d),
        "treatment": [_treatment(each) for each in assessment.treatment],
        "exercises": [_exercise(activity) for activity in exercises_answer(proposal)],
        "gaps": [{"concept": g.concept, "question": g.question, "effect": g.effect} for g in assessment.gaps],
        "unreadable": [{"reference": u.where, "reason": u.reason} for u in assessment.unreadable],
        "workUp": [
            {"alert": each.alert, "items": [{"name": item.name, "done": _day(item.done)} for item in each.items]}
            for each in assessment.work_up
        ],
        "knowledgeVersion": assessment.knowledge_version,
        "constraints": [_constraint(constraint) for constraint in assessment.constraints],
        "removedExercises": [_removed(id_, by) for id_, by in assessment.removed.items()] if proposed else [],
        "track": assessment.track and assessment.track.value,
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


def exercises_answer(proposal: Proposal | None) -> Iterator[Activity]:
    """What is to be done: exercises that are neither forbidden nor named only to be avoided."""
    activities = proposal.activities if proposal else ()
    return (a for a in activities if a.kind is ActivityKind.EXERCISE and not a.do_not_perform)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _references(sources: Iterable[Source]) -> list[str]:
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
        "sources": _references(treatment.sources),
    }


def _gates(assessment: Assessment) -> dict[str, str | None]:
    gates = assessment.gates
    states = (gates.prone.value, gates.upper_back.value, gates.impact.value) if gates else (None, None, None)
    return dict(zip(GATES, states, strict=True))


def _reason_words(reason: Reason) -> dict[str, Any]:
    return {"statements": list(reason.statements), "sources": _references(reason.sources)}


def _restriction(restriction: Restriction) -> dict[str, Any]:
    return {
        "id": restriction.id,
        "state": restriction.state.value,
        "text": restriction.text,
        "until": _day(restriction.until),
        **_reason_words(restriction.reason),
    }


def _alert(alert: Alert) -> dict[str, Any]:
    return {"code": alert.code, "severity": alert.severity.value, "text": alert.text, **_reason_words(alert.reason)}


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


def summary(assessment: Assessment, proposal: Proposal | None = None) -> str:
    """A few lines for a person at a terminal: ``smartapp derive`` without ``--json``."""
    lines = [f"As of {assessment.as_of}: {assessment.disposition.value}"]
    lines += [words] if (words := assessment.chart.names_another) else []
    if assessment.calendar_phase and assessment.effective_phase:
        lines.append(f"Phase: {assessment.effective_phase.value} (by calendar {assessment.calendar_phase.value})")
    if assessment.anchor:
        lines.append(f"Counted from {assessment.anchor.day} ({assessment.anchor.rule})")
    lines += [f"{name}: {state}" for name, state in _gates(assessment).items() if state]
    lines += [f"{r.id} {r.state.value}: {r.text}" for r in assessment.restrictions]
    lines += [f"{a.severity.value.upper()} {a.code}: {a.text}" for a in assessment.alerts]
    lines += [f"Missing: {g.question} {g.effect}" for g in assessment.gaps]
    lines += [f"{'Not understood' if u.topic else 'Not read'}: {u.where}: {u.reason}" for u in assessment.unreadable]
    chosen = [a.id for a in exercises_answer(proposal)]
    return "\n".join([*lines, *([f"Exercises: {' '.join(chosen)}"] if chosen else [])])


def explanation(assessment: Assessment, knowledge: Knowledge | None = None) -> str:
    """The reasoning as a readable trace: every rule that fired or nearly fired, with facts, statements and sources.

    With ``knowledge`` the statements named are spelled out at the end, with who says so.
    """
    head = [
        summary(assessment),
        "",
        f"Knowledge {assessment.knowledge_version}",
        *(f"Changed by the site: {change}" for change in assessment.site_changes),
        "",
        "What decided the phase:",
        *(f"  {reason.text}{_citations(reason.statements, reason.sources)}" for reason in assessment.deciding),
        f"What would change it: {assessment.would_change or 'nothing that is missing'}",
        *(f"If {a.fact}: {a.changes}" for a in assessment.alternatives),
    ]
    fired = [_trace_words(line) for line in assessment.trace if line.fired]
    nearly = [_trace_words(line) for line in assessment.trace if not line.fired]
    return "\n".join(
        [
            *[*head, "", "Rules that fired:", *fired, "", "Rules that nearly fired:", *nearly],
            *["", "Facts named:", *_facts(assessment)],
            *(["", "Statements named:", *_statements(assessment, knowledge)] if knowledge else []),
        ]
    )


def _facts(assessment: Assessment) -> Iterator[str]:
    """Each chart fact the reasoning names, in the chart's words."""
    named = {source.reference: source for line in assessment.trace for source in line.sources}
    for reference in sorted(named):
        source = named[reference]
        yield f"  {reference}: {', '.join(filter(None, (source.display, source.date, source.note)))}"


def _statements(assessment: Assessment, knowledge: Knowledge) -> Iterator[str]:
    """Each statement the reasoning names, in our words, with its citation numbers as printed."""
    named = {id_ for line in assessment.trace for id_ in line.statements}
    for id_ in sorted(named):
        statement = knowledge.statements[id_]
        cites = "".join(f"[{cite}]" for cite in statement.cites)
        lapsed = f" (changed since signed by {statement.origin.lapsed})" if statement.origin.lapsed else ""
        origin = f"{statement.origin.label}, {statement.origin.review}{lapsed}"
        yield f"  {id_}: {statement.text} ({' '.join(filter(None, (cites, origin)))})"


def _trace_words(line: Trace) -> str:
    return f"  {line.rule}: {line.text}{_citations(line.statements, line.sources)}"


def _citations(statements: Iterable[str], sources: Iterable[Source]) -> str:
    named = [", ".join(statements), ", ".join(_references(sources))]
    said = "; ".join(filter(None, named))
    return f" [{said}]" if said else ""
