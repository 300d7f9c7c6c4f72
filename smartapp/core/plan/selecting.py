"""Case -> the exercises of its session and home sets, each in its block, and what was left out and why.

In this order (rule book 2c, P6 and P7): the session of phase, track and pain, or a keep-set; of twins the one the facts
ask for; less what limits take out; what takes its place; then the home sets.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from smartapp.core.assessment import Assessment
from smartapp.core.dose_words import fitt_words
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Dose, Effect, Exercise, Modification
from smartapp.core.plan.case import PlanCase
from smartapp.core.plan.choosing import Chosen, Selection, StandsFor, why_unfit
from smartapp.core.plan.home import home_sets, may_be, with_whom
from smartapp.core.plan.limits import ONE_SIDE, free_side, why_off_track, why_removed
from smartapp.core.plan.patient_context import PatientContext, evidence, holds, patient_context
from smartapp.core.plan.remarks import remarks
from smartapp.core.plan.twins import chosen_twin
from smartapp.core.program import BlockCode, HomeSet, Turn
from smartapp.core.proposal import Activity
from smartapp.core.sessions import SessionSet
from smartapp.core.states import Phase, Track
from smartapp.core.thresholds import ThresholdName

_RISING = frozenset({"E51", "E52"})  # with one helper
_REACHING = "E45"  # seated balance of who does not rise
_PULL = "E19"
_PRONE = {_PULL: "E16", "E46": _PULL}
_MARCH, _SLIDES, _SLIDE = "E42", "E12", "slide"


@dataclass(frozen=True)
class Slot:
    """An exercise the session asks for, before limits and conditions."""

    id: str
    block: BlockCode
    turn: Turn = Turn.EVERY
    variant: str = ""


def choose_exercises(assessment: Assessment, knowledge: Knowledge, facts: PatientContext) -> Selection:
    """Exercises for this patient, those of the session first, then those of the home sets only."""
    if assessment.effective_phase is None:
        return Selection((), ())
    case = PlanCase(assessment, knowledge, facts)
    places = _template_places(case) if case.kept is None else _kept_places(case.kept, case)
    session, left_out = _filled(tuple(places), case)
    return Selection(tuple(_with_home(session, case)), tuple(dict.fromkeys((*left_out, *remarks(case)))))


def _template_places(case: PlanCase) -> Iterator[Slot]:
    """What the session names, of twins the one by fact; not what does not fit phase, gates and restrictions."""
    library = case.knowledge.library
    for id_, turn in _turns(case).items():
        twins = library.twins_of.get(id_) if case.template.set is SessionSet.FULL else None
        choice = chosen_twin(twins, case, at_hand(twins.ids, case)) if twins else None
        exercise = library.exercises[choice.exercise if choice else id_]
        if not why_unfit(exercise, case.assessment):
            block = BlockCode.LIMBS if case.seated_for_a_leg and exercise.id == _PULL else case.dose(exercise).block
            yield Slot(exercise.id, block, turn, choice.variant if choice else "")


def _kept_places(kept: frozenset[str], case: PlanCase) -> Iterator[Slot]:
    """What a keep-set leaves, each in its own block; nothing is borrowed."""
    library = case.knowledge.library
    there = at_hand(sorted(kept - _barred(case)), case)
    for id_ in there:
        twins = library.twins_of.get(id_)
        choice = chosen_twin(twins, case, there) if twins else None
        if choice is None or choice.exercise == id_:
            yield Slot(id_, case.dose(library.exercises[id_]).block, Turn.EVERY, choice.variant if choice else "")


def at_hand(ids: Iterable[str], case: PlanCase) -> list[str]:
    """Those that fit phase, gates, restrictions and track."""
    exercises = case.knowledge.library.exercises
    rows = (exercises[id_] for id_ in ids)
    return [
        row.id
        for row in rows
        if not why_unfit(row, case.assessment) and not why_off_track(row, case.assessment, case.knowledge)
    ]


def _turns(case: PlanCase) -> Mapping[str, Turn]:
    """Who rises with one helper does so in place of the seated reach (rule book 2c, CD13); who sits only for a leg that
    bears no weight lifts the back lying prone, and pulls instead of lifting the body on the arms (2c, section 7)."""
    template, removed = case.template, case.assessment.removed
    turns = template.turns
    if case.seated_for_a_leg:
        turns = {_PRONE.get(id_, id_): turn for id_, turn in turns.items()}
    rising = [id_ for id_ in template.rising if id_ not in removed] if case.stands_with_one else []
    if not rising:
        return turns
    stays = {id_: turn for id_, turn in turns.items() if id_ != _REACHING}
    return stays | dict(zip(template.rising, (Turn.ODD, Turn.EVEN), strict=True))


def _barred(case: PlanCase) -> frozenset[str]:
    """Rising with a helper is for those of whom it is said that they do."""
    return frozenset() if case.stands_with_one else _RISING


def _filled(places: tuple[Slot, ...], case: PlanCase) -> tuple[dict[str, Chosen], list[str]]:
    exercises = case.knowledge.library.exercises
    reasons = {place.id: _why_left_out(exercises[place.id], case) for place in places}
    session = {id_ for id_, reason in reasons.items() if reason is None}
    picked: dict[str, Chosen] = {}
    left_out: list[str] = []
    for place in places:
        exercise, reason = exercises[place.id], reasons[place.id]
        if reason is None:
            earlier = picked.get(place.id)
            picked[place.id] = _chosen(exercise, place, case, earlier.stands_for if earlier else ())
            continue
        left_out.append(reason.text)
        target = _stand_in(exercise, session, case)
        if target is not None:
            session.add(target.id)
            stood_for = picked[target.id].stands_for if target.id in picked else ()
            picked[target.id] = _chosen(target, place, case, (*stood_for, reason))
    return picked, left_out


def _why_left_out(exercise: Exercise, case: PlanCase) -> StandsFor | None:
    """The constraints, else the first condition of the patient, that take the exercise out of the plan."""
    because = case.assessment.removed.get(exercise.id, ())
    if because:
        sources = dict.fromkeys(source for constraint in because for source in constraint.reason.sources)
        return StandsFor(exercise.id, why_removed(exercise, case.assessment), tuple(sources))
    swap = next(_swaps(exercise, case.facts), None)
    if not swap:
        return None
    text = f"{exercise.id} ({exercise.title}) is left out. {swap.text}"
    return StandsFor(exercise.id, text, evidence(swap.unless, case.assessment, case.facts))


def _stand_in(exercise: Exercise, session: set[str], case: PlanCase) -> Exercise | None:
    """The first that may take its place; one of a condition may be in the session by itself."""
    if case.kept is not None:
        return None
    rows = case.knowledge.library.exercises
    if exercise.id in case.assessment.removed:
        order = (id_ for id_ in case.knowledge.constraints.swaps.get(exercise.id, ()) if id_ not in session)
    else:
        order = (swap.swap_to for swap in islice(_swaps(exercise, case.facts), 1) if swap.swap_to)
    targets = (rows[id_] for id_ in order)
    return next((t for t in targets if may_stand_in(t, exercise.id, session, case)), None)


def may_stand_in(target: Exercise, for_: str, session: set[str], case: PlanCase) -> bool:
    assessment, knowledge = case.assessment, case.knowledge
    if target.id in assessment.removed or target.id in _barred(case) or why_unfit(target, assessment):
        return False
    if case.track is not Track.STANDING and why_off_track(target, assessment, knowledge):
        return False  # who stands borrows from the chair without changing track
    if knowledge.library.twin_beside(target.id, session) or not _by_fact(target, for_, case):
        return False
    return not any(m.effect is not Effect.MODIFY and holds(m.unless, case.facts) for m in target.modifications)


def _by_fact(target: Exercise, for_: str, case: PlanCase) -> bool:
    """Whether the facts ask for it among its twins that are left."""
    twins = case.knowledge.library.twins_of.get(target.id)
    if twins is None:
        return True
    rows = case.knowledge.library.exercises
    left = (i for i in at_hand(twins.ids, case) if i != for_ and _why_left_out(rows[i], case) is None)
    choice = chosen_twin(twins, case, left)
    return choice is None or choice.exercise == target.id


def _swaps(exercise: Exercise, facts: PatientContext) -> Iterator[Modification]:
    """The conditions of the patient that take the exercise out of the plan; the first decides."""
    for each in exercise.modifications:
        if each.effect in (Effect.SWAP, Effect.LEAVE_OUT) and holds(each.unless, facts):
            yield each


def _chosen(exercise: Exercise, place: Slot, case: PlanCase, stands_for: tuple[StandsFor, ...]) -> Chosen:
    facts = case.facts
    holding = [m for m in exercise.modifications if m.effect is Effect.HOLD and holds(m.unless, facts)]
    adapted = tuple(m for m in exercise.modifications if m.effect is Effect.MODIFY and holds(m.unless, facts))
    waits = bool(holding)
    variant = place.variant if place.id == exercise.id else ""
    return Chosen(
        exercise,
        _for_one_leg(started(case.dose(exercise), case), exercise.id, case),
        waiting=" ".join(m.text for m in holding),
        patient_waiting=" ".join(m.patient_text for m in holding),
        adapted=(*holding, *adapted),
        stands_for=stands_for,
        block=None if waits else place.block,
        turn=place.turn,
        variant=tuple(filter(None, (variant, _slide(exercise.id, case), _one_side(exercise.id, case)))),
    )


def started(dose: Dose, case: PlanCase) -> Dose:
    """The first number of repetitions where the test it follows from is known (half of the chair stands)."""
    stands = case.movement.chair_stands
    if not dose.fitt.start_reps or stands is None:
        return dose
    fitt = replace(dose.fitt, start_reps=str(max(1, int(stands / 2))))
    return replace(dose, fitt=replace(fitt, text=fitt_words(fitt)))


def _for_one_leg(dose: Dose, id_: str, case: PlanCase) -> Dose:
    """Without “each side” where one leg works alone."""
    if not dose.fitt.per_side or free_side(id_, case.assessment) is None:
        return dose
    fitt = replace(dose.fitt, per_side=False)
    return replace(dose, fitt=replace(fitt, text=fitt_words(fitt)))


def _slide(id_: str, case: PlanCase) -> str:
    """E12 without the march: with pain, after an operation, in place of bracing, and where marching is taken out."""
    pain = case.assessment.pain
    hurts = pain is not None and pain > case.knowledge.number(ThresholdName.PAIN_PERMITS_TO)
    early = case.phase is Phase.INITIAL or case.kept is not None
    return _SLIDE if id_ == _SLIDES and (hurts or early or _MARCH in case.assessment.removed) else ""


def _one_side(id_: str, case: PlanCase) -> str:
    """With the leg that is not limited only (rule book 2c, CX59)."""
    side = free_side(id_, case.assessment)
    return "" if side is None else "-".join(filter(None, (ONE_SIDE, side)))


def _with_home(session: Mapping[str, Chosen], case: PlanCase) -> Iterator[Chosen]:
    there = {id_: frozenset(s.id for s in each.stands_for) for id_, each in session.items()}
    sets = home_sets(there, case)
    for id_, chosen in session.items():
        home_set, note = with_whom(id_, sets[id_], case) if id_ in sets and not chosen.waiting else (None, "")
        yield replace(chosen, home_set=home_set, home_note=note)
    for id_, named in sets.items():
        if id_ not in session:
            yield from _home_only(id_, named, case)


def _home_only(id_: str, named: HomeSet, case: PlanCase) -> Iterator[Chosen]:
    exercise = case.knowledge.library.exercises[id_]
    home_set, note = with_whom(id_, named, case)
    if home_set is None or not at_hand((id_,), case) or id_ in _barred(case) or _why_left_out(exercise, case):
        return
    chosen = _chosen(exercise, Slot(id_, case.dose(exercise).block), case, ())
    if not chosen.waiting:
        yield replace(chosen, block=None, home_set=home_set, home_note=note)


def exchanged(
    exercise: Exercise,
    activity: Activity,
    adapted: tuple[Modification, ...],
    assessment: Assessment,
    knowledge: Knowledge,
) -> Chosen:
    """The exercise a clinician puts in the place of another: its block and turn, and at home where it may be."""
    case = PlanCase(assessment, knowledge, patient_context(assessment, knowledge))
    dose = started(case.dose(exercise), case)
    place = Slot(exercise.id, dose.block)
    home_set, note = activity.home_set, ""
    if home_set is not None:
        home_set, note = with_whom(exercise.id, home_set, case) if may_be(dose.home, home_set) else (None, "")
    block = activity.block or (dose.block if activity.home_set is None or home_set is None else None)
    chosen = _chosen(exercise, place, case, ())
    return replace(chosen, adapted=adapted, block=block, turn=activity.turn, home_set=home_set, home_note=note)
