"""A spinal infection? (rule book 2a, RF5-RF8): signs that mean little alone and stop together."""

from collections.abc import Iterator
from datetime import date, timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis, Measurement, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import answered, is_recent, new, present, readings_of, surely_broken_by, takes
from smartapp.core.derive.facts import SPINAL_SURGERY, Facts, began_on, name_words, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.laboratory import is_high, result, words
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed, unique
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, ProcedureKind, ProcedureState, Quantity
from smartapp.core.thresholds import ThresholdName

# Who is prone to infections; a systemic glucocorticoid counts as well.
HOSTS = (
    Concept.INJECTED_DRUGS,
    Concept.IMMUNOSUPPRESSION,
    Concept.DIALYSIS,
    Concept.INFECTION_ELSEWHERE,
)
RAISED = ((Quantity.CRP, ThresholdName.CRP_ABOVE), (Quantity.ESR, ThresholdName.ESR_ABOVE))
_OPENS_THE_SPINE = SPINAL_SURGERY | {ProcedureKind.SPINAL_INJECTION}
IMMUNOSUPPRESSIVE = (Concept.IMMUNOSUPPRESSION, Concept.GLUCOCORTICOID, "systemic-glucocorticoid")


@frozen
class Signs:
    """What the chart says that belongs together; ``host`` is why this patient is prone to infections."""

    fever: tuple[Diagnosis, ...]
    blood: tuple[Diagnosis, ...]  # in the bloodstream, or of the heart
    inflamed: tuple[Diagnosis, ...]
    raised: tuple[Measurement, ...]  # CRP, ESR
    host: tuple[Source, ...]
    rising: tuple[Source, ...]  # pain scores
    named: tuple[Diagnosis, ...]  # an infection of the spine, by an image and only suspected (PH21)
    spine: bool  # a fracture or new back pain of the last 90 days

    @property
    def systemic(self) -> tuple[Diagnosis, ...]:
        return (*self.fever, *self.blood)

    @property
    def sources(self) -> tuple[Source, ...]:
        measured = (m.source for m in self.raised)
        found = sources_of((*self.systemic, *self.inflamed, *self.named))
        return unique((*found, *measured, *self.host, *self.rising))

    @property
    def stops(self) -> bool:
        """RF6, by an image or by signs; RF5 with rising pain; an infection of the blood is itself why one is feared."""
        beside = bool(self.inflamed or self.raised or self.host or (self.fever and (self.rising or self.blood)))
        return bool(self.named) or (self.spine and bool(self.systemic) and beside)


def note_infection(fractures: Fractures, rising: tuple[Source, ...], facts: Facts) -> Notes:
    """Raises INFECTION_SUSPECTED as a stop or to be reviewed; a host alone is only asked about (RF8)."""
    signs = signs_of(fractures, rising, facts)
    found = (*signs.systemic, *signs.inflamed, *signs.named)
    if not found and not signs.raised:
        if signs.host and readings_of(fractures, facts):
            yield gap("infection-signs", "Fever, sweats or worse pain?", "With one of them an infection is looked for.")
        yield rule_missed("alert.infection-suspected", "No sign of an infection is recorded.", (), signs.host)
        return
    names = (*(name_words(d, facts.today) for d in found), *(words(m, facts) for m in signs.raised))
    why = f"Recorded: {', '.join(names)}."
    days = [*(began_on(d, facts.today) for d in found), *(facts.day_of(m.when) for m in signs.raised)]
    newest = None if None in days else max(day for day in days if day)
    if said := answered(AttestationName.INFECTION_EXCLUDED, newest, facts):
        yield rule_missed("alert.infection-suspected", f"{why} Excluded on {said.on}.", (), signs.sources)
    elif signs.stops:
        yield alert(AlertCode.INFECTION_SUSPECTED, why, signs.sources)
    elif signs.systemic and signs.spine:
        yield alert(AlertCode.INFECTION_SUSPECTED, why, signs.sources, eased=True, variant="fever")
    elif _is_unexplained(signs, fractures, facts):
        yield alert(AlertCode.INFECTION_SUSPECTED, why, signs.sources, eased=True, variant="inflammation")
    else:
        yield rule_missed("alert.infection-suspected", f"{why} Nothing else points to an infection.", (), signs.sources)


def signs_of(fractures: Fractures, rising: tuple[Source, ...], facts: Facts) -> Signs:
    within = ThresholdName.SYMPTOM_NEW_WITHIN
    return Signs(
        fever=(*_recent(facts, Concept.FEVER, ThresholdName.FEVER_WITHIN), *_measured_fever(facts)),
        blood=_recent(facts, Concept.BLOODSTREAM_INFECTION, within),
        inflamed=_recent(facts, Concept.INFLAMMATION, ThresholdName.INFLAMMATION_WITHIN),
        raised=tuple(_raised(facts)),
        host=_host(facts),
        rising=rising,
        named=present(facts, Concept.INFECTION_SUSPECTED),
        spine=_is_spine_new(fractures, facts),
    )


def _is_spine_new(fractures: Fractures, facts: Facts) -> bool:
    days = [reading.day if reading else None for reading in readings_of(fractures, facts)]
    recent = [day for day in days if is_recent(day, ThresholdName.SYMPTOM_NEW_WITHIN, facts)]
    return bool(recent or new(facts, Concept.BACK_PAIN))


def _recent(facts: Facts, concept: Concept, within: ThresholdName) -> tuple[Diagnosis, ...]:
    """Begun within the days or on an unknown day, also when over since."""
    if concept not in facts.recorded:
        return ()
    found = [d for d in facts.chart.diagnoses if concept in d.concepts]
    return tuple([d for d in found if is_recent(began_on(d, facts.today), within, facts)])


def _measured_fever(facts: Facts) -> Iterator[Diagnosis]:
    """Every temperature of the last days that is a fever, as the finding it is (RF5)."""
    for m in facts.measurements_of(Quantity.TEMPERATURE):
        high = m.value is not None and m.value >= facts.knowledge.number(ThresholdName.FEVER_AT)
        if high and is_recent(facts.day_of(m.when), ThresholdName.FEVER_WITHIN, facts):
            text = f"temperature {m.recorded_value or m.value}"
            yield Diagnosis(m.source, frozenset({Concept.FEVER.value}), recorded=m.when, text=text)


def _host(facts: Facts) -> tuple[Source, ...]:
    """Diseases, medicines, and a spinal injection or operation of the last 90 days or of an unknown day."""
    diseases = (*present(facts, *HOSTS), *facts.live(Concept.GLUCOCORTICOID))
    medicines = [source for concept in IMMUNOSUPPRESSIVE for source in takes(concept, facts)]
    done = [
        p.source
        for p in facts.chart.procedures
        if p.kind in _OPENS_THE_SPINE
        and p.state is ProcedureState.COMPLETED
        and is_recent(facts.day_of(p.performed), ThresholdName.SYMPTOM_NEW_WITHIN, facts)
    ]
    return unique((*sources_of(diseases), *medicines, *done))


def _raised(facts: Facts) -> Iterator[Measurement]:
    """The newest CRP and ESR of the last 30 days, where it is raised."""
    for quantity, limit in RAISED:
        found = result(quantity, facts, ThresholdName.INFLAMMATION_WITHIN)
        if found and is_high(found, facts, limit):
            yield found


def _is_unexplained(signs: Signs, fractures: Fractures, facts: Facts) -> bool:
    """RF7: more than 14 days after the newest fracture the fracture itself no longer explains it."""
    measured = [facts.day_of(m.when) or facts.today for m in signs.raised]
    days: list[date] = [*measured, *([facts.today] if signs.inflamed else [])]
    broken = surely_broken_by(fractures, facts)
    wait = timedelta(days=facts.knowledge.whole(ThresholdName.INFLAMMATION_AFTER))
    return any(broken is None or day - broken > wait for day in days)
