"""The rows of the review page as values: a restriction, an activity, a block of a session, a group."""

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from smartapp.core.assessment import Reason
from smartapp.web import words
from smartapp.web.words import Look

BRIEF = 2  # parts of a dose in the list of what is allowed (ours)


@dataclass(frozen=True)
class RestrictionItem:
    id: str
    item: str
    look: Look
    movement: str
    quality: str
    instead: str
    text: str
    until: date | None
    horizon: str  # where there is no date
    gate: str
    reason: Reason
    edited: str
    editable: bool
    locked: bool
    cautious: bool
    original: str
    drawings: tuple[Markup, ...] = ()  # what is forbidden, under a cross, and what to do instead
    dropped: bool = False

    @property
    def name(self) -> str:
        """In three words; the whole stands in ``movement``."""
        return words.RESTRICTION_NAMES.get(self.id, self.movement)

    @property
    def named_only(self) -> bool:
        """Whether its name is enough in the list: nothing to draw, nothing that opens or ends, nothing changed."""
        return not (self.drawings or self.gate or self.until or self.edited)

    @property
    def ends(self) -> str:
        """``until`` a fixed end, ``not before`` a gate that needs a decision then."""
        return f"until {self.until}" if self.until else self.horizon


@dataclass(frozen=True)
class ItemRow:
    id: str
    item: str
    title: str
    dose: str
    note: str
    description: str
    reason: Reason
    options: tuple["Option", ...]
    value_item: str  # what the text field changes: the dose of an exercise, the wording of anything else
    value: str
    value_label: str
    edited: str
    locked: bool
    cautious: bool  # a change loosens a precaution: a reason is asked
    dropped: bool = False
    drawings: tuple[Markup, ...] = ()

    @property
    def name(self) -> str:
        return self.title

    @property
    def brief(self) -> str:
        """The first of the dose; the whole stands in the program."""
        return ", ".join(self.dose.split(", ")[:BRIEF])


@dataclass(frozen=True)
class Option:
    id: str
    title: str


@dataclass(frozen=True)
class SessionBlock:
    title: str
    minutes: int
    items: tuple[ItemRow, ...]


@dataclass(frozen=True)
class Group:
    title: str
    items: tuple[ItemRow, ...]
    open: bool
