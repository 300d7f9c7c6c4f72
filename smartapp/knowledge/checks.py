"""What rows of the knowledge must have in common with each other -> every mistake, naming file and row.

What a row must be by itself is in :mod:`smartapp.knowledge.schema`; exercises and the plan are in
:mod:`smartapp.knowledge.plan_checks`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Severity
from smartapp.core.chart import ProcedureKind, Quantity
from smartapp.core.codes import ADDRESSES, WRITTEN, CodeKind, CodeUse, code_name
from smartapp.core.concepts import Concept
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.signatures import SIGNED
from smartapp.core.thresholds import ThresholdName
from smartapp.knowledge.phrases import phrase_mistakes
from smartapp.knowledge.plan_checks import plan_mistakes
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows
from smartapp.knowledge.schema import AlertRow, CodeLine, RestrictionTexts, Signable
from smartapp.knowledge.thresholds import SITE_FILE, threshold_mistakes, unknown_numbers

# What a code of each kind may mean; outputs name the plan's own vocabulary.
# Observations that are read for more than one number: groups, and quantities measured in parts.
_OBSERVATION_GROUPS = frozenset({"dxa-panel", "dxa-report", "audit-c"})
CONCEPTS: Mapping[CodeKind, frozenset[str]] = {
    CodeKind.CONDITION: frozenset(c.value for c in Concept),
    CodeKind.MEDICATION: frozenset(c.value for c in Concept),
    CodeKind.PROCEDURE: frozenset(k.value for k in ProcedureKind),
    CodeKind.OBSERVATION: frozenset(q.value for q in Quantity) | _OBSERVATION_GROUPS,
    CodeKind.ANSWER: frozenset({"current", "former", "never", "unknown", "non-drinker"}),
    CodeKind.BODY_SITE: frozenset({"level", "site", "region"}),
}

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
                *plan_mistakes(rows),
                *_codes(rows.codes),
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
        yield from unknown_numbers(place, (words.clinician, words.patient))
        if any(is_generic_prohibition(text) for text in (words.clinician, words.patient)):
            yield f"{place}: name the movement, its quality and what to do instead"


def _alert(placed: Placed[AlertRow]) -> Iterator[str]:
    row = placed.row
    if row.severity is Severity.STOP and row.urgency is None:
        yield f"{placed.where}: “urgency” is missing"
    yield from unknown_numbers(placed.where, (row.text, row.action, *row.variants.values()))


def _codes(lines: Iterable[Placed[CodeLine]]) -> Iterator[str]:
    seen: set[tuple[str, str, str, str]] = set()
    for placed in lines:
        row = placed.row
        yield from (f"{placed.where}: {wrong}" for wrong in _code(row))
        key = (row.system, row.code, row.match, f"writes {row.concept}" if row.use is CodeUse.OUTPUT else "")
        if key in seen:
            yield f"{placed.where}: {row.system} {row.code} is there twice"
        seen.add(key)


def _code(row: CodeLine) -> Iterator[str]:
    if row.system not in ADDRESSES:
        yield f"system “{row.system}” is not one of {', '.join(ADDRESSES)}"
    elif code_name(row.system, row.code) != row.code:
        yield f"write the code as “{code_name(row.system, row.code)}”"
    if not row.verified:
        yield "say where the code was verified, or “memory”"
    if row.use is CodeUse.EXCLUDED:
        if row.concept or not row.note:
            yield "an excluded code has no concept and a note that says why"
        return
    if not row.concept:
        yield "a concept is missing"
    if row.use is CodeUse.OUTPUT and row.system in ADDRESSES and row.system not in WRITTEN:
        yield f"codes of {row.system} are not written"
    concepts = row.concept.split()
    allowed = CONCEPTS.get(row.kind, concepts)
    yield from (f"“{concept}” is not a concept of kind {row.kind}" for concept in concepts if concept not in allowed)
