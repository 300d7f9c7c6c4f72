"""Is the spine stable? (rule book 2a, FC3, FC8, FC8b, FC24): ankylosed, dislocated, instable, the neck broken too."""

from datetime import date

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import has_passed
from smartapp.core.derive.anchor import earliest_reading
from smartapp.core.derive.dangers import Hold, answered, broken_on, is_recent, present
from smartapp.core.derive.facts import Facts, began_on, is_live, name_words, sources_of
from smartapp.core.derive.fracture import Episode, Fractures
from smartapp.core.derive.healing import healing_of
from smartapp.core.derive.notes import Notes, Noting, alert, rule_missed
from smartapp.core.derive.surgery import FIXES, OPERATED, completed_surgery, resets_of
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Healing, Prone
from smartapp.core.thresholds import ThresholdName

# Without any of these there is nothing to note.
_NOTED = (
    Concept.ANKYLOSED_SPINE,
    Concept.AXIAL_SPONDYLOARTHRITIS,
    Concept.FUSED_SEGMENT,
    Concept.FRACTURE_DISLOCATION,
    Concept.VERTEBRAL_DISLOCATION,
    Concept.SPINAL_INSTABILITY,
    Concept.FRACTURE_NECK,
)


def note_stability(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    if facts.recorded.isdisjoint(_NOTED):
        return ()
    yield from _note_dislocations(fractures, facts)
    yield from _note_instability(fractures, facts)
    yield from _note_neck(fractures, facts)
    return (yield from _note_stiffness(fractures, facts))


def _note_stiffness(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """FC3: any fracture of an ankylosed spine is unstable until shown otherwise; FC3b: then never prone."""
    stiff = tuple(
        dict.fromkeys((*facts.with_concepts(Concept.ANKYLOSED_SPINE), *present(facts, Concept.ANKYLOSED_SPINE)))
    )
    if not stiff:
        yield from _note_perhaps_stiff(facts)
        return ()
    broken = _broken(fractures, facts)
    if not broken:
        yield rule_missed("alert.stiff-spine", "No spinal fracture is recorded.", (), sources_of(stiff))
        return ()
    words = ", ".join(name_words(d, facts.today) for d in stiff)
    unsettled = [episode for episode in broken if not _is_settled(episode, facts)]
    if unsettled:
        found = sources_of((*stiff, *(r for episode in unsettled for r in episode.records)))
        yield alert(AlertCode.UNSTABLE_FRACTURE, f"Recorded: {words}.", found, variant="ankylosed")
    else:
        yield alert(AlertCode.STIFF_SPINE, f"Recorded: {words}.", sources_of(stiff))
    why = "The spine is ankylosed: it is never laid flat on the belly."
    return (Hold("FC3b", why, sources_of(stiff), prone=Prone.BLOCKED, neutral=True),)


def _note_perhaps_stiff(facts: Facts) -> Notes:
    """FC3c: a disease, or a fused segment, that may have stiffened the spine."""
    for diagnosis in present(facts, Concept.AXIAL_SPONDYLOARTHRITIS, Concept.FUSED_SEGMENT):
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        yield alert(AlertCode.STIFF_SPINE, why, [diagnosis.source], eased=True, variant="ask")


def _broken(fractures: Fractures, facts: Facts) -> tuple[Episode, ...]:
    """Every fracture of a vertebra, suspected ones, those of the neck and fatigue fractures too, as an episode."""
    neck = (d for d in fractures.elsewhere if d.fracture and d.fracture.region is Region.CERVICAL)
    single = (*fractures.suspected, *neck, *fractures.fatigue, *fractures.posterior)
    return (*fractures.episodes, *(Episode("", False, (d,), earliest_reading([d], facts.today)) for d in single))


def _is_settled(episode: Episode, facts: Facts) -> bool:
    """Imaging seen by a spine surgeon after the fracture, fixed and cleared after it, or healed for a year."""
    day = episode.start.day if episode.start else None
    if answered(AttestationName.STABILITY_IMAGING, day, facts):
        return True
    fixed = [r for r in resets_of(episode, facts) if r.dated and r.procedure.kind in FIXES] if episode.start else []
    return any(_is_cleared(reset.day, facts) for reset in fixed) or _is_healed_long(episode, facts)


def _is_cleared(day: date, facts: Facts) -> bool:
    return facts.attestation_of(AttestationName.SURGEON_CLEARANCE, day) is not None


def _is_healed_long(episode: Episode, facts: Facts) -> bool:
    """Stated as healed, with a day at least 12 months ago; what has no day may be of yesterday."""
    if episode.start is None or healing_of(episode, facts).status is not Healing.HEALED:
        return False
    attested = facts.attestation_of(AttestationName.HEALED, episode.start.earliest)
    over = [r for r in episode.records if not is_live(r, facts.today)]
    days = [attested.on] if attested else [r.abatement.latest for r in over if r.abatement]
    known = bool(attested) or len(days) == len(over)
    long = facts.knowledge.whole(ThresholdName.HEALED_LONG_FROM)
    return known and bool(days) and has_passed(max(days), long, facts.today)


def _note_dislocations(fractures: Fractures, facts: Facts) -> Notes:
    """FC8: a dislocation, distraction or translation injury stops until it is fixed and the surgeon has cleared."""
    for diagnosis in present(facts, Concept.FRACTURE_DISLOCATION, Concept.VERTEBRAL_DISLOCATION):
        why = f"Recorded: {name_words(diagnosis, facts.today)}"
        if _is_fixed_and_cleared(diagnosis, fractures, facts):
            yield rule_missed(
                "alert.unstable-fracture", f"{why}; fixed and cleared since.", ("S43",), [diagnosis.source]
            )
        else:
            yield alert(AlertCode.UNSTABLE_FRACTURE, f"{why}.", [diagnosis.source], variant="distraction")


def _is_fixed_and_cleared(diagnosis: Diagnosis, fractures: Fractures, facts: Facts) -> bool:
    """After the fracture, or after the injury itself where no lumbar fracture is recorded; never without a day."""
    starts = [e.start.earliest for e in fractures.lumbar if e.start]
    since = max(starts) if starts else began_on(diagnosis, facts.today)
    operations = [p for p in completed_surgery(facts) if p.kind in FIXES and p.region in OPERATED]
    days = [day for p in operations if (day := facts.day_of(p.performed))]
    return since is not None and any(day >= since and _is_cleared(day, facts) for day in days)


def _note_instability(fractures: Fractures, facts: Facts) -> Notes:
    """FC8b: instability or subluxation asks for imaging before exercise."""
    for diagnosis in present(facts, Concept.SPINAL_INSTABILITY):
        said = answered(AttestationName.STABILITY_IMAGING, broken_on(fractures, facts), facts)
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        if said:
            why = f"{why} Stable on imaging of {said.on}."
            yield rule_missed("alert.work-up-first", why, (), [diagnosis.source])
        else:
            yield alert(AlertCode.WORK_UP_FIRST, why, [diagnosis.source], variant="instability")


def _note_neck(fractures: Fractures, facts: Facts) -> Notes:
    """FC24: a broken neck beside the lumbar fracture, unhealed or young, until the surgeon has cleared it."""
    window = ThresholdName.FRACTURE_LIMITS_FOR
    for diagnosis in (d for d in facts.chart.diagnoses if Concept.FRACTURE_NECK in d.concepts):
        day = began_on(diagnosis, facts.today)
        if not fractures.eligible or not (is_live(diagnosis, facts.today) or is_recent(day, window, facts)):
            continue
        cleared = answered(AttestationName.SURGEON_CLEARANCE, day, facts)
        why = f"Recorded: {name_words(diagnosis, facts.today)}."
        if cleared:
            yield rule_missed("alert.work-up-first", f"{why} Cleared on {cleared.on}.", ("S43",), [diagnosis.source])
        else:
            yield alert(AlertCode.WORK_UP_FIRST, why, [diagnosis.source], variant="neck")
