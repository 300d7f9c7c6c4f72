"""Gates (rule book 2.4): prone work, resistance on the upper back, impact; state, reason and earliest opening."""

from datetime import date, timedelta

from smartapp.core.assessment import Gates, Reason
from smartapp.core.chart import Source
from smartapp.core.derive.bone_scans import Better
from smartapp.core.derive.dangers import Hold
from smartapp.core.derive.facts import Facts, Pain
from smartapp.core.derive.fracture_status import FractureStatus, FractureStatuses
from smartapp.core.derive.healing import STABLE, WORDS
from smartapp.core.derive.notes import unique
from smartapp.core.derive.phase import phase_begins
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Healing, Impact, Phase, Prone, UpperBack
from smartapp.core.thresholds import ThresholdName

PRONE, UPPER_BACK, HIGH_IMPACT = "prone", "resisted-upper-back", "high-impact"
_PRONE_ORDER = list(Prone)

Opening = tuple[str, date | None, str]


@frozen
class GateFacts:
    """What the gates look at."""

    standings: FractureStatuses
    pain: Pain | None
    improved: Better | None = None  # why bone density counts as better; None if nothing shows it
    holds: tuple[Hold, ...] = ()


def closed_gates(reason: Reason) -> Gates:
    """All gates closed: nothing is prescribed (REFER, CONFIRM_FIRST)."""
    return Gates(
        Prone.BLOCKED,
        UpperBack.BLOCKED,
        Impact.PROHIBITED,
        tuple((name, reason) for name in (PRONE, UPPER_BACK, HIGH_IMPACT)),
        tuple((name, None, "a prescription from this app") for name in (PRONE, UPPER_BACK, HIGH_IMPACT)),
    )


def gates_of(seen: GateFacts, facts: Facts) -> Gates:
    prone, prone_reason, prone_opens = prone_gate(seen, facts)
    back, back_reason, back_opens = upper_back_gate(seen, facts)
    impact, impact_reason, impact_opens = impact_gate(seen, facts)
    return Gates(
        prone,
        back,
        impact,
        ((PRONE, prone_reason), (UPPER_BACK, back_reason), (HIGH_IMPACT, impact_reason)),
        tuple(opening for opening in (prone_opens, back_opens, impact_opens) if opening),
    )


def prone_gate(seen: GateFacts, facts: Facts) -> tuple[Prone, Reason, Opening | None]:
    """R6, S06: the strictest of all fractures, and of pain."""
    severe = facts.knowledge.number(ThresholdName.PAIN_SEVERE_FROM)
    if seen.pain and seen.pain.value >= severe:
        why = f"Pain is {seen.pain.value} on the 0-10 scale."
        reason = Reason(why, ("S06", "S42"), (seen.pain.source,), "gate.prone.pain")
        return Prone.BLOCKED, reason, (PRONE, _allowed_day(seen, facts), f"pain below {severe}")
    found = [_prone_of(standing, facts) for standing in seen.standings.everyone]
    state, reason, waits = min(found, key=lambda f: (_PRONE_ORDER.index(f[0]), f[1].text))
    held = min(seen.holds, key=lambda hold: (_PRONE_ORDER.index(hold.prone), bool(hold.lifted_by)), default=None)
    if held and _PRONE_ORDER.index(held.prone) < _PRONE_ORDER.index(state):
        state, reason, waits = held.prone, Reason(held.why, ("S06",), held.sources, "gate.prone"), held.lifted_by
    opening = None if state is Prone.ALLOWED or not waits else (PRONE, _allowed_day(seen, facts), waits)
    return state, reason, opening


def _allowed_day(seen: GateFacts, facts: Facts) -> date | None:
    latest = seen.standings.latest_day
    opens = latest + timedelta(days=facts.knowledge.whole(ThresholdName.PRONE_ALLOWED_FROM)) if latest else None
    return _ahead(opens, facts)


def _ahead(day: date | None, facts: Facts) -> date | None:
    """A day still to come; None where the calendar has done its part and only a fact is missing."""
    return day if day is not None and day > facts.today else None


def _prone_of(standing: FractureStatus, facts: Facts) -> tuple[Prone, Reason, str]:
    """One fracture's say: BLOCKED before day 42, CONDITIONAL to day 83 or without evidence of stability."""
    conditional = facts.knowledge.whole(ThresholdName.PRONE_CONDITIONAL_FROM)
    allowed = facts.knowledge.whole(ThresholdName.PRONE_ALLOWED_FROM)
    status, evidence = standing.healing.status, standing.healing.reason.sources
    if standing.anchor is None:
        return Prone.BLOCKED, _prone_reason("The fracture has no date.", standing, evidence), "the day of the fracture"
    days = (facts.today - standing.anchor.day).days
    since = f"Day {days} of healing, counted from {standing.anchor.day}"
    if standing.awaits:
        young = f"surgery is under {facts.knowledge.span(ThresholdName.SURGERY_PRONE_FROM)} old"
        why, waits = f"The surgeon's clearance is not on file, or {young}.", "the surgeon's clearance"
        return Prone.BLOCKED, _prone_reason(why, standing, (standing.awaits.source,)), waits
    if status in (Healing.DELAYED, Healing.NONUNION):
        return Prone.BLOCKED, _prone_reason(f"{WORDS[status].capitalize()}.", standing, evidence), "proof of healing"
    if days < conditional:
        why = f"{since}: prone work may be considered from day {conditional}."
        return (
            Prone.BLOCKED,
            _prone_reason(why, standing),
            f"day {conditional}, then day {allowed} and proof of stability",
        )
    if days < allowed:
        why = f"{since}: prone work is open from day {allowed} with proof of stability."
        return Prone.CONDITIONAL, _prone_reason(why, standing), f"day {allowed} and proof of stability"
    if status not in STABLE:
        why = f"{since}, but {WORDS[status]}; presumption is not proof of stability."
        return Prone.CONDITIONAL, _prone_reason(why, standing, evidence), "proof that the fracture is stable"
    return Prone.ALLOWED, _prone_reason(f"{since}, and {WORDS[status]}.", standing, evidence), ""


def _prone_reason(text: str, standing: FractureStatus, more: tuple[Source, ...] = ()) -> Reason:
    base = (standing.anchor.source,) if standing.anchor else tuple(r.source for r in standing.episode.records)
    return Reason(text, ("S06",), unique((*base, *more)), "gate.prone")


def upper_back_gate(seen: GateFacts, facts: Facts) -> tuple[UpperBack, Reason, Opening | None]:
    """R7, S07: advanced phase, then healed, fragility attested as resolved, and pain of 3 or less."""
    day = _advanced_day(seen, facts)
    if seen.standings.effective is not Phase.ADVANCED:
        reason = _phase_reason(seen, "gate.resisted-upper-back", ("S07",))
        return UpperBack.BLOCKED, reason, (UPPER_BACK, day, "the advanced phase and proof of healing")
    waits, evidence = [], list(_healing_sources(seen))
    latest = max((s.anchor.earliest for s in seen.standings.everyone if s.anchor), default=None)
    fragility = facts.attestation_of(AttestationName.FRAGILITY_RESOLVED, latest)
    limit = facts.knowledge.number(ThresholdName.PAIN_PERMITS_TO)
    if not seen.standings.all_healed:
        waits.append("proof that the fracture has healed")
    if fragility is None:
        waits.append("a clinician's word that fragility has resolved")
    else:
        evidence.append(fragility.source)
    if seen.pain is None:
        waits.append("a current pain score")
    else:
        evidence.append(seen.pain.source)
        if seen.pain.value > limit:
            waits.append(f"pain of {limit} or less")
    if waits:
        missing = " and ".join(waits)
        reason = Reason(f"Still missing: {missing}.", ("S07",), unique(evidence), "gate.resisted-upper-back")
        return UpperBack.PENDING, reason, (UPPER_BACK, None, missing)
    why = "Healed, fragility confirmed as resolved, pain permits."
    return UpperBack.ELIGIBLE, Reason(why, ("S07",), unique(evidence), "gate.resisted-upper-back"), None


def impact_gate(seen: GateFacts, facts: Facts) -> tuple[Impact, Reason, Opening | None]:
    """R4, S22, S38: never opened here; at best a clinician's decision (Q8)."""
    day, statements = _advanced_day(seen, facts), ("S22", "S38")
    if seen.standings.effective is not Phase.ADVANCED:
        reason = _phase_reason(seen, "gate.high-impact", statements)
        waits = "the advanced phase, proof of healing and better bone density"
        return Impact.PROHIBITED, reason, (HIGH_IMPACT, day, waits)
    if not seen.standings.all_healed:
        why, waits = "Healing is presumed, not shown.", "proof of healing and better bone density"
        return (
            Impact.PROHIBITED,
            Reason(why, statements, _healing_sources(seen), "gate.high-impact"),
            (HIGH_IMPACT, None, waits),
        )
    if seen.improved is None:
        why = "Healed, but nothing shows that bone density has improved."
        reason = Reason(why, statements, _healing_sources(seen), "gate.high-impact")
        return Impact.PROHIBITED, reason, (HIGH_IMPACT, None, "better bone density on the same scanner")
    found = unique((*_healing_sources(seen), *seen.improved.sources))
    reason = Reason(f"Healed. {seen.improved.text}", statements, found, "gate.high-impact")
    return Impact.CLINICIAN_DECISION, reason, None


def _healing_sources(seen: GateFacts) -> tuple[Source, ...]:
    return unique(source for s in seen.standings.everyone for source in s.healing.reason.sources)


def _phase_reason(seen: GateFacts, rule: str, statements: tuple[str, ...]) -> Reason:
    strictest = seen.standings.strictest
    sources = strictest.healing.reason.sources
    if strictest.anchor:
        sources = (*sources, strictest.anchor.source)
    text = f"The phase is {seen.standings.effective}; this opens in the advanced phase at the earliest."
    return Reason(text, statements, unique(sources), rule)


def _advanced_day(seen: GateFacts, facts: Facts) -> date | None:
    latest = seen.standings.latest_day
    return _ahead(phase_begins(latest, Phase.ADVANCED, facts.knowledge) if latest else None, facts)
