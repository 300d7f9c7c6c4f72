"""Of exercises that must not stand in one session the one that fits the facts (rule book 2b, FT6; 2c, CX56)."""

from collections.abc import Iterable

from smartapp.core.plan.case import PlanCase
from smartapp.core.sessions import Situation, TwinChoice, Twins


def chosen_twin(twins: Twins, case: PlanCase, at_hand: Iterable[str]) -> TwinChoice | None:
    """The first choice that holds and is among ``at_hand``; None where there is none."""
    there = set(at_hand)
    return next((each for each in twins.choices if each.exercise in there and _holds(each.when, case)), None)


def _holds(when: Situation, case: PlanCase) -> bool:
    moves, pain = case.movement, case.assessment.pain
    measured = (
        (moves.chair_stands, when.chair_stands_below),
        (moves.timed_up_and_go, when.timed_up_and_go_below),
        (moves.semi_tandem, when.semi_tandem_below),
        (moves.tandem, when.tandem_below),
    )
    return (
        (not when.phases or case.phase in when.phases)
        and when.gates <= case.open_gates
        and (when.pain_at_least is None or (pain is not None and pain >= when.pain_at_least))
        and all(bound is None or (value is not None and value < bound) for value, bound in measured)
        and (not when.removed or when.removed in case.assessment.removed)
    )
