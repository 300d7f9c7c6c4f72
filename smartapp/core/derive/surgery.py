"""Procedures (rule book 2.2): what a spinal procedure does to the calendar of a fracture, and what it asks for."""

from datetime import date, timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Procedure, Source
from smartapp.core.concepts import Concept
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Episode
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.fracture_coding import Region
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, ProcedureKind, ProcedureState
from smartapp.core.thresholds import ThresholdName

AUGMENTED = frozenset({Region.LUMBAR, Region.THORACOLUMBAR, Region.SACRAL, Region.UNSPECIFIED})
OPERATED = AUGMENTED | {Region.THORACIC}
NEEDS_CLEARANCE = frozenset(
    {
        ProcedureKind.FUSION,
        ProcedureKind.FIXATION,
        ProcedureKind.DECOMPRESSION,
        ProcedureKind.HARDWARE_REMOVAL,
    }
)
FIXES = frozenset({ProcedureKind.FUSION, ProcedureKind.FIXATION})
LEAVES_MATERIAL = FIXES | {ProcedureKind.AUGMENTATION}


@frozen
class Reset:
    """A procedure after the fracture: its day is day 0 again. Undated: treated as done today."""

    procedure: Procedure
    day: date
    dated: bool

    @property
    def surgical(self) -> bool:
        return self.procedure.kind in NEEDS_CLEARANCE

    @property
    def rule(self) -> str:
        if not self.dated:
            return "reset-date-unknown"
        return "surgery" if self.surgical else "augmentation"

    @property
    def source(self) -> Source:
        return self.procedure.source


def completed_surgery(facts: Facts) -> tuple[Procedure, ...]:
    return tuple(p for p in facts.surgery if p.state is ProcedureState.COMPLETED)


def is_after(procedure: Procedure, episode: Episode) -> bool:
    """After the fracture, or possibly after it: an undated procedure or fracture cannot prove the contrary."""
    if procedure.performed is None or episode.start is None:
        return True
    return procedure.performed.latest >= episode.start.earliest


def concerns(procedure: Procedure, episode: Episode) -> bool:
    """Augmentation counts at the episode's own part of the spine, other surgery anywhere but at the neck."""
    if procedure.kind is ProcedureKind.AUGMENTATION:
        own = AUGMENTED if episode.lumbar else frozenset({Region.THORACIC, Region.THORACOLUMBAR, Region.UNSPECIFIED})
        return procedure.region in own
    return procedure.region in OPERATED


def resets_of(episode: Episode, facts: Facts) -> tuple[Reset, ...]:
    found = []
    for procedure in completed_surgery(facts):
        if concerns(procedure, episode) and is_after(procedure, episode):
            day = facts.day_of(procedure.performed) or facts.today
            dated = procedure.performed is not None and procedure.performed.earliest <= facts.today
            found.append(Reset(procedure, day, dated))
    return tuple(sorted(found, key=lambda reset: (reset.day, reset.surgical, reset.source.reference)))


def clearance_missing(resets: tuple[Reset, ...], facts: Facts) -> Reset | None:
    """The newest surgery without a surgeon's clearance given after it, or less than 12 weeks old."""
    surgical = [reset for reset in resets if reset.surgical]
    if not surgical:
        return None
    newest = surgical[-1]
    opens = newest.day + timedelta(days=facts.knowledge.whole(ThresholdName.SURGERY_PRONE_FROM))
    cleared = facts.attestation_of(AttestationName.SURGEON_CLEARANCE, newest.day) is not None
    return None if cleared and newest.dated and facts.today >= opens else newest


def fixed_after(episode: Episode, facts: Facts) -> bool:
    """Whether a dated fusion or fixation followed the fracture (rule book 2.8, UNSTABLE_FRACTURE)."""
    return any(reset.dated and reset.procedure.kind in FIXES for reset in resets_of(episode, facts))


def note_procedures(episodes: tuple[Episode, ...], facts: Facts) -> Notes:
    """Alerts of all procedures on record, seen from the fractures."""
    resets = {reset.procedure: reset for episode in episodes for reset in resets_of(episode, facts)}
    neck = (procedure for procedure in facts.chart.procedures if procedure.kind is ProcedureKind.CERVICAL_SURGERY)
    for procedure in (*facts.surgery, *neck):
        if procedure.state is ProcedureState.PENDING:
            yield alert(AlertCode.PENDING_SURGERY, f"Not completed: {_words(procedure)}.", [procedure.source])
        elif procedure in resets:
            yield from _note_reset(resets[procedure], facts)
        else:
            yield from _note_other(procedure, episodes, facts)
    yield from _note_arthrodesis(facts)


def _words(procedure: Procedure) -> str:
    when = f", {procedure.performed}" if procedure.performed else ", date unknown"
    return f"{procedure.text or procedure.source.display or procedure.kind} ({procedure.region}{when})"


def _note_reset(reset: Reset, facts: Facts) -> Notes:
    words, source = _words(reset.procedure), [reset.source]
    if not reset.dated:
        yield alert(AlertCode.RESET_DATE_UNKNOWN, f"Treated as done today: {words}.", source)
        yield gap(
            "procedure-date",
            f"When was this done: {words}?",
            "The days are counted from that day; until it is known they are counted from today.",
        )
    if not reset.surgical:
        yield alert(AlertCode.POST_AUGMENTATION, f"After the fracture: {words}.", source)
        return
    alert_ends = add_months(reset.day, facts.knowledge.whole(ThresholdName.SURGERY_ALERT_FOR))
    cleared = facts.attestation_of(AttestationName.SURGEON_CLEARANCE, reset.day)
    if facts.today < alert_ends or cleared is None:
        state = f"clearance given on {cleared.on}" if cleared else "no surgeon's clearance on record"
        yield alert(AlertCode.POST_FUSION_CLEARANCE, f"After the fracture: {words}; {state}.", source)
    else:
        yield rule_missed(
            "alert.post-fusion-clearance", f"Cleared, and the months of review are over: {words}.", ("S42",), source
        )
    if cleared is None:
        yield gap(
            "surgeon-clearance",
            f"Has the surgeon cleared exercise after this: {words}?",
            "Without clearance the initial phase holds and prone work stays closed.",
        )


def _note_other(procedure: Procedure, episodes: tuple[Episode, ...], facts: Facts) -> Notes:
    """Surgery before the fracture or elsewhere on the spine: no reset."""
    words, day = _words(procedure), facts.day_of(procedure.performed)
    earlier = not any(is_after(procedure, episode) for episode in episodes)
    if earlier and procedure.region in OPERATED and procedure.kind in LEAVES_MATERIAL:
        yield alert(AlertCode.HARDWARE_PRESENT, f"Before this fracture: {words}.", [procedure.source])
    recent = timedelta(days=facts.knowledge.whole(ThresholdName.SURGERY_RECENT_WITHIN))
    long = facts.knowledge.span(ThresholdName.SURGERY_RECENT_WITHIN)
    if day is not None and facts.today - day < recent:
        yield alert(AlertCode.RECENT_SURGERY, f"Less than {long} ago: {words}.", [procedure.source])
    elif day is None:
        yield gap("procedure-date", f"When was this done: {words}?", f"Within {long} it asks for the surgeon's limits.")
    else:
        yield rule_missed("alert.recent-surgery", f"{long} or more ago: {words}.", ("S42",), [procedure.source])


def _note_arthrodesis(facts: Facts) -> Notes:
    """A coded fusion state without the operation on record: material may lie in the spine (rule book 3.1)."""
    coded = facts.live(Concept.ARTHRODESIS)
    if coded and not any(p.kind in FIXES for p in completed_surgery(facts)):
        yield alert(
            AlertCode.HARDWARE_PRESENT, "A fused joint is coded; the operation is not on record.", sources_of(coded)
        )
