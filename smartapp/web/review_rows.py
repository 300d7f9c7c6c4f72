"""The rows of the review page as values: a restriction, an activity, a block of a session, a group."""

from dataclasses import dataclass

from markupsafe import Markup

from smartapp.core.assessment import Reason
from smartapp.web import words
from smartapp.web.words import Look


@dataclass(frozen=True)
class RestrictionItem:
    id: str
    item: str
    look: Look
    movement: str
    quality: str
    instead: str
    text: str
    ends: str  # ``until`` a fixed end, ``not before`` a gate that needs a decision then
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
        return not (self.drawings or self.gate or self.ends.startswith("until") or self.edited)


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
        """How long, or how often where no minutes are named; the whole stands in the program."""
        parts = self.dose.split(", ")
        return next((part for part in parts if part.endswith(" min")), parts[0])


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
