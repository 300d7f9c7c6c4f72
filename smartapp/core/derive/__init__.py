"""Chart -> Assessment: the clinical rules in their order (rule book 2.1), one module per clinical topic.

facts (input filter) -> fracture (episodes) -> anchor, surgery (day 0) -> healing, phase, standing -> bone,
vitamin_d -> red_flags, mechanism -> gates -> restrictions -> disposition, uncertainty, gaps.
"""

from dataclasses import dataclass, replace
from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import (
    Alert,
    Assessment,
    Constraint,
    Disposition,
    Gates,
    Impact,
    Reason,
    Restriction,
    Severity,
    VitaminD,
)  # fmt: skip
from smartapp.core.chart import Chart
from smartapp.core.derive.all_dangers import note_dangers
from smartapp.core.derive.bone import Bone, bone_of
from smartapp.core.derive.bone_scans import better_density
from smartapp.core.derive.constraints import close_prone, constraints_of, nothing_left, track_of
from smartapp.core.derive.dangers import Hold, caps_of
from smartapp.core.derive.disposition import (
    alerts_for,
    disposition_of,
    note_eligibility,
    note_plans,
    note_population,
    without_bone,
)  # fmt: skip
from smartapp.core.derive.facts import Facts, Pain, canonical_chart, current_pain, sources_of
from smartapp.core.derive.fracture import Fractures, fractures_of
from smartapp.core.derive.fracture_status import (
    FractureStatus,
    FractureStatuses,
    fracture_statuses_of,
    note_dates,
    note_healing,
    note_levels,
)  # fmt: skip
from smartapp.core.derive.gates import GateFacts, closed_gates, gates_of
from smartapp.core.derive.governing import anchor_of, fracture_sources, governing_source
from smartapp.core.derive.mechanism import is_high_energy, note_clinical_osteoporosis
from smartapp.core.derive.notes import Note, Notes, Noting, Raised, alert, finding_of, recorded, rule_fired, unique
from smartapp.core.derive.readings import note_pain
from smartapp.core.derive.red_flags import note_reviews, note_stops, takes_glucocorticoids
from smartapp.core.derive.restrictions import RestrictionFacts, restrictions_of, without_plan
from smartapp.core.derive.surgery import note_procedures
from smartapp.core.derive.treatment import Found, is_treated, note_treatment_gap, treatment_of
from smartapp.core.derive.tumor import note_cancer
from smartapp.core.derive.uncertainty import (
    alternatives,
    deciding_reasons,
    note_medicines,
    note_missing,
    note_partial,
    phase_reason,
    settling_fact,
    what_would_change,
)  # fmt: skip
from smartapp.core.derive.vitamin_d import note_calcium, vitamin_d_of
from smartapp.core.derive.work_up import work_up_of
from smartapp.core.knowledge import Knowledge


@dataclass(frozen=True)
class _Found:
    """What the topics found, before anything is decided about prescribing."""

    fractures: Fractures
    pain: Pain | None
    standings: FractureStatuses | None
    bone: Bone
    vitamin_d: VitaminD | None
    gates: Gates | None
    treatment: Found
    holds: tuple[Hold, ...] = ()
    constraints: tuple[Constraint, ...] = ()

    @property
    def governing(self) -> FractureStatus | None:
        return self.standings.governing if self.standings else None


def derive(chart: Chart, today: date, knowledge: Knowledge) -> Assessment:
    """One assessment of one chart as of ``today``; pure, the same for any order of facts."""
    facts = Facts(canonical_chart(chart), today, knowledge)
    finding = finding_of(_with_constraints(facts), knowledge)
    found = finding.value
    disposition = disposition_of(found.fractures, facts, finding.alerts)
    if disposition.prescribes and nothing_left(found.constraints, knowledge):
        disposition = Disposition.CONFIRM_FIRST
    gates, restrictions = _limits(found, disposition, facts, finding.alerts)
    alerts = alerts_for(disposition, _worded(finding.alerts, is_treated(found.treatment), knowledge))
    concluded = finding_of(_conclusions(found, disposition, gates, restrictions), knowledge)
    assessment = Assessment(
        as_of=today,
        chart=facts.chart,
        disposition=disposition,
        anchor=anchor_of(found.governing) if disposition is not Disposition.NOT_APPLICABLE else None,
        gates=gates,
        restrictions=restrictions,
        alerts=alerts,
        work_up=work_up_of(alerts, facts),
        bone_density=found.bone.density,
        vitamin_d=found.vitamin_d,
        treatment=tuple(found.treatment.values()),
        gaps=finding.gaps,
        healing=found.governing.healing.status if found.governing else Assessment.healing,
        pain=found.pain.value if found.pain else None,
        levels=found.governing.episode.levels if found.governing else frozenset(),
        fracture=governing_source(found.governing, found.fractures),
        fractures=fracture_sources(found.fractures),
        unreadable=chart.unreadable,
        trace=(*finding.trace, *concluded.trace),
        knowledge_version=knowledge.version,
        site_changes=knowledge.site_changes,
        evidence_note=knowledge.evidence_note,
        constraints=found.constraints,
    )
    return _with_phase(assessment, found, facts)


def _with_phase(assessment: Assessment, found: _Found, facts: Facts) -> Assessment:
    """With the phase and what decided it; without a plan there is none, only what would settle the matter."""
    standings, work_up = found.standings, assessment.has(AlertCode.WORK_UP_FIRST)
    if standings is None or not assessment.disposition.prescribes:
        return replace(assessment, would_change=settling_fact(assessment.disposition, facts, work_up))
    return replace(
        assessment,
        calendar_phase=standings.calendar,
        effective_phase=standings.effective,
        deciding=deciding_reasons(standings, found.pain, facts),
        would_change=what_would_change(standings, facts),
        alternatives=alternatives(standings, facts),
        phase_reason=phase_reason(standings),
        track=track_of(found.constraints, facts.knowledge.constraints),
    )


def _with_constraints(facts: Facts) -> Noting[_Found]:
    """The topics, then what else about the patient limits the programme; it may shut the prone gate."""
    notes: list[Note] = []
    found = yield from recorded(_find(facts), notes)
    if not found.fractures.any_record:
        return found
    constraints = yield from constraints_of(found.standings, notes, facts)
    gates = found.gates and close_prone(found.gates, constraints, facts.knowledge.constraints)
    return replace(found, gates=gates, constraints=constraints)


def _find(facts: Facts) -> Noting[_Found]:
    """Run every topic once; each yields its alerts, gaps and trace."""
    fractures = fractures_of(facts)
    yield from note_eligibility(fractures, facts)
    yield from note_plans(facts)
    stops = (*note_stops(fractures, facts), *note_cancer(fractures, facts))
    yield from stops
    bone = yield from bone_of(fractures, facts)
    vitamin_d = yield from vitamin_d_of(facts)
    pain = current_pain(facts)
    holds = yield from note_dangers(fractures, bone, pain, facts)
    yield from note_partial(facts)
    yield from note_medicines(facts)
    if fractures.eligible or fractures.any_record:
        yield from note_population(facts)
    treatment, rebound = yield from treatment_of(fractures, facts)
    holds = (*holds, *rebound)
    if not fractures.eligible:
        return _Found(fractures, pain, None, bone, vitamin_d, None, treatment)
    standings = fracture_statuses_of(fractures, facts, pain.value if pain else None, caps_of(holds))
    yield from _note_course(fractures, standings, pain, facts)
    high_energy = yield from is_high_energy(fractures, facts)
    clinical = tuple(note_clinical_osteoporosis(fractures, bone.osteoporosis, high_energy, _cancer(stops), facts))
    yield from clinical
    fragile = bone.osteoporosis is not None or _raises(AlertCode.CLINICAL_OSTEOPOROSIS, clinical)
    yield from note_treatment_gap(treatment, fragile and not high_energy, fractures, facts)
    yield from note_missing(standings, pain, facts)
    gates = gates_of(GateFacts(standings, pain, better_density(bone.density, fractures, facts), holds), facts)
    if gates.impact is Impact.CLINICIAN_DECISION:
        reason = dict(gates.reasons)["high-impact"]
        yield alert(AlertCode.IMPACT_DECISION, reason.text, reason.sources)
    return _Found(fractures, pain, standings, bone, vitamin_d, gates, treatment, holds)


def _note_course(fractures: Fractures, standings: FractureStatuses, pain: Pain | None, facts: Facts) -> Notes:
    """Of fractures these rules are written for: levels, dates, healing, surgery, pain, and what needs a look."""
    yield from note_levels(fractures)
    yield from note_dates(standings, facts)
    yield from note_healing(standings, facts)
    yield from note_procedures(fractures.episodes, facts)
    yield from note_pain(pain, facts)
    yield from note_reviews(fractures, facts)
    yield from note_calcium(facts)


def _cancer(stops: tuple[Note, ...]) -> bool:
    return any(_raises(code, stops) for code in (AlertCode.ACTIVE_CANCER, AlertCode.PATHOLOGICAL_FRACTURE))


def _raises(code: AlertCode, notes: tuple[Note, ...]) -> bool:
    return any(isinstance(note, Raised) and note.code is code for note in notes)


def _worded(alerts: tuple[Alert, ...], treated: bool, knowledge: Knowledge) -> tuple[Alert, ...]:
    """While a bone drug is on record nobody is asked to evaluate for one."""
    if not treated:
        return alerts
    instead = {code: words.treated for code, words in knowledge.alerts.items() if words.treated}
    return tuple(replace(a, action=instead[code]) if (code := AlertCode(a.code)) in instead else a for a in alerts)


def _limits(
    found: _Found, disposition: Disposition, facts: Facts, alerts: tuple[Alert, ...]
) -> tuple[Gates | None, tuple[Restriction, ...]]:
    """Gates and restrictions: derived with a plan, all closed and strict before one, none where not applicable."""
    if disposition is Disposition.NOT_APPLICABLE:
        return None, ()
    if not disposition.prescribes or found.standings is None or found.gates is None:
        reason = _why_closed(found, disposition, facts, alerts)
        return closed_gates(reason), without_plan(reason, facts)
    seen = RestrictionFacts(found.standings, found.gates, _high_risk(found, facts), found.holds)
    return found.gates, restrictions_of(seen, facts)


def _conclusions(
    found: _Found, disposition: Disposition, gates: Gates | None, restrictions: tuple[Restriction, ...]
) -> Notes:
    """The conclusions close the trace: measurements read, phases, gates, restrictions, disposition."""
    for read in (found.bone.density, found.vitamin_d):
        if read is not None:
            yield rule_fired(read.reason.rule, read.reason.text, read.reason.statements, read.reason.sources)
    if found.standings is not None and disposition.prescribes:
        for cap in found.standings.strictest.result.caps:
            yield rule_fired(cap.rule, cap.text, ("S42",), found.standings.strictest.healing.reason.sources)
        phases = f"Calendar {found.standings.calendar}, phase {found.standings.effective}."
        yield rule_fired("phase", phases, ("S26", "S27", "S28", "S42"), fracture_sources(found.fractures))
    if gates is not None:
        for state, (name, reason) in zip((gates.prone, gates.upper_back, gates.impact), gates.reasons, strict=True):
            yield rule_fired(f"gate.{name}", f"{state}: {reason.text}", reason.statements, reason.sources)
    for restriction in restrictions:
        reason = restriction.reason
        yield rule_fired(reason.rule, f"{restriction.state}: {reason.text}", reason.statements, reason.sources)
    yield rule_fired("disposition", f"{disposition}.", ("S43",))


def _high_risk(found: _Found, facts: Facts) -> tuple[str, ...]:
    """What keeps flexion and twisting strict for 12 months (2.5, 2.2)."""
    reasons = {
        "osteoporosis": found.bone.osteoporosis is not None,
        "more than one vertebral fracture": found.standings is not None and found.standings.multiple,
        "glucocorticoids": takes_glucocorticoids(facts),
    }
    return tuple(words for words, holds in reasons.items() if holds)


def _why_closed(found: _Found, disposition: Disposition, facts: Facts, alerts: tuple[Alert, ...]) -> Reason:
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
