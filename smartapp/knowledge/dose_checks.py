"""What doses, sessions and twins must have in common -> every mistake: efforts named, blocks wide enough, ids known."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from smartapp.core.library import REQUIRED, Dose
from smartapp.core.plan.session_blocks import minutes_needed
from smartapp.core.program import HomeUse, Pair
from smartapp.core.proposal import Component
from smartapp.core.sessions import DOSES_OF, Pace, SessionSet
from smartapp.core.states import Phase, Track
from smartapp.knowledge.dose_schema import DoseRow, OpenSpan, TemplateRow, TwinsRow
from smartapp.knowledge.doses import doses_of
from smartapp.knowledge.plan_schema import ExerciseRow, ProgrammeRow
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows

FILE = "sessions.toml"
WITH_EFFORT = frozenset({Component.EXTENSOR, Component.CORE, Component.RESISTANCE})
RESERVE_FROM = 6  # effort from which repetitions in reserve can be told (rule book 2c, CX26)
NOT_DAILY_FROM = 4  # effort from which strength work has a day of rest (2c, CX54)
_FREE = frozenset({Component.AEROBIC, Component.BALANCE})  # may be done every day
_DAILY = frozenset({HomeUse.DAILY, HomeUse.GUARDED, HomeUse.HELPED})
_SESSION = frozenset({HomeUse.DAILY, HomeUse.SESSION, HomeUse.RAIL})

Lacks = Callable[[str], bool]


def dose_mistakes(row: ExerciseRow, where: str) -> Iterator[str]:
    yield from (f"{where}, fitt: {wrong}" for wrong in _figures(row.fitt))
    for place, each in enumerate(row.fitt_in, 1):
        yield from (f"{where}, fitt_in {place}: {wrong}" for wrong in _figures(each))
        if not (each.phases or each.tracks or each.pain):
            yield f"{where}, fitt_in {place}: one of “phases”, “tracks” and “pain” must be named"
    if row.selectable:
        yield from (f"{where}: {wrong}" for wrong in dict.fromkeys(_of_doses(row)))


def _figures(row: DoseRow) -> Iterator[str]:
    for key in DoseRow.__struct_fields__:
        value = getattr(row, key)
        if isinstance(value, tuple) and value[0] > value[1]:
            yield f"“{key}”: {value[0]} is above {value[1]}"
        if isinstance(value, OpenSpan) and (value.least is None) == (value.most is None):
            yield f"“{key}”: either “least” or “most”"


def _of_doses(row: ExerciseRow) -> Iterator[str]:
    trains = frozenset(row.components)
    for dose in doses_of(row, {}):
        fitt = dose.fitt
        if fitt.per_week is None:
            yield "“per_week” is missing from a dose"
        if trains & WITH_EFFORT and fitt.rpe is None:
            yield "“rpe” is missing: back, core and strength work has an effort (GU21)"
        late = row.phase is Phase.ADVANCED or Phase.ADVANCED in dose.phases
        if late and Component.RESISTANCE in trains and _high(fitt.rpe) >= RESERVE_FROM and fitt.rir is None:
            yield f"“rir” is missing: advanced strength work whose effort reaches {RESERVE_FROM} has it"
        if dose.home in _DAILY and not trains & _FREE and _high(fitt.rpe) >= NOT_DAILY_FROM:
            yield f"work of effort {NOT_DAILY_FROM} or more is not daily"


def _high(pair: Pair | None) -> Decimal:
    return (pair and pair[1]) or Decimal(0)


# -- sessions and twins


def session_mistakes(rows: Rows, lacks: Lacks) -> Iterator[str]:
    if FILE in rows.reader.unread:
        return
    yield from _missing(rows)
    counted = Counter(rows.reader.ids[FILE])
    yield from (f"{FILE}, {id_}: this id is used {count} times" for id_, count in counted.items() if count > 1)
    twins = [frozenset(_twin_ids(placed.row)) for placed in rows.twins]
    for placed in rows.twins:
        yield from (f"{placed.where}: {wrong}" for wrong in _unknown(_twin_ids(placed.row), lacks))
    for id_, count in Counter(id_ for ids in twins for id_ in ids).items():
        if count > 1:
            yield f"{FILE}: {id_} is among the twins of {count} rows"
    read = {placed.row.id: placed for placed in rows.exercises}
    for template in rows.templates:
        yield from (f"{template.where}: {wrong}" for wrong in _template(template.row, lacks, read, twins, rows))


def _missing(rows: Rows) -> Iterator[str]:
    """Every track has a full session in every phase; nothing is planned twice."""
    planned = Counter((p.row.track, phase, p.row.set) for p in rows.templates for phase in p.row.phases)
    whole = len(rows.templates) + len(rows.twins) == len(rows.reader.ids[FILE])
    for track in Track:
        for phase in Phase:
            if whole and not planned[track, phase, SessionSet.FULL]:
                yield f"{FILE}: the template of the phase {phase} on the track {track} is missing"
    for (track, phase, set_), count in planned.items():
        if count > 1:
            yield f"{FILE}: the phase {phase} has {count} templates of the track {track} and the set {set_}"


def _twin_ids(row: TwinsRow) -> Iterator[str]:
    yield from dict.fromkeys((*(each.exercise for each in row.choose), *row.also))


def _unknown(ids: Iterable[str], lacks: Lacks) -> Iterator[str]:
    yield from (f"there is no exercise “{id_}”" for id_ in dict.fromkeys(ids) if lacks(id_))


def _template(
    row: TemplateRow,
    lacks: Lacks,
    read: Mapping[str, Placed[ExerciseRow]],
    twins: Sequence[frozenset[str]],
    rows: Rows,
) -> Iterator[str]:
    session = (*row.exercises, *row.odd, *row.even)
    named = dict.fromkeys((*session, *row.daily, *row.home_session, *row.optional))
    yield from _unknown(named, lacks)
    total, programme = sum(block.minutes for block in row.block), rows.programme
    if programme and row.track is Track.STANDING and row.set is SessionSet.FULL and total < programme.row.minutes:
        yield f"the blocks add up to {total} minutes, fewer than the {programme.row.minutes} of the programme"
    if any(id_ not in read for id_ in named):
        return  # one that could not be read may train what seems to be missing
    doses = {id_: doses_of(read[id_].row, {}) for id_ in named}
    yield from _homes(row, doses)
    if row.set in (SessionSet.FULL, SessionSet.EARLY_PAIN):
        yield from _parts(session, read)
        for ids in twins:
            if len(both := [id_ for id_ in session if id_ in ids]) > 1:
                yield f"{' and '.join(both)} are twins: a session names one of them"
    if programme:
        yield from _blocks(row, doses, _pace_of(programme.row))


def _parts(session: Iterable[str], read: Mapping[str, Placed[ExerciseRow]]) -> Iterator[str]:
    trained = {part for id_ in session for part in read[id_].row.components if not read[id_].row.needs}
    yield from (f"no exercise without a gate trains {part}" for part in REQUIRED if part not in trained)


def _homes(row: TemplateRow, doses: Mapping[str, tuple[Dose, ...]]) -> Iterator[str]:
    kinds = (
        ("daily", row.daily, _DAILY),
        ("home_session", row.home_session, _SESSION),
        ("optional", row.optional, frozenset({HomeUse.OPTIONAL})),
    )
    for key, ids, uses in kinds:
        for id_ in ids:
            homes = {_suiting(doses[id_], phase, row).home for phase in row.phases}
            if homes.isdisjoint(uses):
                yield f"“{key}”: {id_} is no exercise of that kind, its “home” is {min(homes)}"


def _blocks(row: TemplateRow, doses: Mapping[str, tuple[Dose, ...]], pace: Pace) -> Iterator[str]:
    """GU14: each block holds the sets, the tempo and the rest of what stands in it."""
    session = dict.fromkeys((*row.exercises, *row.odd, *row.even))
    for phase in row.phases:
        suiting = {id_: _suiting(doses[id_], phase, row) for id_ in session}
        codes = {block.code: block for block in row.block if block.code}
        for id_, dose in suiting.items():
            if dose.block not in codes:
                yield f"{id_} belongs to the block {dose.block}, which this session lacks"
        for code, block in codes.items():
            fitts = {id_: dose.fitt for id_, dose in suiting.items() if dose.block is code}
            needed = minutes_needed(fitts, code, row.odd, row.even, pace)
            if needed > block.minutes:
                yield f"{block.title}: {block.minutes} minutes are too few, its exercises take {needed} (GU14)"


def _suiting(doses: tuple[Dose, ...], phase: Phase, row: TemplateRow) -> Dose:
    return next(dose for dose in doses if dose.suits(phase, row.track, DOSES_OF[row.set]))


def _pace_of(row: ProgrammeRow) -> Pace:
    return Pace(Decimal(row.seconds_between_holds), Decimal(row.seconds_a_meter))
