"""Low or high energy (rule book 2.6.6, 2.6.9): whether the fracture itself means clinical osteoporosis."""

from datetime import date, timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Reason
from smartapp.core.chart import Attestation, Diagnosis, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Episode, Fractures
from smartapp.core.derive.notes import Notes, Noting, alert, gap, rule_missed
from smartapp.core.fracture_coding import Morphology
from smartapp.core.kinds import AttestationName
from smartapp.core.thresholds import ThresholdName

BURSTS = (Morphology.STABLE_BURST, Morphology.BURST, Morphology.UNSTABLE_BURST)


def is_high_energy(fractures: Fractures, facts: Facts) -> Noting[bool]:
    """The newer attestation decides, else an external-cause code; HIGH_ENERGY and MECHANISM_CONFLICT are raised."""
    low, high = (facts.attestation_of(name) for name in (AttestationName.LOW_TRAUMA, AttestationName.HIGH_ENERGY))
    coded_high = _records_belonging(Concept.HIGH_ENERGY, fractures, facts)
    for_high = (*([high.source] if high else []), *sources_of(coded_high))
    for_low = low_force(fractures, facts)
    if not for_high:
        yield rule_missed("alert.high-energy", "No high-energy mechanism is recorded.", ("S45",), for_low)
        return False
    if for_low:
        yield alert(AlertCode.MECHANISM_CONFLICT, "Low and high energy are both recorded.", (*for_high, *for_low))
    if low and not _is_outdated(low, high):
        return False
    yield alert(AlertCode.HIGH_ENERGY, "A high-energy mechanism is recorded or confirmed.", for_high)
    return True


def was_high_energy(fractures: Fractures, facts: Facts) -> bool:
    """The same answer, where nothing is to be noted."""
    low, high = (facts.attestation_of(name) for name in (AttestationName.LOW_TRAUMA, AttestationName.HIGH_ENERGY))
    if low and not _is_outdated(low, high):
        return False
    return high is not None or bool(_records_belonging(Concept.HIGH_ENERGY, fractures, facts))


def _is_outdated(low: Attestation, high: Attestation | None) -> bool:
    """An attested low trauma gives way to a newer attestation of high energy, never to a code."""
    return high is not None and high.on > low.on


def _records_belonging(concept: Concept, fractures: Fractures, facts: Facts) -> tuple[Diagnosis, ...]:
    """External causes of the fracture: undated ones, and those within 90 days of a record of it."""
    found = facts.with_concepts(concept)
    if not found:
        return ()
    window = timedelta(days=facts.knowledge.whole(ThresholdName.MECHANISM_WITHIN))
    days = [day for e in fractures.episodes for r in e.records for day in _days(r, facts)]
    days += [e.start.day for e in fractures.episodes if e.start]
    return tuple(
        d
        for d in found
        if not (own := _days(d, facts)) or not days or any(abs(a - b) <= window for a in own for b in days)
    )


def _days(diagnosis: Diagnosis, facts: Facts) -> list[date]:
    found = (diagnosis.onset, diagnosis.recorded, diagnosis.encounter_start)
    return [day for when in found if (day := facts.day_of(when))]


def note_clinical_osteoporosis(
    fractures: Fractures, osteoporosis: Reason | None, high_energy: bool, cancer: bool, facts: Facts
) -> Notes:
    """At 50 and over a low-trauma vertebral fracture is osteoporosis whatever the T-score, if low trauma (2.6.6).

    Where low trauma is on record, an age nobody knows may be 50 and over: a lost birth date loosens no limit.
    """
    candidates = [e for e in fractures.episodes if not bursts(e)]
    found = sources_of(r for e in candidates for r in e.records)
    age = facts.knowledge.whole(ThresholdName.CLINICAL_OSTEOPOROSIS_FROM_AGE)
    low = low_force(fractures, facts)
    old_enough = bool(low) if facts.age is None else facts.age >= age
    because = {
        "osteoporosis is known": osteoporosis is not None,
        f"the patient is under {age} or of unknown age": not old_enough,
        "the mechanism was of high energy": high_energy,
        "only burst fractures are recorded": not candidates,
        "cancer may be the cause": cancer,
    }
    against = [words for words, holds in because.items() if holds]
    if against:
        why = f"Not raised: {against[0]}."
        yield rule_missed("alert.clinical-osteoporosis", why, ("S45",), found)
        return
    at = "an unknown age" if facts.age is None else facts.age
    why = f"Vertebral fracture at {at}, {'low trauma is on record' if low else 'if low trauma is confirmed'}."
    yield alert(AlertCode.CLINICAL_OSTEOPOROSIS, why, (*found, *low), variant="on-record" if low else "")
    if not low:
        yield gap("mechanism", "Was it a low-trauma fracture?", "If so, this is osteoporosis whatever the T-score.")


def low_force(fractures: Fractures, facts: Facts) -> tuple[Source, ...]:
    """What codes or attests a low-energy mechanism; empty where nothing does (rule book 2a, CO12)."""
    attested = facts.attestation_of(AttestationName.LOW_TRAUMA)
    coded = _records_belonging(Concept.LOW_ENERGY, fractures, facts)
    return (*([attested.source] if attested else []), *sources_of(coded))


def bursts(episode: Episode) -> bool:
    """Burst codes speak for high energy (2.6.9)."""
    return any(map(episode.has, BURSTS))
