"""Which exercises are done at home, every day or in a home session, and whether somebody has to be there.

Rule book 2b, 1.3 and 2c, CD30: what must not be done alone is not in the home set, save with a carer.
"""

from collections.abc import Mapping

from smartapp.core.plan.case import PlanCase
from smartapp.core.plan.limits import not_alone
from smartapp.core.plan.twins import chosen_twin
from smartapp.core.program import HomeSet, HomeUse
from smartapp.core.sessions import SessionSet

WITH_HELPER = "with-helper"
_USES = {
    HomeSet.DAILY: frozenset({HomeUse.DAILY, HomeUse.GUARDED, HomeUse.HELPED}),
    HomeSet.SESSION: frozenset({HomeUse.DAILY, HomeUse.SESSION}),
}


def may_be(use: HomeUse, home_set: HomeSet) -> bool:
    return use in _USES[home_set]


def home_sets(session: Mapping[str, frozenset[str]], case: PlanCase) -> dict[str, HomeSet]:
    """Ids of the home sets; ``session``: what is in the supervised one, with what each stands for.

    Where a twin or a stand-in is in the session, it is done at home as well, if it may be; else the one named.
    """
    template = case.template
    if case.kept is not None and template.set in (SessionSet.FULL, SessionSet.EARLY_PAIN):
        daily: tuple[str, ...] = tuple(sorted(case.kept))
        later: tuple[str, ...] = ()
    else:
        daily, later = template.daily, template.home_session
    found: dict[str, HomeSet] = {}
    for ids, home_set in ((daily, HomeSet.DAILY), (later, HomeSet.SESSION)):
        for id_ in ids:
            named = _at_home(id_, session, home_set, case)
            if may_be(case.dose(case.knowledge.library.exercises[named]).home, home_set):
                found.setdefault(named, home_set)
    return found


def _at_home(id_: str, session: Mapping[str, frozenset[str]], home_set: HomeSet, case: PlanCase) -> str:
    if id_ in session:
        return id_
    library = case.knowledge.library
    twins = library.twins_of.get(id_)
    ids = twins.ids if twins else frozenset[str]()
    near = [other for other, stands_for in session.items() if id_ in stands_for or other in ids]
    choice = chosen_twin(twins, case, ids) if twins else None
    by_fact = [choice.exercise] if choice else []
    fit = (o for o in (*near, *by_fact) if may_be(case.dose(library.exercises[o]).home, home_set))
    return next(fit, id_)


def with_whom(id_: str, home_set: HomeSet, case: PlanCase) -> tuple[HomeSet | None, str]:
    """The set it stays in, if it does, and ``with-helper`` where it is not done alone."""
    use = case.dose(case.knowledge.library.exercises[id_]).home
    if id_ in not_alone(case.assessment, case.knowledge):
        return (home_set, WITH_HELPER) if case.has_carer else (None, "")
    if use is HomeUse.HELPED:
        return home_set, WITH_HELPER
    if use is not HomeUse.GUARDED:
        return home_set, ""
    test = case.movement.timed_up_and_go
    if test is None:
        return home_set, WITH_HELPER
    return (home_set, "") if test < case.knowledge.library.programme.steady_below_seconds else (None, "")
