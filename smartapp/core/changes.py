"""What has changed since a plan was signed, as values, and the rows of ``knowledge/follow_up.toml`` that say it.

A row is called by its :class:`ChangeName`; the rule is the part before the hyphen (rule book 2b, section 8: FU1-FU20).
What no FU rule names is called ``LIMIT`` or ``ALERT``, and its rule is that of the limit or alert itself; ``DECISION``
is an edit of the signer that does not hold again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from smartapp.core.session_log import ProgressionLimits
from smartapp.core.signatures import Origin
from smartapp.core.states import Severity


class ChangeName(StrEnum):
    """In the order in which changes of one severity are shown."""

    RED_FLAG = "FU2"
    SYMPTOMS_TOLD = "FU2-told"
    NO_PLAN = "FU2-held"
    FRACTURE = "FU1"
    SUSPECTED_FRACTURE = "FU11"
    OPERATION = "FU15"
    OPERATION_ELSEWHERE = "FU15-elsewhere"
    PAIN_STAYS = "FU3-stays"
    PAIN_WORSE = "FU3"
    PAIN_TOLD = "FU3-told"
    SESSION_RED = "FU3-red"
    ITEM_FORBIDDEN = "FU7-left-out"
    PAIN_LESS = "FU3-less"
    FALL = "FU12"
    FALL_TOLD = "FU12-told"
    PHASE_DUE = "FU4"
    PHASE_LOWER = "FU4-lower"
    PHASE_HIGHER = "FU4-higher"
    STRICTER = "FU5-stricter"
    LESS_STRICT = "FU5-open"
    GATE_DUE = "FU5"
    DECISION = "DECISION"
    LIMIT = "LIMIT"
    LIMIT_ENDED = "LIMIT-ended"
    ALERT = "ALERT"
    STEROID = "FU13-glucocorticoid"
    DENOSUMAB_STOPPED = "FU13-denosumab"
    DRUG_STARTED = "FU13"
    DRUG_STOPPED = "FU13-stopped"
    MINUTES_HELD = "FU19-held"
    MINUTES_FREE = "FU19-free"
    TARGET = "FU19-target"
    FULL_DOSE_LATE = "FU19"
    LATE = "FU6"
    DUE = "FU6-due"
    NO_VISIT_URGENT = "FU16-urgent"
    NO_VISIT = "FU16"
    ADHERENCE = "FU10"
    GAP = "FU7-gap"
    FORTNIGHT = "FU7-fortnight"
    STEP_DOWN = "FU7-step-down"
    STEP_UP = "FU7-step-up"
    TEST_WORSE = "FU9"
    TESTS_FLAT = "FU9-flat"
    GOAL_PAST = "FU8-past"
    GOAL_MET = "FU8"
    TREND = "FU9-trend"
    FIRST_RESULT = "FU7-first"
    REPORT = "FU7-report"
    NOT_UNDERSTOOD = "FU7-unread"
    NOTE_RECORDED = "FU7-note"
    SESSIONS_RECORDED = "FU7-sessions"
    ITEMS_RECORDED = "FU7-items"
    EVALUATED = "FU7"
    BONE_CLASS = "FU14-class"
    BONE_SCAN = "FU14"
    BONE_LOST = "FU14-lost"
    BONE_GAINED = "FU14-gained"
    BONE_SAME = "FU14-same"
    VITAMIN_D = "FU14-vitamin-d"
    KIDNEY = "FU14-egfr"
    RULES = "FU17"
    VISITS_END = "FU18-visits"
    PLAN_ENDS = "FU18"
    FULL_MONTHS = "FU18-months"
    UNCHANGED = "FU20"

    @cached_property
    def rank(self) -> int:
        return list(ChangeName).index(self)


class ChangeKind(StrEnum):
    """How a change is marked, the strictest first: a date that passed and a trend are told apart from mere news."""

    STOP = "stop"
    REVIEW = "review"
    DUE = "due"
    TREND = "trend"
    INFO = "info"

    @cached_property
    def rank(self) -> int:
        return list(ChangeKind).index(self)


_BOTH = frozenset({"before", "after"})
_DENSITIES = (ChangeName.BONE_LOST, ChangeName.BONE_GAINED, ChangeName.BONE_SAME)
# What the words of a row may have filled in; those that are not here, before and after.
PLACES: Mapping[ChangeName, frozenset[str]] = MappingProxyType(
    {
        ChangeName.RED_FLAG: frozenset({"after", "action"}),
        ChangeName.SYMPTOMS_TOLD: frozenset({"day", "after", "by"}),
        ChangeName.FALL_TOLD: frozenset({"day", "by"}),
        ChangeName.REPORT: _BOTH | {"day", "met", "state"},
        ChangeName.ADHERENCE: frozenset({"done", "planned", "weeks", "by"}),
        ChangeName.SESSIONS_RECORDED: frozenset({"count", "after"}),
        ChangeName.ITEMS_RECORDED: frozenset({"day", "after"}),
        **dict.fromkeys((ChangeName.STEP_DOWN, ChangeName.STEP_UP, ChangeName.ITEM_FORBIDDEN), frozenset({"after"})),
        ChangeName.GAP: frozenset({"day", "days", "after"}),
        ChangeName.FORTNIGHT: frozenset({"planned", "after", "next"}),
        ChangeName.NOTE_RECORDED: frozenset({"title", "day", "text"}),
        ChangeName.NOT_UNDERSTOOD: frozenset({"after"}),
        ChangeName.NO_PLAN: frozenset({"after", "reason"}),
        ChangeName.SUSPECTED_FRACTURE: frozenset({"after"}),
        ChangeName.OPERATION: frozenset({"after"}),
        ChangeName.OPERATION_ELSEWHERE: frozenset({"after", "limits"}),
        ChangeName.PHASE_DUE: _BOTH | {"day", "held", "lifted", "told"},
        ChangeName.PHASE_LOWER: _BOTH | {"held"},
        ChangeName.STRICTER: _BOTH | {"movement"},
        ChangeName.LESS_STRICT: _BOTH | {"movement"},
        ChangeName.GATE_DUE: frozenset({"day", "what", "after", "who"}),
        ChangeName.DECISION: _BOTH | {"line", "why"},
        ChangeName.LIMIT: frozenset({"limit", "because", "after"}),
        ChangeName.LIMIT_ENDED: frozenset({"limit", "before"}),
        ChangeName.ALERT: frozenset({"alert", "after", "action"}),
        **{name: _BOTH | {"drug"} for name in ChangeName if name.value.startswith("FU13")},
        ChangeName.MINUTES_HELD: _BOTH | {"held"},
        ChangeName.FULL_DOSE_LATE: frozenset({"before", "after", "minutes", "months", "end", "over"}),
        **dict.fromkeys(
            (ChangeName.LATE, ChangeName.DUE), frozenset({"count", "dates", "oldest", "days", "who", "looked"})
        ),
        **dict.fromkeys(
            (ChangeName.NO_VISIT, ChangeName.NO_VISIT_URGENT), frozenset({"before", "day", "what", "after"})
        ),
        **dict.fromkeys((ChangeName.TEST_WORSE, ChangeName.TREND), _BOTH | {"test", "by"}),
        ChangeName.TESTS_FLAT: _BOTH | {"weeks"},
        **dict.fromkeys((ChangeName.GOAL_MET, ChangeName.GOAL_PAST), _BOTH | {"goal", "next", "day"}),
        ChangeName.FIRST_RESULT: frozenset({"test", "after"}),
        ChangeName.EVALUATED: frozenset({"after"}),
        **dict.fromkeys((ChangeName.BONE_CLASS, ChangeName.BONE_SCAN), _BOTH | {"cls"}),
        **{name: _BOTH | {"site", "percent", "least"} for name in _DENSITIES},
        ChangeName.RULES: _BOTH | {"count", "names"},
        ChangeName.VISITS_END: frozenset({"before", "count", "start", "end"}),
        ChangeName.PLAN_ENDS: _BOTH | {"tests", "home"},
        ChangeName.FULL_MONTHS: frozenset({"before", "months", "tests", "home"}),
        ChangeName.UNCHANGED: frozenset({"since", "next"}),
    }
)


def places_of(name: ChangeName) -> frozenset[str]:
    return PLACES.get(name, _BOTH)


@dataclass(frozen=True)
class ChangeRow:
    """Words of one change. ``days``: how late, how long before or how long after, where the rule asks for it."""

    id: ChangeName
    severity: Severity
    title: str
    text: str
    origin: Origin
    signed: str = ""
    now: str = ""
    consequence: str = ""
    kind: ChangeKind | None = None  # where it is not the severity itself
    days: int | None = None
    least: int | None = None  # how much at least, how many, or how many percent

    @property
    def marked(self) -> ChangeKind:
        return self.kind or ChangeKind(self.severity.value)


@dataclass(frozen=True)
class FollowUpTable:
    """Of follow_up.toml. ``words``: what fills the places of the rows where no fact does."""

    rows: Mapping[ChangeName, ChangeRow]
    words: Mapping[str, str]
    progression: ProgressionLimits
    origins: tuple[tuple[str, Origin], ...]


@dataclass(frozen=True)
class Change:
    """One difference between the signed plan and today: what was signed, what is now, what follows from it."""

    rule: str  # FU4; of a limit or alert its own: WP16
    name: ChangeName
    severity: Severity
    kind: ChangeKind
    title: str
    text: str  # the whole in a sentence
    signed: str
    now: str
    consequence: str
    sources: tuple[str, ...] = ()  # references of the records it was read from
