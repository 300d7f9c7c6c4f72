"""What is noted of dates, healing and levels of the fractures (rule book 2.1.3, 2.2, 2.3)."""

from itertools import pairwise

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis
from smartapp.core.dates import add_months, has_passed
from smartapp.core.derive.anchor import own_onset
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Fractures, is_junction
from smartapp.core.derive.fracture_status import FractureStatus, FractureStatuses, is_imprecise
from smartapp.core.derive.healing import WORDS
from smartapp.core.derive.notes import Notes, alert, gap, rule_fired, rule_missed
from smartapp.core.derive.phase import is_presumed_healed
from smartapp.core.states import Healing, Phase
from smartapp.core.thresholds import ThresholdName

_MANY = 3  # vertebral fractures, ever: rule book 2a, FC16


def note_dates(standings: FractureStatuses, facts: Facts) -> Notes:
    """Alerts about the dates the calendar rests on (rule book 2.2)."""
    for standing in standings.everyone:
        yield from _note_anchor(standing, facts)
        for record in standing.episode.records:
            yield from _note_record(record, facts)
    if standings.multiple:
        words = "; ".join(f"{s.where}, {s.anchor.day if s.anchor else 'undated'}" for s in standings.everyone)
        found = sources_of(r for s in standings.everyone for r in s.episode.records)
        variant = "cluster" if are_close(standings, facts) else ""
        yield alert(AlertCode.MULTIPLE_VF, f"Fractures on record: {words}.", found, variant=variant)
    else:
        yield rule_missed("alert.multiple-vf", "One vertebral fracture is on record.", ("S20",))


def are_close(standings: FractureStatuses, facts: Facts) -> bool:
    """FC16: three and more ever, or two new ones within three months of each other."""
    if len(standings.everyone) >= _MANY:
        return True
    months, today = facts.knowledge.whole(ThresholdName.CLUSTER_WITHIN), facts.today
    days = sorted(s.episode.start.day for s in standings.everyone if s.episode.start)
    recent = [
        day for day in days if not has_passed(day, facts.knowledge.whole(ThresholdName.PRESUMED_STABLE_FROM), today)
    ]
    return any(later <= add_months(earlier, months) for earlier, later in pairwise(recent))


def _note_anchor(standing: FractureStatus, facts: Facts) -> Notes:
    episode, anchor = standing.episode, standing.anchor
    if anchor is None:
        yield alert(AlertCode.ONSET_UNKNOWN, f"The fracture {standing.where} has no date.", sources_of(episode.records))
        yield gap("fracture-onset", "On which day did the fracture happen?", "Without it the days cannot be counted.")
        return
    yield rule_fired(f"anchor.{anchor.rule}", anchor.text, ("S42",), [anchor.source])
    if anchor.rule in ("recorded", "encounter"):
        yield alert(AlertCode.ANCHOR_RECORDED, anchor.text, [anchor.source])
        yield gap("fracture-onset", "On which day did the fracture happen?", "It can only move the phase forward.")
    if is_imprecise(standing, facts):
        yield alert(
            AlertCode.DATE_IMPRECISE, f"It may be any day from {anchor.earliest} to {anchor.day}.", [anchor.source]
        )
        yield gap("fracture-onset", "On which day did the fracture happen?", "It decides the phase and strict window.")
    if episode.refracture:
        yield alert(AlertCode.POSSIBLE_REFRACTURE, f"A later fracture {standing.where}: {anchor.text}", [anchor.source])


def _note_record(record: Diagnosis, facts: Facts) -> Notes:
    dates = (record.onset, record.recorded, record.abatement)
    future = [when for when in dates if when is not None and when.earliest > facts.today]
    if future:
        yield alert(AlertCode.FUTURE_DATE, f"Not used: {', '.join(map(str, future))}.", [record.source])
    onset = own_onset(record, facts.today)
    if onset and record.recorded and onset.earliest > record.recorded.latest:
        why = f"Dated {onset}, recorded {record.recorded}."
        yield alert(AlertCode.ONSET_AFTER_RECORDED, why, [record.source])


def note_healing(standings: FractureStatuses, facts: Facts) -> Notes:
    """Alerts about healing: of the governing fracture and of the one that holds the phase lowest."""
    governing, strictest = standings.governing, standings.strictest
    for standing in (governing,) if strictest is governing else (governing, strictest):
        yield from _note_confirmations(standing, facts)
    for standing in standings.everyone:
        records = sources_of(standing.episode.records)
        yield rule_fired("healing", standing.healing.reason.text, ("S42",), standing.healing.reason.sources)
        if standing.healing.conflict:
            yield alert(AlertCode.HEALING_CONFLICT, standing.healing.conflict, records)
        if standing.healing.early:
            yield alert(AlertCode.EARLY_RESOLVED, standing.healing.early, records)
        if standing.healing.status is Healing.DELAYED:
            yield alert(AlertCode.DELAYED_HEALING, standing.healing.reason.text, standing.healing.reason.sources)
        if standing.healing.status is Healing.MALUNION:
            yield alert(AlertCode.MALUNION, standing.healing.reason.text, standing.healing.reason.sources)


def _note_confirmations(standing: FractureStatus, facts: Facts) -> Notes:
    """CONFIRM_STABILITY and CONFIRM_HEALING, by the table of rule book 2.3."""
    calendar, status = standing.result.calendar, standing.healing.status
    rules = {cap.rule for cap in standing.result.caps}
    found = standing.healing.reason.sources
    months = f"By time since fracture it would be {calendar}"
    if "cap.stability-unknown" in rules and calendar is not Phase.INITIAL:
        yield alert(AlertCode.CONFIRM_STABILITY, f"{months}, but {WORDS[status]}.", found)
    else:
        yield rule_missed("alert.confirm-stability", f"{months}; {WORDS[status]}.", ("S42",), found)
    past_healing = status in (Healing.ROUTINE, Healing.MALUNION) and calendar is Phase.ADVANCED
    if is_presumed_healed(standing.inputs, facts.today, facts.knowledge):
        why = f"More than three years old and quiet: {WORDS[status]}."
        yield alert(AlertCode.CONFIRM_HEALING, why, found, eased=True, variant="presumed")
    elif past_healing or "cap.healing-presumed-stable" in rules:
        yield alert(AlertCode.CONFIRM_HEALING, f"{months}, but {WORDS[status]}.", found)
    else:
        yield rule_missed("alert.confirm-healing", f"{months}; {WORDS[status]}.", ("S42",), found)
    if status not in (Healing.HEALED, Healing.NONUNION):
        question = (
            "Is the fracture stable, and has it healed?" if status is Healing.UNKNOWN else "Has the fracture healed?"
        )
        yield gap("healing", question, "Healing, not time alone, opens the next phase.")


def note_levels(fractures: Fractures) -> Notes:
    """LEVEL_JUNCTION and LEVEL_UNSPECIFIED for lumbar-like fractures without a named vertebra (2.1.3)."""
    for episode in fractures.lumbar:
        if is_junction(episode.level):
            why = f"The lumbar rules are applied to {episode.level}, as a clinician confirmed."
            yield alert(AlertCode.LEVEL_JUNCTION, why, sources_of(episode.records))
            continue
        if episode.level or any(str(region) == "lumbar" for region in episode.regions):
            yield rule_missed(
                "alert.level", f"The level is {episode.level or 'lumbar'}.", ("S45",), sources_of(episode.records)
            )
            continue
        junction = any(str(region) == "thoracolumbar" for region in episode.regions)
        code = AlertCode.LEVEL_JUNCTION if junction else AlertCode.LEVEL_UNSPECIFIED
        yield alert(code, "No record names the vertebra.", sources_of(episode.records))
