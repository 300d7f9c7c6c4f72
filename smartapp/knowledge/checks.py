"""What rows of the knowledge must have in common with each other -> every mistake, naming file and row.

What a row must be by itself is in :mod:`smartapp.knowledge.schema`; exercises and the plan are in
:mod:`smartapp.knowledge.plan_checks`.
"""

from collections.abc import Collection, Iterator

from smartapp.core.alert_codes import AlertCode
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.signatures import SIGNED
from smartapp.core.states import Severity
from smartapp.core.thresholds import ThresholdName
from smartapp.knowledge.alert_checks import concern_mistakes, refer_mistakes
from smartapp.knowledge.codes import code_mistakes, system_mistakes
from smartapp.knowledge.constraint_checks import constraint_mistakes
from smartapp.knowledge.drawing_checks import drawing_mistakes
from smartapp.knowledge.follow_up import follow_up_mistakes
from smartapp.knowledge.outcomes import outcome_mistakes
from smartapp.knowledge.papers import paper_mistakes
from smartapp.knowledge.patient_text_checks import patient_text_mistakes
from smartapp.knowledge.phrases import phrase_mistakes
from smartapp.knowledge.plan_checks import plan_mistakes
from smartapp.knowledge.program_checks import program_mistakes
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows
from smartapp.knowledge.schema import AlertRow, RestrictionTexts, Signable
from smartapp.knowledge.thresholds import SITE_FILE, threshold_mistakes, unknown_numbers
from smartapp.knowledge.written import written_mistakes

STATEMENT_IDS = tuple(f"S{number:02d}" for number in range(1, 46))


def mistakes(rows: Rows) -> tuple[str, ...]:
    """Everything that is wrong, in the files' own order where they have one."""
    return tuple(
        dict.fromkeys(
            (
                *rows.reader.mistakes,
                *_names(rows),
                *_origins(rows),
                *threshold_mistakes(rows.thresholds, rows.site, rows.reader.ids[SITE_FILE]),
                *(wrong for placed in rows.restrictions.values() for wrong in _restriction(placed)),
                *(wrong for placed in rows.alerts.values() for wrong in _alert(placed)),
                *concern_mistakes(rows),
                *refer_mistakes(rows),
                *plan_mistakes(rows),
                *constraint_mistakes(rows),
                *written_mistakes(rows),
                *drawing_mistakes(rows),
                *paper_mistakes(rows),
                *program_mistakes(rows),
                *outcome_mistakes(rows),
                *follow_up_mistakes(rows.follow_up, rows.reader),
                *patient_text_mistakes(rows),
                *system_mistakes(rows.systems),
                *code_mistakes(rows.codes, rows.systems, "systems.toml" in rows.reader.unread),
                *phrase_mistakes(rows.phrases, rows.reader.unread),
            )
        )
    )


def _names(rows: Rows) -> Iterator[str]:
    """Files whose rows the rules know by name hold each of these, and no other."""
    wanted: tuple[tuple[str, Collection[str]], ...] = (
        ("statements.toml", STATEMENT_IDS),
        ("phases.toml", [*ThresholdName]),
        ("restrictions.toml", RESTRICTION_STATES),
        ("alerts.toml", [*AlertCode]),
    )
    for file, names in wanted:
        if file in rows.reader.unread:
            continue
        found = rows.reader.ids[file]
        yield from (f"{file}: “{name}” is missing" for name in names if name not in found)
        yield from (f"{file}: “{name}” is not a name any rule uses" for name in found if name not in names)


def _origins(rows: Rows) -> Iterator[str]:
    """Sources and statements that are cited exist, and a signature names who signed, and when."""
    sources = None if "sources.toml" in rows.reader.unread else set(rows.reader.ids["sources.toml"])
    for placed in rows.signable():
        yield from _origin(placed, sources)


def _origin(placed: Placed[Signable], sources: Collection[str] | None) -> Iterator[str]:
    row = placed.row
    if sources is not None:
        yield from (
            f"{placed.where}: source “{id_}” is not in sources.toml" for id_ in row.sources if id_ not in sources
        )
    for id_ in row.statements:
        if id_ not in STATEMENT_IDS:
            yield f"{placed.where}: statement “{id_}” is not in statements.toml"
    if row.review == SIGNED:
        if not row.reviewer.strip():
            yield f"{placed.where}: “reviewer” is missing from the signature"
        if not row.reviewed_on:
            yield f"{placed.where}: “reviewed_on” is missing from the signature"


def _restriction(placed: Placed[RestrictionTexts]) -> Iterator[str]:
    """The words of each state, none of them the generic prohibition of statement S36 (guard GU1)."""
    id_ = placed.where.rpartition(", ")[2]
    wanted = RESTRICTION_STATES.get(id_, tuple(placed.row.states))
    for state in wanted:
        if state not in placed.row.states:
            yield f"{placed.where}, states: “{state}” is missing"
    for state, words in placed.row.states.items():
        place = f"{placed.where}, {state}"
        if state not in wanted:
            yield f"{placed.where}, states: “{state}” is not a state of this restriction"
        yield from unknown_numbers(place, (words.clinician, words.patient, words.patient_es))
        if any(is_generic_prohibition(text) for text in (words.clinician, words.patient)):
            yield f"{place}: name the movement, its quality and what to do instead"
    yield from _limited(placed)


def _limited(placed: Placed[RestrictionTexts]) -> Iterator[str]:
    for number, row in enumerate(placed.row.limited, 1):
        place = f"{placed.where}, limited {number}"
        yield from (f"{place}: there are no words for the state {s}" for s in row.states if s not in placed.row.states)
        if sum(map(bool, (row.tracks, row.without, row.phases))) != 1:
            yield f"{place}: one of “tracks”, “without” and “phases” must be named"
        if is_generic_prohibition(row.patient):
            yield f"{place}: name the movement, its quality and what to do instead"


def _alert(placed: Placed[AlertRow]) -> Iterator[str]:
    row = placed.row
    if row.severity is Severity.STOP and row.urgency is None:
        yield f"{placed.where}: “urgency” is missing"
    for name, variant in row.variants.items():
        yield from unknown_numbers(f"{placed.where}, {name}", (variant.text, variant.action or ""))
    yield from unknown_numbers(placed.where, (row.text, row.action))
