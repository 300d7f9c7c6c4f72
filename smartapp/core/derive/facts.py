"""Input filter (rule book 2.1.1): the chart becomes the facts the rules may use today, in an order of our own."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from operator import attrgetter, itemgetter

from smartapp.core.chart import Attestation, Chart, Diagnosis, Measurement, Patient, Procedure, Source
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import When, age_on, known_by
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, ClinicalStatus, ProcedureKind, Quantity, Verification
from smartapp.core.knowledge import Knowledge
from smartapp.core.thresholds import ThresholdName

_SOURCE = attrgetter("source")
_MOST_NAMED = 5  # records named in one sentence; ours
SPINAL_SURGERY = frozenset(
    {
        ProcedureKind.AUGMENTATION,
        ProcedureKind.FUSION,
        ProcedureKind.FIXATION,
        ProcedureKind.DECOMPRESSION,
        ProcedureKind.HARDWARE_REMOVAL,
    }
)


@frozen
class Facts:
    """The chart as of ``today``. Diagnoses keep their verification; measurements and attestations are not future."""

    chart: Chart
    today: date
    knowledge: Knowledge

    @property
    def patient(self) -> Patient:
        return self.chart.patient

    @cached_property
    def patient_source(self) -> Source:
        return Source(self.patient.reference, "Patient")

    @cached_property
    def age(self) -> int | None:
        return self.age_at(self.today)

    def age_at(self, day: date) -> int | None:
        return age_on(self.patient.birth, day) if self.patient.birth else None

    @cached_property
    def confirmed(self) -> tuple[Diagnosis, ...]:
        return tuple([d for d in self.chart.diagnoses if d.verification is Verification.CONFIRMED])

    @cached_property
    def suspected(self) -> tuple[Diagnosis, ...]:
        return tuple([d for d in self.chart.diagnoses if d.verification is Verification.UNCONFIRMED])

    @cached_property
    def recorded(self) -> frozenset[str]:
        """Every concept some diagnosis has: most questions of the rules are answered by its absence."""
        return frozenset().union(*(d.concepts for d in self.chart.diagnoses))

    def with_concepts(self, *concepts: Concept) -> tuple[Diagnosis, ...]:
        """Confirmed diagnoses of any clinical status with one of the concepts."""
        if self.recorded.isdisjoint(concepts):
            return ()
        return tuple([d for d in self.confirmed if not d.concepts.isdisjoint(concepts)])

    def live(self, *concepts: Concept) -> tuple[Diagnosis, ...]:
        """Confirmed diagnoses with one of the concepts that are not recorded as over."""
        if self.recorded.isdisjoint(concepts):
            return ()
        return tuple([d for d in self.with_concepts(*concepts) if is_live(d, self.today)])

    @cached_property
    def palliative(self) -> bool:
        """Where care is palliative, most of bone drugs and blood tests is not asked (rule book 2c, CX15)."""
        return bool(self.live(Concept.PALLIATIVE))

    @cached_property
    def taken(self) -> frozenset[str]:
        """Every concept some active medicine has."""
        return frozenset().union(*[m.concepts for m in self.chart.medications if m.active])

    def not_understood(self, *topics: Topic) -> str:
        """A sentence about records that may be about one of these and were not understood; empty if there is none."""
        if not self.chart.unreadable:
            return ""
        lines = [line for line in self.chart.unreadable if line.topic in (*topics, Topic.UNKNOWN)]
        names = list(dict.fromkeys(line.where for line in lines))
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        return f"On record and not understood: {', '.join(names[:_MOST_NAMED])}{more}." if names else ""

    def measurements_of(self, quantity: Quantity) -> tuple[Measurement, ...]:
        """Readings with a number, not dated after today, newest first; undated ones last."""
        return self._measured.get(quantity, ())

    def has_measured(self, *quantities: Quantity) -> bool:
        return not self._measured.keys().isdisjoint(quantities)

    @cached_property
    def _measured(self) -> Mapping[Quantity, tuple[Measurement, ...]]:
        dated: dict[Quantity, list[tuple[date, Measurement]]] = {}
        for m in self.chart.measurements:
            when = m.when
            if m.value is not None and (when is None or when.earliest <= self.today):
                dated.setdefault(m.quantity, []).append((known_by(when, self.today) if when else date.min, m))
        return {
            quantity: tuple([m for _, m in sorted(some, key=itemgetter(0), reverse=True)])
            for quantity, some in dated.items()
        }

    def day_of(self, when: When | None) -> date | None:
        return known_by(when, self.today) if when else None

    def attestation_of(self, name: AttestationName, since: date | None = None) -> Attestation | None:
        """The newest attestation of that name made by today and, where given, not before ``since``."""
        if not self.chart.attestations:
            return None
        found = [
            a for a in self.chart.attestations if a.name is name and a.on <= self.today and (not since or a.on >= since)
        ]
        return max(found, key=lambda a: (a.on, a.by), default=None)

    @cached_property
    def surgery(self) -> tuple[Procedure, ...]:
        return tuple(p for p in self.chart.procedures if p.kind in SPINAL_SURGERY)


def is_live(diagnosis: Diagnosis, today: date) -> bool:
    """Not recorded as over. A missing clinical status proves neither, and what is not over may still be present.

    Of an active status and an end beside it the stricter holds: it is live. An end still to come ends nothing.
    """
    if diagnosis.clinical_status is ClinicalStatus.ACTIVE:
        return True
    if diagnosis.abatement is not None:
        return diagnosis.abatement.earliest > today
    return diagnosis.clinical_status is not ClinicalStatus.RESOLVED and not diagnosis.abated


def contradicting_end(diagnosis: Diagnosis, today: date) -> str:
    """What the record says of its end and does not end it, in words; empty where it says nothing of the kind."""
    end = diagnosis.abatement
    if end is not None and end.earliest > today:
        return f"its end is dated {end}, which is still to come"
    if diagnosis.abated and diagnosis.clinical_status is ClinicalStatus.ACTIVE:
        return f"recorded as active and as ended{f' on {end}' if end else ''}"
    return ""


def name_words(diagnosis: Diagnosis, today: date) -> str:
    """What a sentence calls it, with what makes it less than plain."""
    unsure = "not confirmed" if diagnosis.verification is Verification.UNCONFIRMED else ""
    beside = "; ".join(filter(None, (unsure, contradicting_end(diagnosis, today))))
    name = diagnosis.text or diagnosis.source.display or diagnosis.source.reference
    return f"{name} ({beside})" if beside else name


def began_on(diagnosis: Diagnosis, today: date) -> date | None:
    """When a condition began as far as the record says: onset, else recorded, else encounter; latest reading."""
    for when in (diagnosis.onset, diagnosis.recorded, diagnosis.encounter_start):
        if when is not None and when.earliest <= today:
            return known_by(when, today)
    return None


def recorded_on(diagnosis: Diagnosis, today: date) -> date:
    """When the record was made, to tell newer evidence from older; a record without any past date is the oldest."""
    for when in (diagnosis.recorded, diagnosis.encounter_start, diagnosis.onset):
        if when is not None and when.earliest <= today:
            return known_by(when, today)
    return date.min


def born_by(diagnosis: Diagnosis, longest: timedelta, today: date) -> date | None:
    """The latest day the birth can have been, of a pregnancy of at most ``longest``; None while the pregnancy lasts."""
    began = began_on(diagnosis, today)
    if Concept.POSTPARTUM in diagnosis.concepts:
        return began or today
    if diagnosis.abatement is not None and diagnosis.abatement.earliest <= today:
        return known_by(diagnosis.abatement, today)
    if is_live(diagnosis, today):
        return None
    return min(today, began + longest) if began else today


def sources_of(diagnoses: Iterable[Diagnosis]) -> tuple[Source, ...]:
    return tuple(map(_SOURCE, diagnoses))


@frozen
class Pain:
    """Newest current score on the 0-10 scale; of several on one day the highest."""

    value: Decimal
    source: Source
    on: date


def current_pain(facts: Facts) -> Pain | None:
    """Rule book 2.3: newest score of the last 14 days; older or undated ones are no pain score at all."""
    first = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.PAIN_RECENT_WITHIN))
    recent = [
        Pain(pain_value(m), m.source, day)
        for m in facts.measurements_of(Quantity.PAIN)
        if (day := facts.day_of(m.when)) is not None and day >= first
    ]
    return max(recent, key=lambda pain: (pain.on, pain.value, pain.source.reference), default=None)


def pain_value(measurement: Measurement) -> Decimal:
    """The score; “more than 6” counts as the next whole point."""
    value = measurement.value or Decimal(0)
    return value + 1 if measurement.comparator == ">" else value
