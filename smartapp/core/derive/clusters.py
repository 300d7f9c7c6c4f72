"""Records of one vertebra -> those of each of its fractures: a new one 14 days after another, a reopened one (2.2)."""

from datetime import date, timedelta

from smartapp.core.chart import Diagnosis
from smartapp.core.dates import When, known_by
from smartapp.core.derive.anchor import from_recorded, is_starter, own_onset
from smartapp.core.derive.facts import Facts, is_live, recorded_on
from smartapp.core.fracture_coding import EncounterKind
from smartapp.core.thresholds import ThresholdName

SPEAKS_AGAINST_HEALING = frozenset({EncounterKind.DELAYED, EncounterKind.NONUNION})


def clusters_of(records: list[Diagnosis], facts: Facts) -> list[list[Diagnosis]]:
    """One list of records for each fracture of one vertebra, the earliest first."""
    gap = timedelta(days=facts.knowledge.whole(ThresholdName.REFRACTURE_FROM))
    opening = [(onset, r) for r in records if is_starter(r) and (onset := own_onset(r, facts.today))]
    opening += _earlier_fracture(records, opening, facts, gap)
    clusters: list[list[Diagnosis]] = []
    begins: list[tuple[date, date]] = []  # earliest and latest first day of each cluster
    for onset, record in sorted(opening, key=lambda pair: (pair[0].latest, pair[0].earliest, pair[1].source.reference)):
        if begins and onset.earliest < begins[-1][1] + gap:
            clusters[-1].append(record)
        else:
            clusters.append([record])
            begins.append((onset.earliest, onset.latest))
    rest = [r for r in records if r not in (record for _, record in opening)]
    if not clusters:
        return _with_reopened(rest, facts, gap)
    for record in rest:
        clusters[_cluster_for(record, begins, facts.today, gap)].append(record)
    return [*clusters[:-1], *_with_reopened(clusters[-1], facts, gap)]


def _earlier_fracture(
    records: list[Diagnosis], opening: list[tuple[When, Diagnosis]], facts: Facts, gap: timedelta
) -> list[tuple[When, Diagnosis]]:
    """A follow-up record dated well before every new fracture tells of an earlier one: the first of these."""
    first = min((onset.earliest for onset, _ in opening), default=None)
    told = [(onset, r) for r in records if not is_starter(r) and (onset := own_onset(r, facts.today))]
    earlier = [(onset, r) for onset, r in told if first and onset.latest + gap <= first]
    return sorted(earlier, key=lambda pair: (pair[0].latest, pair[1].source.reference))[:1]


def _cluster_for(record: Diagnosis, begins: list[tuple[date, date]], today: date, gap: timedelta) -> int:
    """The episode its own onset belongs to, else the latest begun when the record was written.

    An undated record never helps a later episode.
    """
    if onset := own_onset(record, today):
        return max((index for index, (first, _) in enumerate(begins) if first < onset.latest + gap), default=0)
    day = recorded_on(record, today)
    if day == date.min:
        return len(begins) - 1 if record.fracture and record.fracture.encounter in SPEAKS_AGAINST_HEALING else 0
    return max((index for index, (first, _) in enumerate(begins) if first <= day), default=0)


def _with_reopened(cluster: list[Diagnosis], facts: Facts, gap: timedelta) -> list[list[Diagnosis]]:
    """A live record made well after the fracture was resolved opens a possible new fracture (ours)."""
    ends = [known_by(r.abatement, facts.today) for r in cluster if r.abatement and not is_live(r, facts.today)]
    if not ends:
        return [cluster]
    reopened = [
        r
        for r in cluster
        if is_starter(r)
        and is_live(r, facts.today)
        and own_onset(r, facts.today) is None
        and (reading := from_recorded(r, facts.today))
        and reading.day >= max(ends) + gap
    ]
    return [[r for r in cluster if r not in reopened], reopened] if reopened else [cluster]
