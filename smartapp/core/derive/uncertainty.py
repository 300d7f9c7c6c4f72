"""Uncertainty shown, not rounded away: what decided the phase, what would change it, the other readings, and facts that
are missing (missing is a gap, never a default): what to ask, and what changes with the answer.
"""

from datetime import date

from smartapp.core.assessment import Alternative, Reason
from smartapp.core.concepts import Topic
from smartapp.core.dates import Precision, add_months
from smartapp.core.derive.facts import Facts, Pain
from smartapp.core.derive.fracture_status import FractureStatus, FractureStatuses, with_changes
from smartapp.core.derive.healing import WORDS
from smartapp.core.derive.notes import Notes, gap
from smartapp.core.derive.phase import months_until, phase_begins
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Disposition, Healing, Phase
from smartapp.core.thresholds import ThresholdName

_MOST_NAMED = 5  # records named in one question; ours


def deciding_reasons(standings: FractureStatuses, pain: Pain | None, facts: Facts) -> tuple[Reason, Reason, Reason]:
    """The three facts that decided the phase: day 0, healing, and what holds it or would hold it (pain, surgery)."""
    standing = standings.strictest
    return (_day_reason(standing, facts), standing.healing.reason, _third(standing, pain, facts))


def _day_reason(standing: FractureStatus, facts: Facts) -> Reason:
    anchor = standing.anchor
    if anchor is None:
        records = tuple(r.source for r in standing.episode.records)
        return Reason("The fracture has no date (missing: onset).", ("S26",), records, "anchor.unknown")
    days = (facts.today - anchor.day).days
    text = f"{anchor.text} {days} days ago: {standing.result.calendar} phase by time alone."
    return Reason(text, ("S26", "S27", "S28"), (anchor.source,), f"anchor.{anchor.rule}")


def _third(standing: FractureStatus, pain: Pain | None, facts: Facts) -> Reason:
    if standing.awaits:
        long = facts.knowledge.span(ThresholdName.SURGERY_PRONE_FROM)
        day = standing.awaits.day
        text = f"Surgery on {day}: the surgeon's clearance is not on file, or it is less than {long} since."
        return Reason(text, ("S06", "S42"), (standing.awaits.source,), "cap.surgery")
    if pain is None:
        found = tuple(r.source for r in standing.episode.records)
        text = (
            f"No pain score in {facts.knowledge.span(ThresholdName.PAIN_RECENT_WITHIN)}; it does not limit the phase."
        )
        return Reason(text, ("S07", "S42"), found, "pain.unknown")
    return Reason(f"Pain {pain.value} of 10 on {pain.on}.", ("S07", "S42"), (pain.source,), "pain.current")


def phase_reason(standings: FractureStatuses) -> Reason | None:
    """Why the effective phase is below the calendar; None where they agree."""
    if standings.effective is standings.calendar:
        return None
    standing = standings.strictest
    sources = standing.healing.reason.sources
    cap = standing.result.binding
    if cap is None:
        text = f"Another fracture {standing.where} holds the phase."
        found = tuple(r.source for r in standing.episode.records)
        return Reason(text, ("S42",), found, "cap.other-fracture")
    if cap.sources:
        sources = cap.sources
    elif standing.awaits and cap.rule == "cap.surgery":
        sources = (standing.awaits.source,)
    text = f"{cap.text} By time since fracture it would be {standings.calendar}."
    return Reason(text, ("S42",), sources, cap.rule)


def what_would_change(standings: FractureStatuses, facts: Facts) -> str:
    """The single fact that would change the phase."""
    standing = standings.strictest
    cap = standing.result.binding or next(iter(standing.result.caps), None)
    if standing.anchor is None:
        return "The day of the fracture."
    if standing.result.binding and cap:
        return f"{cap.lifted_by[0].upper()}{cap.lifted_by[1:]} would raise the phase."
    following = next_phase(standings.effective)
    if following is None:
        return "A new fracture, severe pain or signs of delayed healing would lower the phase."
    begins = phase_begins(standing.anchor.day, following, facts.knowledge)
    if cap and cap.phase.rank < following.rank:
        return f"From {begins} the {following} phase is possible by time since fracture; it also needs {cap.lifted_by}."
    return f"Time: from {begins} the phase is {following}."


def settling_fact(disposition: Disposition, facts: Facts, work_up: bool) -> str:
    """The fact that would make a plan possible where there is none; ``work_up``: the cause is not safe."""
    if work_up and disposition is Disposition.CONFIRM_FIRST:
        return "The named work-up."
    if facts.chart.left_out and disposition is Disposition.CONFIRM_FIRST:
        return "Records that name this patient."
    return {
        Disposition.CONFIRM_FIRST: "Confirmation of the fracture by imaging.",
        Disposition.REFER_NO_PRESCRIPTION: "The referral's outcome: the reason to stop treated or excluded.",
    }.get(disposition, "A confirmed lumbar fracture on record.")


def next_phase(phase: Phase) -> Phase | None:
    later = [p for p in Phase if p.rank == phase.rank + 1]
    return later[0] if later else None


def alternatives(standings: FractureStatuses, facts: Facts) -> tuple[Alternative, ...]:
    """The phase under the other reading of each uncertain fact of the fracture that holds the phase."""
    standing = standings.strictest
    found = [*_other_date(standing, facts), *_other_healing(standing, facts)]
    return tuple(a for a in found if a is not None)


def _other_date(standing: FractureStatus, facts: Facts) -> list[Alternative]:
    anchor = standing.anchor
    if anchor is None:
        return [_undated(standing)]
    if anchor.precision is not Precision.DAY and anchor.earliest != anchor.day:
        return [_if_day(standing, anchor.earliest, f"if it happened on {anchor.earliest}", facts)]
    if anchor.rule in ("recorded", "encounter"):
        following = next_phase(standing.result.calendar)
        return [_if_earlier(standing, following, facts)] if following else []
    return []


def _undated(standing: FractureStatus) -> Alternative:
    changes = "With a date the days could be counted; healing still decides."
    return Alternative("day of the fracture", None, standing.result.effective, changes)


def _if_day(standing: FractureStatus, day: date, condition: str, facts: Facts) -> Alternative:
    result = with_changes(standing, facts, day=day)
    same = result.calendar is standing.result.calendar and result.effective is standing.result.effective
    changes = "Nothing changes." if same else f"By time since fracture {result.calendar}, phase {result.effective}."
    return Alternative(f"day of the fracture: {condition}", result.calendar, result.effective, changes)


def _if_earlier(standing: FractureStatus, following: Phase, facts: Facts) -> Alternative:
    """A recorded date is the latest possible: from which true day on would the next phase hold?"""
    day = add_months(facts.today, -months_until(following, facts.knowledge))
    return _if_day(standing, day, f"if it happened on {day} or before", facts)


def _other_healing(standing: FractureStatus, facts: Facts) -> list[Alternative]:
    """Where healing is not shown: the phase if it were stable, and if it had healed."""
    status = standing.healing.status
    others = {
        Healing.UNKNOWN: (Healing.STABLE, Healing.HEALED),
        Healing.ROUTINE: (Healing.HEALED,),
        Healing.STABLE: (Healing.HEALED,),
        Healing.MALUNION: (Healing.HEALED,),
        Healing.DELAYED: (Healing.STABLE, Healing.HEALED),
    }.get(status, ())
    if standing.healing.early and status is Healing.HEALED:
        others = (Healing.UNKNOWN,)
    found = []
    for other in others:
        result = with_changes(standing, facts, healing=other)
        if result.effective is not standing.result.effective:
            words = f"healing: if {WORDS[other]}"
            changes = f"The phase would be {result.effective} instead of {standing.result.effective}."
            found.append(Alternative(words, result.calendar, result.effective, changes))
    return found


# -- gaps no single rule owns


def note_missing(standings: FractureStatuses, pain: Pain | None, facts: Facts) -> Notes:
    """Gaps no single rule owns: pain, fragility, and queries that did not complete."""
    days = facts.knowledge.whole(ThresholdName.PAIN_RECENT_WITHIN)
    permits, severe = (
        facts.knowledge.number(limit) for limit in (ThresholdName.PAIN_PERMITS_TO, ThresholdName.PAIN_SEVERE_FROM)
    )
    if pain is None:
        unread = facts.not_understood(Topic.PAIN)
        asked = f"What is the pain today, 0-10? (No score in the last {days} days.) {unread}".strip()
        yield gap(
            "pain",
            asked,
            f"More than {permits} holds progression, {severe} or more the initial phase; resistance on the upper back "
            f"needs {permits} or less.",
        )
    if standings.all_healed and facts.attestation_of(AttestationName.FRAGILITY_RESOLVED) is None:
        yield gap("fragility", "Has fragility resolved?", "Resistance on the upper back waits for a clinician's word.")
    yield from note_partial(facts)


def note_medicines(facts: Facts) -> Notes:
    """Medicines being taken of which the record does not say what they are."""
    untold = [m.source.reference for m in facts.chart.medications if m.untold and m.active]
    if untold:
        more = f" and {len(untold) - _MOST_NAMED} more" if len(untold) > _MOST_NAMED else ""
        yield gap(
            "medicines",
            f"Which medicine is it? {', '.join(untold[:_MOST_NAMED])}{more}: the record does not say. "
            "Is one a systemic glucocorticoid or a bone drug?",
            "A systemic glucocorticoid calls for a review and keeps bending forward and twisting strict for longer.",
        )


def note_partial(facts: Facts) -> Notes:
    for query in facts.chart.partial:
        yield gap(
            f"partial: {query}", f"Not everything could be read: {query}.", "A fact may be missing; check the chart."
        )
