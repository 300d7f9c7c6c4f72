"""Nerve roots and cord (rule book 2a, RF1-RF4): what stops, what is asked about, and what new root pain holds back."""

from datetime import timedelta

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Diagnosis
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import Hold, answered, is_new, is_older_than_fracture, new, present
from smartapp.core.derive.facts import Facts, began_on, name_words, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, Noting, alert, rule_missed
from smartapp.core.kinds import AttestationName
from smartapp.core.states import Prone
from smartapp.core.thresholds import ThresholdName

# Beside leakage each makes it an emergency: signs of back or leg.
BESIDE_LEAKAGE = (
    Concept.RADICULOPATHY,
    Concept.MOTOR_DEFICIT,
    Concept.NEURO_SIGN,
    Concept.MYELOPATHY,
    Concept.BACK_PAIN,
)


# Without any of these there is nothing to note.
_NOTED = (
    Concept.NEURO_DEFICIT,
    Concept.NEURO_SIGN,
    Concept.BLADDER_BOWEL,
    Concept.MYELOPATHY,
    Concept.MOTOR_DEFICIT,
    Concept.RADICULOPATHY,
)


def note_neurology(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    if facts.recorded.isdisjoint(_NOTED):
        return ()
    yield from _note_deficits(fractures, facts)
    yield from _note_signs(facts)
    yield from _note_leakage(facts)
    yield from _note_cord(fractures, facts)
    yield from _note_strength(fractures, facts)
    return (yield from _note_roots(facts))


def _since(diagnosis: Diagnosis, facts: Facts) -> str:
    day = began_on(diagnosis, facts.today)
    return f"{name_words(diagnosis, facts.today)}, since {day or 'an unknown day'}."


def _note_deficits(fractures: Fractures, facts: Facts) -> Notes:
    """A deficit stops while it is recorded, unless it is known to be older than the fracture (2c, K9)."""
    for diagnosis in present(facts, Concept.NEURO_DEFICIT):
        if is_older_than_fracture(diagnosis, fractures, facts):
            yield alert(AlertCode.NEURO_HISTORY, _since(diagnosis, facts), [diagnosis.source], variant="deficit")
        else:
            why = f"Recorded: {name_words(diagnosis, facts.today)}."
            yield alert(AlertCode.NEURO_RED_FLAG, why, [diagnosis.source])


def _note_signs(facts: Facts) -> Notes:
    """Signs stop while new (90 days) or undated, older ones are mentioned."""
    for diagnosis in present(facts, Concept.NEURO_SIGN):
        if is_new(diagnosis, facts):
            yield alert(AlertCode.NEURO_RED_FLAG, _since(diagnosis, facts), [diagnosis.source])
        else:
            yield alert(AlertCode.NEURO_HISTORY, _since(diagnosis, facts), [diagnosis.source], eased=True)


def _note_leakage(facts: Facts) -> Notes:
    """RF1: new leakage alone is asked about, with a sign of back or leg it is an emergency."""
    beside = new(facts, *BESIDE_LEAKAGE)
    for diagnosis in present(facts, Concept.BLADDER_BOWEL):
        why, source = _since(diagnosis, facts), diagnosis.source
        if not is_new(diagnosis, facts):
            yield alert(AlertCode.NEURO_HISTORY, why, [source], eased=True)
        elif beside:
            words = ", ".join(name_words(d, facts.today) for d in beside)
            yield alert(AlertCode.NEURO_RED_FLAG, f"{why} With it: {words}.", [source, *sources_of(beside)])
        else:
            yield alert(AlertCode.NEURO_RED_FLAG, why, [source], eased=True, variant="leakage")


def _note_cord(fractures: Fractures, facts: Facts) -> Notes:
    """RF3: only of the neck, and older than the fracture, the cord is asked about instead."""
    for diagnosis in present(facts, Concept.MYELOPATHY):
        named = f"{diagnosis.text} {diagnosis.source.display}".lower()
        if "cervical" in named and is_older_than_fracture(diagnosis, fractures, facts):
            yield alert(AlertCode.NEURO_HISTORY, _since(diagnosis, facts), [diagnosis.source], variant="deficit")
        else:
            yield alert(AlertCode.NEURO_RED_FLAG, _since(diagnosis, facts), [diagnosis.source], variant="cord")


def _note_strength(fractures: Fractures, facts: Facts) -> Notes:
    """RF2: weakness stops while new, or beside new root pain, until the legs are examined and found strong."""
    roots = new(facts, Concept.RADICULOPATHY)
    for diagnosis in present(facts, Concept.MOTOR_DEFICIT):
        why, source = _since(diagnosis, facts), diagnosis.source
        if said := answered(AttestationName.MOTOR_INTACT, began_on(diagnosis, facts.today), facts):
            yield rule_missed("alert.neuro-red-flag", f"{why} Strength confirmed as normal on {said.on}.", (), [source])
        elif is_new(diagnosis, facts) or any(_are_beside(diagnosis, root, facts) for root in roots):
            yield alert(AlertCode.NEURO_RED_FLAG, why, [source], variant="motor")
        else:
            older = is_older_than_fracture(diagnosis, fractures, facts)
            yield alert(AlertCode.NEURO_HISTORY, why, [source], eased=older, variant="deficit")


def _are_beside(weakness: Diagnosis, root: Diagnosis, facts: Facts) -> bool:
    """In the same record, or within 30 days of each other; root pain without a day may be of any."""
    first, second = began_on(weakness, facts.today), began_on(root, facts.today)
    if weakness is root or first is None or second is None:
        return True
    return abs(first - second) <= timedelta(days=facts.knowledge.whole(ThresholdName.WEAKNESS_BESIDE_WITHIN))


def _note_roots(facts: Facts) -> Noting[tuple[Hold, ...]]:
    """RF4: new root pain holds the initial phase and prone work until the legs are found strong; none is extended."""
    holds = []
    for diagnosis in present(facts, Concept.RADICULOPATHY):
        why, sources = _since(diagnosis, facts), (diagnosis.source,)
        said = answered(AttestationName.MOTOR_INTACT, began_on(diagnosis, facts.today), facts)
        if not is_new(diagnosis, facts):
            yield alert(AlertCode.RADICULOPATHY, why, sources, eased=True, variant="old")
        elif said:
            yield alert(
                AlertCode.RADICULOPATHY, f"{why} Strength confirmed as normal on {said.on}.", sources, eased=True
            )
        else:
            yield alert(AlertCode.RADICULOPATHY, why, sources)
        open_ = is_new(diagnosis, facts) and not said
        holds.append(
            Hold(
                "RF4",
                "Nerve-root pain is recorded and nothing says that the legs are strong." if open_ else why,
                sources,
                "an examination that finds the legs strong",
                initial=open_,
                prone=Prone.CONDITIONAL if open_ else Prone.ALLOWED,
                neutral=True,
            )
        )
    return tuple(holds)
