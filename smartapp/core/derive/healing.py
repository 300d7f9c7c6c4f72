"""Healing as gate (rule book 2.3, S42): attestation, then clinical status, then newest seventh character."""

from datetime import date, timedelta

from smartapp.core.assessment import Reason
from smartapp.core.chart import Attestation, Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import known_by
from smartapp.core.derive.facts import Facts, contradicting_end, is_live, recorded_on, sources_of
from smartapp.core.derive.fracture import Episode, fracture_coding_of
from smartapp.core.fracture_coding import NOT_MEASURED, EncounterKind
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Healing
from smartapp.core.thresholds import ThresholdName

BY_ENCOUNTER = {
    None: Healing.UNKNOWN,
    EncounterKind.INITIAL: Healing.UNKNOWN,
    EncounterKind.OPEN: Healing.UNKNOWN,
    EncounterKind.ROUTINE: Healing.ROUTINE,
    EncounterKind.DELAYED: Healing.DELAYED,
    EncounterKind.NONUNION: Healing.NONUNION,
    EncounterKind.MALUNION: Healing.MALUNION,
    EncounterKind.SEQUELA: Healing.HEALED,
}
# Of records equally new the least healed counts.
CAUTION = (
    Healing.NONUNION,
    Healing.DELAYED,
    Healing.UNKNOWN,
    Healing.ROUTINE,
    Healing.STABLE,
    Healing.MALUNION,
    Healing.HEALED,
)
WORDS = {
    Healing.UNKNOWN: "no record says how the fracture heals",
    Healing.ROUTINE: "routine healing is coded",
    Healing.STABLE: "a clinician confirmed that the fracture is stable",
    Healing.HEALED: "the fracture has healed",
    Healing.MALUNION: "healing in a deformed position (malunion) is coded",
    Healing.DELAYED: "delayed healing is coded",
    Healing.NONUNION: "nonunion is coded",
}
BAD_NEWS = frozenset({Healing.DELAYED, Healing.NONUNION})
# Evidence, not presumption, that the fracture is stable (rule book 2.3, 2.4).
STABLE = frozenset({Healing.ROUTINE, Healing.STABLE, Healing.MALUNION, Healing.HEALED})


@frozen
class HealingEvidence:
    status: Healing
    reason: Reason
    conflict: str = ""  # two records disagree; empty if none
    early: str = ""  # resolved sooner than bone heals; empty if not


def healing_of(episode: Episode, facts: Facts, reset_on: date | None = None) -> HealingEvidence:
    """Healing status of one episode. An attestation from before the fracture or its last procedure does not count.

    A fracture without a day may be of today: then only what is attested today was surely said after it.
    """
    began = episode.start.earliest if episode.start else facts.today
    since = max(reset_on, began) if reset_on else began
    newest = _newest(episode, facts.today)
    healed = facts.attestation_of(AttestationName.HEALED, since)
    if healed is not None:
        return _healed_by_attestation(healed, newest, facts)
    resolved = [r for r in episode.records if not is_live(r, facts.today)]
    against = _against(episode, resolved, facts.today)
    early = _early(episode, resolved, facts)
    with_visit = _ended_with_visit(resolved, early, episode)
    if resolved and not against and not with_visit:
        reason = Reason("The fracture is recorded as resolved.", ("S42",), sources_of(resolved), "healing.resolved")
        return HealingEvidence(Healing.HEALED, reason, early=early)
    torn = next((said for r in episode.records if (said := contradicting_end(r, facts.today))), "")
    conflict = "A record says resolved, another of the same fracture does not." if against else ""
    conflict = conflict or (f"{torn[0].upper()}{torn[1:]}." if torn else "" if early else with_visit)
    status = BY_ENCOUNTER[fracture_coding_of(newest).encounter]
    reason = _reason(status, "healing.seventh-character", (newest,))
    stable = facts.attestation_of(AttestationName.STABLE, since)
    if stable is not None and _outranks(stable, status, newest, facts.today):
        text = f"Attested stable on {stable.on}{_by(stable)}."
        reason = Reason(text, ("S42",), (stable.source, *sources_of(resolved)), "healing.attested-stable")
        status = Healing.STABLE
    return HealingEvidence(status, reason, conflict, early)


def _made(record: Diagnosis, today: date) -> date | None:
    """The day a record was made; None where it is not known. When the fracture was is no answer to that."""
    days = (record.recorded, record.encounter_start)
    return recorded_on(record, today) if any(day is not None and day.earliest <= today for day in days) else None


def _told_on(record: Diagnosis, today: date) -> date:
    """When a record was made, as far as another may be newer. A lost date heals nothing.

    Bad news counts as of today unless its day is known; so does a record without any date that shows no healing.
    """
    status, day = BY_ENCOUNTER[fracture_coding_of(record).encounter], recorded_on(record, today)
    unclear = status in BAD_NEWS or (status is Healing.UNKNOWN and day == date.min)
    return today if unclear and _made(record, today) is None and is_live(record, today) else day


def _ended_with_visit(resolved: list[Diagnosis], early: str, episode: Episode) -> str:
    """A visit's diagnosis that ends early, or perhaps so, is no proof of healing (ours); empty if it is."""
    if not resolved or not all(record.encounter_diagnosis for record in resolved):
        return ""
    undated = episode.start is None or all(record.abatement is None for record in resolved)
    return early or (
        "Only the diagnosis of a visit is recorded as resolved, after how long is not known." if undated else ""
    )


def _newest(episode: Episode, today: date) -> Diagnosis:
    """The newest record; of several equally new the least healed. A number in a report says nothing of healing."""

    def order(record: Diagnosis) -> tuple[int, int, str]:
        status, day = BY_ENCOUNTER[fracture_coding_of(record).encounter], _told_on(record, today)
        return -day.toordinal(), CAUTION.index(status), record.source.reference

    return min([r for r in episode.records if not _only_measures(r)] or episode.records, key=order)


def _only_measures(record: Diagnosis) -> bool:
    measured = fracture_coding_of(record).of_known and record.collapse != NOT_MEASURED
    return measured and Concept.COLLAPSE_PROGRESS not in record.concepts


def _outranks(stable: Attestation, status: Healing, newest: Diagnosis, today: date) -> bool:
    """An attested “stable” answers unknown, routine and earlier delayed healing; it does not undo nonunion."""
    if status is Healing.DELAYED:
        return _answers(stable, newest, today)
    return status in (Healing.UNKNOWN, Healing.ROUTINE)


def _answers(attestation: Attestation, record: Diagnosis, today: date, same_day: bool = False) -> bool:
    """Whether it was attested after the record was made; of a record without its day, what is attested today."""
    told = _told_on(record, today)
    return attestation.on > told or (attestation.on == told and (same_day or recorded_on(record, today) < told))


def _healed_by_attestation(healed: Attestation, newest: Diagnosis, facts: Facts) -> HealingEvidence:
    """Attested healing wins, except over a newer record of delayed healing or nonunion."""
    status = BY_ENCOUNTER[fracture_coding_of(newest).encounter]
    worse = status in BAD_NEWS and is_live(newest, facts.today)
    if worse and not _answers(healed, newest, facts.today, same_day=True):
        later = "later" if recorded_on(newest, facts.today) > healed.on else "on a day that is not known"
        conflict = f"Attested healed on {healed.on}; {WORDS[status]} {later}."
        return HealingEvidence(status, _reason(status, "healing.seventh-character", (newest,)), conflict)
    text = f"Attested healed on {healed.on}{_by(healed)}."
    return HealingEvidence(Healing.HEALED, Reason(text, ("S42",), (healed.source,), "healing.attested"))


def _by(attestation: Attestation) -> str:
    return f" by {attestation.by}" if attestation.by else ""


def _against(episode: Episode, resolved: list[Diagnosis], today: date) -> list[Diagnosis]:
    """Records not resolved that are as new as the resolution, or a problem-list item against a visit's resolution."""
    if not resolved:
        return []
    latest = max((_resolution_day(r, today), not r.encounter_diagnosis) for r in resolved)
    return [
        r
        for r in episode.records
        if is_live(r, today)
        and (
            (made := _made(r, today) or today) > latest[0]
            or (not r.encounter_diagnosis and (not latest[1] or made == latest[0]))
        )
    ]


def _resolution_day(record: Diagnosis, today: date) -> date:
    if record.abatement is not None:
        return known_by(record.abatement, today)
    return recorded_on(record, today)


def _early(episode: Episode, resolved: list[Diagnosis], facts: Facts) -> str:
    """Resolved within six weeks: worth a second look."""
    ends = [r.abatement.latest for r in resolved if r.abatement is not None]
    weeks = facts.knowledge.whole(ThresholdName.EARLY_RESOLUTION_BEFORE)
    if ends and episode.start and max(ends) < episode.start.day + timedelta(weeks=weeks):
        return f"Resolved on {max(ends)}, the fracture is of {episode.start.day}."
    return ""


def _reason(status: Healing, rule: str, records: tuple[Diagnosis, ...]) -> Reason:
    text = WORDS[status]
    return Reason(f"{text[0].upper()}{text[1:]}.", ("S42",), sources_of(records), rule)
