"""Healing as gate (rule book 2.3, S42): attestation, then clinical status, then newest seventh character."""

from dataclasses import dataclass
from datetime import date, timedelta

from smartapp.core.assessment import Healing, Reason
from smartapp.core.chart import Attestation, AttestationName, Diagnosis, EncounterKind
from smartapp.core.derive.dates import known_by
from smartapp.core.derive.facts import Facts, is_live, sources, written
from smartapp.core.derive.fracture import Episode, coding
from smartapp.core.limits import Limit

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
    Healing.STABLE: "a clinician attested that the fracture is stable",
    Healing.HEALED: "the fracture has healed",
    Healing.MALUNION: "healing in a deformed position (malunion) is coded",
    Healing.DELAYED: "delayed healing is coded",
    Healing.NONUNION: "nonunion is coded",
}
# Evidence, not presumption, that the fracture is stable (rule book 2.3, 2.4).
STABLE = frozenset({Healing.ROUTINE, Healing.STABLE, Healing.MALUNION, Healing.HEALED})


@dataclass(frozen=True)
class HealingEvidence:
    status: Healing
    reason: Reason
    conflict: str = ""  # two records disagree; empty if none
    early: str = ""  # resolved sooner than bone heals; empty if not


def healing_of(episode: Episode, facts: Facts, reset_on: date | None = None) -> HealingEvidence:
    """Healing status of one episode. An attestation from before the fracture or its last procedure does not count."""
    since = max(filter(None, (reset_on, episode.start.earliest if episode.start else None)), default=None)
    newest = _newest(episode, facts.today)
    healed = facts.attested(AttestationName.HEALED, since)
    if healed is not None:
        return _attested_healed(healed, newest, facts)
    resolved = [r for r in episode.records if not is_live(r, facts.today)]
    against = _against(episode, resolved, facts.today)
    early = _early(episode, resolved, facts)
    if resolved and not against and not (early and all(r.encounter_diagnosis for r in resolved)):
        reason = Reason("The fracture is recorded as resolved.", ("S42",), sources(resolved), "healing.resolved")
        return HealingEvidence(Healing.HEALED, reason, early=early)
    conflict = "A record says resolved, another of the same fracture does not." if against else ""
    status = BY_ENCOUNTER[coding(newest).encounter]
    reason = _reason(status, "healing.seventh-character", (newest,))
    stable = facts.attested(AttestationName.STABLE, since)
    if stable is not None and _outranks(stable, status, newest, facts.today):
        text = f"Attested stable on {stable.on}{_by(stable)}."
        reason = Reason(text, ("S42",), (stable.source, *sources(resolved)), "healing.attested-stable")
        status = Healing.STABLE
    return HealingEvidence(status, reason, conflict, early)


def _newest(episode: Episode, today: date) -> Diagnosis:
    """The newest record; of several equally new the least healed. Undated bad news counts as of today."""

    def order(record: Diagnosis) -> tuple[int, int, str]:
        status, day = BY_ENCOUNTER[coding(record).encounter], written(record, today)
        if day == date.min and status in (Healing.DELAYED, Healing.NONUNION):
            day = today
        return -day.toordinal(), CAUTION.index(status), record.source.reference

    return min(episode.records, key=order)


def _outranks(stable: Attestation, status: Healing, newest: Diagnosis, today: date) -> bool:
    """An attested “stable” answers unknown, routine and earlier delayed healing; it does not undo nonunion."""
    if status is Healing.DELAYED:
        return stable.on > written(newest, today)
    return status in (Healing.UNKNOWN, Healing.ROUTINE)


def _attested_healed(healed: Attestation, newest: Diagnosis, facts: Facts) -> HealingEvidence:
    """Attested healing wins, except over a newer record of delayed healing or nonunion."""
    status = BY_ENCOUNTER[coding(newest).encounter]
    worse = status in (Healing.DELAYED, Healing.NONUNION) and is_live(newest, facts.today)
    if worse and written(newest, facts.today) > healed.on:
        conflict = f"Attested healed on {healed.on}; {WORDS[status]} later."
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
            written(r, today) > latest[0]
            or (not r.encounter_diagnosis and (not latest[1] or written(r, today) == latest[0]))
        )
    ]


def _resolution_day(record: Diagnosis, today: date) -> date:
    if record.abatement is not None:
        return known_by(record.abatement, today)
    return written(record, today)


def _early(episode: Episode, resolved: list[Diagnosis], facts: Facts) -> str:
    """Resolved within six weeks: worth a second look. A visit's diagnosis that ends so early is no proof (ours)."""
    ends = [r.abatement.latest for r in resolved if r.abatement is not None]
    weeks = facts.knowledge.whole(Limit.EARLY_RESOLUTION_BEFORE)
    if ends and episode.start and max(ends) < episode.start.day + timedelta(weeks=weeks):
        return f"Resolved on {max(ends)}, the fracture is of {episode.start.day}."
    return ""


def _reason(status: Healing, rule: str, records: tuple[Diagnosis, ...]) -> Reason:
    text = WORDS[status]
    return Reason(f"{text[0].upper()}{text[1:]}.", ("S42",), sources(records), rule)
