"""Episodes (rule book 2.1.3, 2.2): fracture records become one episode per vertebra and new fracture."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property

from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.dates import Precision, add_months, age_on, has_passed
from smartapp.core.derive.anchor import FOLLOW_UP, Reading, earliest_reading, is_starter, own_onset
from smartapp.core.derive.clusters import SPEAKS_AGAINST_HEALING, clusters_of
from smartapp.core.derive.facts import Facts, began_on, is_live
from smartapp.core.fracture_coding import FractureCoding, Morphology, Region
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.thresholds import ThresholdName

_POSTERIOR = (Morphology.PROCESS, Morphology.PARS)
# What words say of the age of a fracture without a date; a clinician's word that it is old then dates it.
UNDATED_WORDS = frozenset({Concept.FRACTURE_OLD, Concept.FRACTURE_AGE_UNKNOWN})
LUMBAR_LIKE = frozenset({Region.LUMBAR, Region.THORACOLUMBAR, Region.UNSPECIFIED})


@frozen
class Episode:
    """One fracture of one vertebra (or of an unnamed one): its records and day 0 by the anchor ladder."""

    level: str  # L1, T7-T8; empty where no record names it
    lumbar: bool
    records: tuple[Diagnosis, ...]
    start: Reading | None
    refracture: bool = False

    @property
    def levels(self) -> frozenset[str]:
        return frozenset({self.level}) if self.level else frozenset()

    @property
    def regions(self) -> frozenset[Region]:
        return frozenset(fracture_coding_of(record).region for record in self.records)

    def has(self, morphology: Morphology) -> bool:
        return any(fracture_coding_of(record).morphology is morphology for record in self.records)


@frozen
class Fractures:
    """Everything the chart says of vertebral fractures, sorted by what the rules do with it."""

    episodes: tuple[Episode, ...]  # lumbar, junction, unspecified and thoracic; confirmed
    suspected: tuple[Diagnosis, ...]  # not yet confirmed, and not the same as a confirmed episode
    elsewhere: tuple[Diagnosis, ...]  # neck, sacrum, pelvis; confirmed
    fatigue: tuple[Diagnosis, ...]
    posterior: tuple[Diagnosis, ...]  # a process or the pars, and not the body (rule book 2a, FC5, FC6)
    childhood: tuple[Diagnosis, ...]

    @cached_property
    def lumbar(self) -> tuple[Episode, ...]:
        return tuple([e for e in self.episodes if e.lumbar])

    @property
    def eligible(self) -> bool:
        return bool(self.lumbar)

    @property
    def any_record(self) -> bool:
        return bool(self.episodes or self.suspected or self.elsewhere or self.fatigue or self.posterior)


def fracture_coding_of(diagnosis: Diagnosis) -> FractureCoding:
    """The fracture part of a record that is known to be one."""
    return diagnosis.fracture or FractureCoding(Region.UNSPECIFIED)


def fractures_of(facts: Facts) -> Fractures:
    recorded = [d for d in facts.confirmed if d.fracture is not None]
    fatigue = tuple(d for d in recorded if fracture_coding_of(d).morphology is Morphology.FATIGUE)
    childhood = tuple(d for d in recorded if d not in fatigue and is_of_childhood(d, facts))
    posterior = tuple(d for d in recorded if fracture_coding_of(d).morphology in _POSTERIOR)
    apart = (*fatigue, *childhood, *posterior)
    rest = [d for d in recorded if d not in apart]
    elsewhere = tuple(d for d in rest if not is_lumbar_like(d) and not is_thoracic(d))
    episodes = _episodes([d for d in rest if d not in elsewhere], facts)
    suspected = tuple(d for d in facts.suspected if d.fracture is not None and not _known_already(d, episodes, facts))
    return Fractures(episodes, suspected, elsewhere, fatigue, (*posterior, *_new_pars(facts)), childhood)


def _new_pars(facts: Facts) -> tuple[Diagnosis, ...]:
    """A gap in the arch that is told as no fracture and began within half a year (rule book 2a, FC6)."""
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.PARS_NEW_WITHIN))
    found = (d for d in facts.live(Concept.SPONDYLOLYSIS) if d.fracture is None)
    return tuple(d for d in found if (day := began_on(d, facts.today)) is not None and day >= first)


def is_lumbar_like(diagnosis: Diagnosis) -> bool:
    """Lumbar, thoracolumbar or unspecified (rule book 2.1.3); a named level decides before the region does."""
    region, levels = fracture_coding_of(diagnosis).region, fracture_coding_of(diagnosis).levels
    if any(level.startswith("L") for level in levels):
        return True
    return region in LUMBAR_LIKE and not levels


def is_thoracic(diagnosis: Diagnosis) -> bool:
    levels = fracture_coding_of(diagnosis).levels
    return any(level.startswith("T") for level in levels) or fracture_coding_of(diagnosis).region is Region.THORACIC


def is_of_childhood(diagnosis: Diagnosis, facts: Facts) -> bool:
    """A dated fracture from before 18, long past: history of another kind, not this prescription's fracture."""
    onset, birth = own_onset(diagnosis, facts.today), facts.patient.birth
    if onset is None or birth is None or (facts.age or 0) < facts.knowledge.whole(ThresholdName.ADULT_FROM_AGE):
        return False
    young = age_on(birth, onset.latest) < facts.knowledge.whole(ThresholdName.CHILDHOOD_BEFORE_AGE)
    return young and has_passed(onset.latest, facts.knowledge.whole(ThresholdName.CHILDHOOD_OLDER_THAN), facts.today)


def _episodes(records: list[Diagnosis], facts: Facts) -> tuple[Episode, ...]:
    """Records with a named level by level; those without join the one episode they can belong to, else stand alone."""
    named: dict[str, list[Diagnosis]] = {}
    unnamed: list[Diagnosis] = []
    for record in records:
        keys = level_keys(fracture_coding_of(record).levels)
        for key in keys:
            named.setdefault(key, []).append(record)
        if not keys:
            unnamed.append(record)
    episodes = [e for key in sorted(named) for e in _of_one_level(key, not key.startswith("T"), named[key], facts)]
    thoracic = [record for record in unnamed if fracture_coding_of(record).region is Region.THORACIC]
    lumbar = [record for record in unnamed if record not in thoracic]
    episodes, alone = _join_unnamed(episodes, lumbar, facts)
    episodes += _of_one_level("", True, alone, facts) + _of_one_level("", False, thoracic, facts)
    return tuple(episodes)


def level_keys(levels: frozenset[str]) -> tuple[str, ...]:
    """One key per lumbar level; thoracic codes name a pair of vertebrae (T7-T8), which is one key."""
    thoracic = sorted((level for level in levels if level.startswith("T")), key=lambda level: (len(level), level))
    lumbar = sorted(level for level in levels if level.startswith("L"))
    return (*lumbar, *(["-".join(thoracic)] if thoracic else []))


def _of_one_level(level: str, lumbar: bool, records: list[Diagnosis], facts: Facts) -> list[Episode]:
    """One level's episodes: a starter whose own onset is at least 14 days later is a possible refracture."""
    if not records:
        return []
    found = []
    for index, cluster in enumerate(clusters_of(records, facts)):
        start = _start(cluster, facts, later=index > 0)
        applies = is_junction(level) and facts.attestation_of(
            AttestationName.JUNCTION_APPLIES, start.day if start else facts.today
        )
        found.append(Episode(level, lumbar or bool(applies), tuple(cluster), start, index > 0))
    return found


def is_junction(level: str) -> bool:
    """T11 or T12, or the pair of them: a clinician may apply the lumbar rules (rule book 2a, FC19)."""
    return level in ("T11", "T12", "T11-T12")


def _start(cluster: list[Diagnosis], facts: Facts, *, later: bool) -> Reading | None:
    reading = _attested_old(cluster, earliest_reading(cluster, facts.today), facts)
    if reading is None or not later:
        return reading
    return replace(reading, text=f"{reading.text} It is later than the first fracture of this vertebra.")


def _attested_old(cluster: list[Diagnosis], reading: Reading | None, facts: Facts) -> Reading | None:
    """Stated to be 12 months old or more, of a fracture only words of age date: then that day is its latest."""
    if reading and reading.rule not in ("recorded", "encounter"):
        return reading
    if all(record.concepts.isdisjoint(UNDATED_WORDS) for record in cluster):
        return reading
    old = facts.attestation_of(AttestationName.FRACTURE_OLD, reading.day if reading else facts.today)
    if old is None:
        return reading
    day = add_months(old.on, -facts.knowledge.whole(ThresholdName.PRESUMED_STABLE_FROM))
    span = facts.knowledge.span(ThresholdName.PRESUMED_STABLE_FROM)
    text = f"The fracture has no date; it was {span} old or older on {old.on}, as a clinician confirmed: {day} counts."
    return Reading(day, day, Precision.DAY, "attested-old", old.source, text)


def _join_unnamed(
    episodes: list[Episode], unnamed: list[Diagnosis], facts: Facts
) -> tuple[list[Episode], list[Diagnosis]]:
    """Records without a level: joined to the lumbar episode they fit, never dating it; the rest stand alone."""
    alone: list[Diagnosis] = []
    joined: dict[int, list[Diagnosis]] = {}
    for record in unnamed:
        fits = [index for index, e in enumerate(episodes) if e.lumbar and _fits(record, e, facts)]
        if not fits:
            alone.append(record)
        for index in _speaks_to(record, fits, episodes, facts.today):
            joined.setdefault(index, []).append(record)
    merged = [
        replace(episode, records=(*episode.records, *joined.get(index, ()))) for index, episode in enumerate(episodes)
    ]
    return merged, alone


def _speaks_to(record: Diagnosis, fits: list[int], episodes: list[Episode], today: date) -> list[int]:
    """Bad news of an unnamed vertebra holds for each it may mean, good news for none, a bare record for the newest."""
    encounter = fracture_coding_of(record).encounter
    if len(fits) < 2 or encounter in SPEAKS_AGAINST_HEALING:
        return fits
    if encounter in FOLLOW_UP or not is_live(record, today):
        return []
    return [max(fits, key=lambda index: (start.day if (start := episodes[index].start) else date.max, index))]


def _fits(record: Diagnosis, episode: Episode, facts: Facts) -> bool:
    """A record without its own onset, or a follow-up one, fits any; else onsets must be less than 14 days apart."""
    onset = own_onset(record, facts.today)
    if onset is None or not is_starter(record):
        return True
    if episode.start is None:
        return False
    gap = timedelta(days=facts.knowledge.whole(ThresholdName.REFRACTURE_FROM))
    return onset.earliest < episode.start.day + gap and episode.start.earliest < onset.latest + gap


def _known_already(record: Diagnosis, episodes: Iterable[Episode], facts: Facts) -> bool:
    """An unconfirmed record of a fracture that another record confirms adds nothing (rule book 2.1.1)."""
    levels = fracture_coding_of(record).levels
    same = [e for e in episodes if not levels or not e.level or e.level in level_keys(levels)]
    return any(_fits(record, e, facts) for e in same if e.lumbar or is_thoracic(record))
