"""What stands on page one: pieces that may be left out in a fixed order, and pieces that never are."""

from dataclasses import dataclass

KEEP = 0
# What is left out first where page one does not hold everything: the least important has the lowest number.
PAYER, LATER_TESTS, KNOWN, RATIONALE, LATE_DATES, IMAGING, MORE_GOALS = range(1, 8)
HOME_SESSION, BONE, HOW, TESTS, EXERCISES, STEPS, DATES, LAST_EXERCISES = range(8, 16)
LAST = LAST_EXERCISES


@dataclass(frozen=True)
class Piece:
    """A sentence. ``rank``: KEEP, or its place in the order in which pieces are left out."""

    text: str
    label: str = ""
    rank: int = KEEP


@dataclass(frozen=True)
class PrecautionRow:
    label: str
    text: str
    until: str
    instead: str
    word: str = "AVOID"
    how: str = ""  # how what stays is done, left out at HOW


@dataclass(frozen=True)
class LetterRow:
    """``text`` instead of the cells where the dose is only in words."""

    name: str
    week: str = ""
    effort: str = ""
    dose: str = ""
    up: str = ""
    down: str = ""
    text: str = ""
    rank: int = KEEP


@dataclass(frozen=True)
class DateRow:
    day: str
    what: str
    who: str
    rank: int = KEEP


@dataclass(frozen=True)
class Letter:
    title: str
    clinic: str
    priority: str
    because: str
    name: str
    identity: tuple[Piece, ...]
    referrer: tuple[Piece, ...]
    orders: tuple[Piece, ...]
    box: tuple[Piece, ...]
    precautions: tuple[PrecautionRow, ...]
    more_limits: str
    program_title: str
    exercises: tuple[LetterRow, ...]
    program: tuple[Piece, ...]
    facts: tuple[Piece, ...]
    tests: tuple[Piece, ...]
    goals: tuple[Piece, ...]
    stop: tuple[Piece, ...]
    dates: tuple[DateRow, ...]
    certification: tuple[Piece, ...]
    signature: str
    more: str = "More on page 2 of the packet."
    last: int = LAST
    how: int = HOW
    steps: int = STEPS  # step up and step down, which stand in the program as well
