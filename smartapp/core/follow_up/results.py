"""What was measured since the plan was signed: tests, goals, falls, bone (FU7-FU9, FU12, FU14).

The same result told twice is one. What was not read at signing is not called new, and what is not read now not gone.
"""

from collections.abc import Mapping
from decimal import Decimal

from smartapp.core.assessment import BoneDensity
from smartapp.core.changes import ChangeName
from smartapp.core.chart import Measurement, Source
from smartapp.core.derive.bone_scans import density_changes
from smartapp.core.derive.fracture import fractures_of
from smartapp.core.derive.measures import Measures
from smartapp.core.derive.walking_aid import is_of_another_aid
from smartapp.core.follow_up.comparison import Changes, Comparison, known_references, listed, spaced
from smartapp.core.kinds import Measure, Quantity
from smartapp.core.outcomes import BetterWhen, OutcomeTest
from smartapp.core.program import OutcomeMeasure
from smartapp.core.proposal import ProposedGoal
from smartapp.core.threshold_words import shown_number

_ELSEWHERE = ("nrs", "height", "occiput-wall")  # pain and what may mean a new fracture have rows of their own
_FLAT_OF = 3  # two of three (FU9)


# -- tests and goals


def tests(seen: Comparison) -> Changes:
    """FU8 and FU9; a test a goal was reached by is told there alone."""
    if not seen.signed.measures:
        return  # signed before tests were kept with a plan
    before = {m.row: m for m in seen.signed.measures}
    other_aid = {row for row, first in before.items() if _walked_otherwise(first, seen)}
    fresh = {m.row: m for m in seen.now.measures if _is_new(before.get(m.row), m)}
    told = set()
    for goal in seen.signed.goals:
        row = _test_of(goal, seen)
        if row and goal.baseline is not None and (goal.low is not None or goal.high is not None):
            found = fresh.get(row) if row not in other_aid else None
            if found and found.value is not None and reaches(goal, found.value):
                told.add(row)
                yield seen.change(ChangeName.GOAL_MET, _source(found), **_goal_words(goal, found, seen))
            elif goal.due and goal.due < seen.day:
                yield seen.change(ChangeName.GOAL_PAST, _source(found), **_goal_words(goal, found, seen))
    flat = []
    for row, found in fresh.items():
        test, first = seen.knowledge.library.tests[row], before.get(row)
        if first is None or first.value is None:
            yield seen.change(ChangeName.FIRST_RESULT, _source(found), test=test.title, after=_result(found))
        elif row in other_aid:
            words = {"test": test.title, "before": _result(first), "after": _result(found)}
            yield seen.change(ChangeName.TREND, _source(found), **words, by=seen.word("other_aid"))
            continue
        elif row not in (*told, *_ELSEWHERE):
            yield from _trend(test, first, found, seen)
        if first and first.value is not None and row not in _ELSEWHERE:
            flat.append((test, first, found))
    yield from _flat(flat, seen)


def _walked_otherwise(first: OutcomeMeasure, seen: Comparison) -> bool:
    """Whether the signed result was measured with another walking aid than is used now (OM7)."""
    of_it = (m for m in seen.today.chart.measurements if m.source.reference == first.source)
    return any(is_of_another_aid(m, seen.today.chart, seen.day) for m in of_it)


def _is_new(before: OutcomeMeasure | None, found: OutcomeMeasure) -> bool:
    """A dated result later than the signed one, or the first there is."""
    if found.value is None or found.day is None:
        return False
    return before is None or before.value is None or before.day is None or found.day > before.day


def _source(found: OutcomeMeasure | None) -> tuple[Source, ...]:
    return (Source(found.source),) if found and found.source else ()


def _result(found: OutcomeMeasure) -> str:
    value = shown_number(found.value or Decimal(0))
    return f"{' '.join(filter(None, (value, found.unit)))}{f', {found.day}' if found.day else ''}"


def _gained(test: OutcomeTest, before: OutcomeMeasure, found: OutcomeMeasure) -> Decimal:
    change = (found.value or Decimal(0)) - (before.value or Decimal(0))
    return -change if test.better is BetterWhen.LOWER else change


def _trend(test: OutcomeTest, before: OutcomeMeasure, found: OutcomeMeasure, seen: Comparison) -> Changes:
    gained = _gained(test, before, found)
    words = {"test": test.title, "before": _result(before), "after": _result(found)}
    clear = test.change is not None and test.better is not BetterWhen.NEITHER and abs(gained) >= test.change
    if clear and gained < 0:
        by = " ".join(filter(None, (shown_number(-gained), test.unit_words)))
        yield seen.change(ChangeName.TEST_WORSE, _source(found), **words, by=by)
    elif gained:
        yield seen.change(ChangeName.TREND, _source(found), **words, by=seen.word("better" if clear else "unclear"))


def _flat(tested: list[tuple[OutcomeTest, OutcomeMeasure, OutcomeMeasure]], seen: Comparison) -> Changes:
    """Two of three without a clear change, twelve weeks and more after the signature."""
    weeks = (seen.day - seen.since).days
    flat = [each for each in tested if each[0].change is not None and abs(_gained(*each)) < each[0].change]
    least = seen.least(ChangeName.TESTS_FLAT)
    if weeks < seen.days(ChangeName.TESTS_FLAT) or len(flat) < least or len(flat) * _FLAT_OF < len(tested) * least:
        return
    words = {
        "before": listed(f"{test.title} {_result(before)}" for test, before, _ in flat),
        "after": listed(f"{test.title} {_result(found)}" for test, _, found in flat),
        "weeks": weeks // 7,
    }
    yield seen.change(ChangeName.TESTS_FLAT, [source for *_, found in flat for source in _source(found)], **words)


def _test_of(goal: ProposedGoal, seen: Comparison) -> str:
    """The row of the test the goal was measured by; empty where it had none."""
    target = next((row for row in seen.knowledge.library.goals if row.id == goal.id), None)
    tests_of = [seen.knowledge.library.tests[id_] for id_ in target.tests] if target else []
    coded = [test.id for test in tests_of if goal.measure and test.code == goal.measure]
    return next(iter(coded), tests_of[0].id if tests_of and not goal.measure else "")


def goal_of(row: str, seen: Comparison) -> ProposedGoal | None:
    """The signed goal with a number that is measured by a test."""
    goals = (goal for goal in seen.signed.goals if goal.low is not None or goal.high is not None)
    return next((goal for goal in goals if goal.baseline is not None and _test_of(goal, seen) == row), None)


def reaches(goal: ProposedGoal, value: Decimal) -> bool:
    return (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)


def _goal_words(goal: ProposedGoal, found: OutcomeMeasure | None, seen: Comparison) -> Mapping[str, object]:
    target, bound = (goal.high, "at_most") if goal.low is None else (goal.low, "at_least")
    following = next((each for each in seen.now.goals if each.id == goal.id and each.baseline is not None), None)
    return {
        "goal": goal.measure_text or goal.id,
        "before": seen.word(bound).format(
            baseline=shown_number(goal.baseline or Decimal(0)), target=shown_number(target or Decimal(0))
        ),
        "after": _result(found) if found else seen.word("no_result"),
        "day": goal.due,
        "next": seen.word("next_goal").format(goal=following.description) if following else seen.word("keep_goal"),
    }


# -- falls


def falls(seen: Comparison) -> Changes:
    """FU12: a fall on a day that was not on record, or more of them told."""
    before, after = Measures(seen.facts_then, seen.then.broken_on), Measures(seen.facts, seen.today.broken_on)
    days = {r.day for r in before.readings(Measure.FALLS_SINCE)}
    fresh = [r for r in after.readings(Measure.FALLS_SINCE) if r.day and r.day not in days]
    told = [r.value for r in before.readings(Measure.OTHER_FALLS)]
    more = [
        r for r in after.readings(Measure.OTHER_FALLS)
        if (r.day is None or r.day >= seen.since) and r.value > max(told, default=Decimal(0))
    ]  # fmt: skip
    found = fresh or more
    if found:
        said = listed(str(r.day) if fresh else r.name for r in found)
        known = seen.word("falls").format(count=shown_number(max(told))) if told else seen.word("none")
        yield seen.change(ChangeName.FALL, [r.source for r in found], before=known, after=said)


# -- bone and laboratory


def laboratory(seen: Comparison) -> Changes:
    """FU14."""
    then, now = seen.then.bone_density, seen.today.bone_density
    if now and now.source and _differs(then, now):
        name = ChangeName.BONE_SCAN if then and then.cls == now.cls else ChangeName.BONE_CLASS
        words = {"before": _density(then, seen), "after": _density(now, seen), "cls": spaced(now.cls)}
        yield seen.change(name, [now.source], **words)
    yield from _density_changes(seen)
    before, after = seen.then.vitamin_d, seen.today.vitamin_d
    if after and (before is None or (before.ng_per_ml, before.on) != (after.ng_per_ml, after.on)):
        said = [f"{shown_number(v.ng_per_ml)} ng/mL{f', {v.on}' if v.on else ''}" if v else "" for v in (before, after)]
        yield seen.change(
            ChangeName.VITAMIN_D,
            [after.source],
            before=said[0] or seen.word("none"),
            after=f"{said[1]}: {spaced(after.cls)}",
        )
    yield from _kidneys(seen)


def _differs(then: BoneDensity | None, now: BoneDensity) -> bool:
    """Another class, or a later scan."""
    if then is None or then.cls != now.cls:
        return True
    return now.on is not None and (then.on is None or now.on > then.on)


def _density_changes(seen: Comparison) -> Changes:
    """Scans that are new, against the best before at the same site on the same scanner: beyond its error or not."""
    known = known_references(seen.then.chart)
    for change in density_changes(fractures_of(seen.facts), seen.facts):
        if change.after.source.reference in known:
            continue
        name = (
            ChangeName.BONE_LOST if change.lost else ChangeName.BONE_GAINED if change.gained else ChangeName.BONE_SAME
        )
        words = {"before": _scanned(change.before, seen), "after": _scanned(change.after, seen)}
        said = {"percent": shown_number(round(change.percent, 1)), "least": shown_number(change.least)}
        site = spaced(change.after.site or "").capitalize()
        yield seen.change(name, change.sources, **words, **said, site=site)


def _scanned(found: Measurement, seen: Comparison) -> str:
    return f"{shown_number(found.value or Decimal(0))} g/cm2, {found.when or seen.word('no_day')}"


def _density(found: BoneDensity | None, seen: Comparison) -> str:
    if found is None or found.value is None:
        return spaced(found.cls) if found else seen.word("none")
    site = f"{spaced(found.site)}, " if found.site else ""
    return f"{found.value} ({site}{found.on or seen.word('no_day')}): {spaced(found.cls)}"


def _kidneys(seen: Comparison) -> Changes:
    before, after = (next(iter(f.measurements_of(Quantity.EGFR)), None) for f in (seen.facts_then, seen.facts))
    if after and (before is None or (before.value, before.when) != (after.value, after.when)):
        yield seen.change(ChangeName.KIDNEY, [after.source], before=_lab(before, seen), after=_lab(after, seen))


def _lab(found: Measurement | None, seen: Comparison) -> str:
    if found is None:
        return seen.word("none")
    return f"{found.comparator}{shown_number(found.value or Decimal(0))}, {found.when or seen.word('no_day')}"
