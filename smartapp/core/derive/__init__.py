"""Chart -> Assessment: the clinical rules in their order (rule book 2.1), one module per clinical topic.

topics runs each once: facts (input filter) -> fracture (episodes) -> anchor, surgery (day 0) -> healing, phase,
standing -> bone, vitamin_d -> red_flags, mechanism -> gates -> constraints. Then disposition, restrictions, doubts.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Assessment, Gates, Reason, Restriction, Trace
from smartapp.core.chart import Chart
from smartapp.core.derive.canonical import canonical_chart
from smartapp.core.derive.constraints import nothing_left, track_of
from smartapp.core.derive.disposition import (
    alerts_for,
    disposition_of,
    without_bone,
)  # fmt: skip
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.gates import closed_gates
from smartapp.core.derive.governing import anchor_of, fracture_sources, governing_source
from smartapp.core.derive.limited_words import under_limits, without_invitations
from smartapp.core.derive.mechanism import low_force
from smartapp.core.derive.notes import Finding, rule_fired, unique, without_repeats
from smartapp.core.derive.red_flags import takes_glucocorticoids
from smartapp.core.derive.report_findings import with_report_facts
from smartapp.core.derive.restrictions import RestrictionFacts, restrictions_of, without_plan
from smartapp.core.derive.stated import with_stated
from smartapp.core.derive.topics import Findings, findings_of
from smartapp.core.derive.treatment import is_treated
from smartapp.core.derive.uncertainty import (
    alternatives,
    deciding_reasons,
    phase_reason,
    settling_fact,
    what_would_change,
)  # fmt: skip
from smartapp.core.derive.unrecognised import records_not_understood
from smartapp.core.derive.work_up import work_up_of
from smartapp.core.knowledge import Knowledge
from smartapp.core.states import Disposition, Severity


def derive(chart: Chart, today: date, knowledge: Knowledge) -> Assessment:
    """One assessment of one chart as of ``today``; pure, the same for any order of facts."""
    facts = with_stated(with_report_facts(Facts(canonical_chart(chart), today, knowledge)))
    finding = findings_of(facts)
    found = finding.value
    disposition = disposition_of(found.fractures, facts, finding.alerts)
    if disposition.prescribes and nothing_left(found.constraints, knowledge):
        disposition = Disposition.CONFIRM_FIRST
    gates, restrictions = _limits(found, disposition, facts, finding.alerts)
    concluded = without_repeats(_conclusions(found, disposition, gates, restrictions))
    alerts = alerts_for(disposition, _worded(finding.alerts, is_treated(found.treatment), knowledge))
    shown = Finding(found, alerts, finding.gaps, (*finding.trace, *concluded))
    return _assessment(shown, disposition, gates, restrictions, facts)


def _assessment(
    finding: Finding[Findings],
    disposition: Disposition,
    gates: Gates | None,
    restrictions: tuple[Restriction, ...],
    facts: Facts,
) -> Assessment:
    """What was found and concluded, with a phase where there is a plan."""
    found, chart, knowledge = finding.value, facts.chart, facts.knowledge
    governing, planned = found.governing, found.standings if disposition.prescribes else None
    work_up = any(each.code == AlertCode.WORK_UP_FIRST for each in finding.alerts)
    return Assessment(
        as_of=facts.today,
        chart=chart,
        disposition=disposition,
        anchor=anchor_of(governing) if disposition is not Disposition.NOT_APPLICABLE else None,
        gates=gates,
        restrictions=restrictions,
        alerts=finding.alerts,
        gaps=finding.gaps,
        bone_density=found.bone.density,
        vitamin_d=found.vitamin_d,
        healing=governing.healing.status if governing else Assessment.healing,
        pain=found.pain.value if found.pain else None,
        levels=governing.episode.levels if governing else frozenset(),
        broken_on=governing.episode.start.earliest if governing and governing.episode.start else None,
        fracture=governing_source(governing, found.fractures),
        fractures=fracture_sources(found.fractures),
        constraints=found.constraints,
        calendar_phase=planned.calendar if planned else None,
        effective_phase=planned.effective if planned else None,
        deciding=deciding_reasons(planned, found.pain, facts) if planned else (),
        would_change=what_would_change(planned, facts) if planned else settling_fact(disposition, facts, work_up),
        alternatives=alternatives(planned, facts) if planned else (),
        phase_reason=phase_reason(planned) if planned else None,
        track=track_of(found.constraints, knowledge.constraints) if planned else None,
        work_up=work_up_of(finding.alerts, facts),
        treatment=tuple(found.treatment.values()),
        unreadable=chart.unreadable,
        not_understood=records_not_understood(facts),
        trace=finding.trace,
        knowledge_version=knowledge.version,
        site_changes=knowledge.site_changes,
        evidence_note=knowledge.evidence_note,
    )


def _worded(alerts: tuple[Alert, ...], treated: bool, knowledge: Knowledge) -> tuple[Alert, ...]:
    """While a bone drug is on record nobody is asked to evaluate for one."""
    if not treated:
        return alerts
    instead = {code: words.treated for code, words in knowledge.alerts.items() if words.treated}
    return tuple(replace(a, action=instead[code]) if (code := AlertCode(a.code)) in instead else a for a in alerts)


def _limits(
    found: Findings, disposition: Disposition, facts: Facts, alerts: tuple[Alert, ...]
) -> tuple[Gates | None, tuple[Restriction, ...]]:
    """Gates and restrictions: derived with a plan, all closed and strict before one, none where not applicable."""
    if disposition is Disposition.NOT_APPLICABLE:
        return None, ()
    limits = found.constraints, track_of(found.constraints, facts.knowledge.constraints), facts.knowledge
    if not disposition.prescribes or found.standings is None or found.gates is None:
        reason = _why_closed(found, disposition, facts, alerts)
        return closed_gates(reason), without_invitations(under_limits(without_plan(reason, facts), *limits))
    seen = RestrictionFacts(found.standings, found.gates, _high_risk(found, facts, alerts), found.holds)
    return found.gates, under_limits(restrictions_of(seen, facts), *limits, found.standings.effective)


def _conclusions(
    found: Findings, disposition: Disposition, gates: Gates | None, restrictions: tuple[Restriction, ...]
) -> Iterator[Trace]:
    """The conclusions close the trace: measurements read, phases, gates, restrictions, disposition."""
    for read in (found.bone.density, found.vitamin_d):
        if read is not None:
            yield rule_fired(read.reason.rule, read.reason.text, read.reason.statements, read.reason.sources)
    if found.standings is not None and disposition.prescribes:
        for cap in found.standings.strictest.result.caps:
            yield rule_fired(cap.rule, cap.text, ("S42",), found.standings.strictest.healing.reason.sources)
        phases = f"By time since fracture {found.standings.calendar}, phase {found.standings.effective}."
        yield rule_fired("phase", phases, ("S26", "S27", "S28", "S42"), fracture_sources(found.fractures))
    if gates is not None:
        for state, (name, reason) in zip((gates.prone, gates.upper_back, gates.impact), gates.reasons, strict=True):
            yield rule_fired(f"gate.{name}", f"{state}: {reason.text}", reason.statements, reason.sources)
    for restriction in restrictions:
        reason = restriction.reason
        yield rule_fired(reason.rule, f"{restriction.state}: {reason.text}", reason.statements, reason.sources)
    yield rule_fired("disposition", f"{disposition}.", ("S43",))


def _high_risk(found: Findings, facts: Facts, alerts: tuple[Alert, ...]) -> tuple[str, ...]:
    """What keeps flexion and twisting strict for 12 months (2.5, 2.2; rule book 2a, CO12)."""
    fragile = any(each.code == AlertCode.CLINICAL_OSTEOPOROSIS for each in alerts)
    reasons = {
        "broken by low trauma": fragile and bool(low_force(found.fractures, facts)),
        "osteoporosis": found.bone.osteoporosis is not None,
        "more than one vertebral fracture": found.standings is not None and found.standings.multiple,
        "glucocorticoids": takes_glucocorticoids(facts),
    }
    return tuple(words for words, holds in reasons.items() if holds)


def _why_closed(found: Findings, disposition: Disposition, facts: Facts, alerts: tuple[Alert, ...]) -> Reason:
    if facts.chart.left_out:
        text = f"{facts.chart.names_another} Nothing is prescribed, the strictest limits hold."
        return Reason(text, ("S04",), (facts.patient_source,), "disposition.confirm-first")
    work_up = [each for each in alerts if each.code == AlertCode.WORK_UP_FIRST]
    if disposition is Disposition.CONFIRM_FIRST and work_up:
        text = "The cause or the stability of the fracture is not known: the named work-up comes first."
        return Reason(text, ("S04", "S43"), work_up[0].reason.sources, "disposition.work-up-first")
    unnamed = without_bone(facts)
    if disposition is Disposition.CONFIRM_FIRST and unnamed and not found.fractures.suspected:
        text = "Which bone is broken is not recorded: nothing is prescribed, the strictest limits hold."
        return Reason(text, ("S04",), sources_of(unnamed), "disposition.confirm-first")
    if disposition is Disposition.CONFIRM_FIRST and nothing_left(found.constraints, facts.knowledge):
        held = unique(source for constraint in found.constraints for source in constraint.reason.sources)
        text = "A limit leaves no exercise: nothing is prescribed until it is answered, the strictest limits hold."
        return Reason(text, ("S43",), held, "disposition.confirm-first")
    if disposition is Disposition.CONFIRM_FIRST:
        text = "The fracture is not confirmed: nothing is prescribed, the strictest limits hold."
        return Reason(text, ("S04",), sources_of(found.fractures.suspected), "disposition.confirm-first")
    stops = [each for each in alerts if each.severity is Severity.STOP and each.urgency]
    text = "A hard stop is on record: nothing is prescribed, the strictest limits hold."
    evidence = unique(source for each in stops for source in each.reason.sources)
    return Reason(text, ("S04", "S43"), evidence or (facts.patient_source,), "disposition.refer")
