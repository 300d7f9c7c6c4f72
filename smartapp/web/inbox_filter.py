"""What of the list of referrals is shown and in which order: as an address has it, and as a person keeps it by a name.

A filter holds queues, urgencies and marks. What was typed into the search stands in an address only sealed, for one
launch, and is never kept: it is the name of a patient.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from smartapp.core.referral import Queue
from smartapp.store import EVERY, SORTS, Filters

ALL_OPEN = "open"
URGENCIES = ("stat", "asap", "urgent", "routine")  # the most urgent first
_QUEUES = frozenset({ALL_OPEN, *(each.name for each in Queue)})


@dataclass(frozen=True)
class InboxFilter:
    """``found``: what was typed, as it stands in an address; ``typed``: the same, opened. It finds closed ones, too."""

    queue: str = ALL_OPEN
    urgency: str = ""
    mine: bool = False
    overdue: bool = False
    sort: str = "due"
    found: str = ""
    typed: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "InboxFilter":
        """As an address asks for; what it does not know is not asked for."""
        queue, urgency, sort = asked.get("queue", ""), asked.get("urgency", ""), asked.get("sort", "")
        return cls(
            queue if queue in _QUEUES else ALL_OPEN, urgency if urgency in URGENCIES else "",
            "mine" in asked, "overdue" in asked, sort if sort in SORTS else "due", asked.get("found", ""),
        )  # fmt: skip

    @classmethod
    def kept(cls, query: str) -> "InboxFilter":
        return cls.of(dict(parse_qsl(query, keep_blank_values=True)))

    @property
    def asked(self) -> dict[str, Any]:
        """For an address; what is usual is left out."""
        told = {
            "queue": self.queue if self.queue != ALL_OPEN else "", "urgency": self.urgency,
            "mine": "1" if self.mine else "", "overdue": "1" if self.overdue else "",
            "sort": self.sort if self.sort != "due" else "", "found": self.found,
        }  # fmt: skip
        return {name: value for name, value in told.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.asked)

    @property
    def is_narrow(self) -> bool:
        return bool(self.urgency or self.mine or self.overdue)

    def of_queue(self, queue: str) -> dict[str, Any]:
        """The whole of another queue, in the same order; no search."""
        return InboxFilter(queue=queue, sort=self.sort).asked

    def sorted_by(self, sort: str) -> dict[str, Any]:
        return replace(self, sort=sort).asked

    def filters(self, user: str, today: date) -> Filters:
        """As the store is asked."""
        return Filters(
            queue=self.queue if self.queue != ALL_OPEN else EVERY if self.typed else "",
            priority=self.urgency,
            owner=user if self.mine else "",
            overdue_on=today.isoformat() if self.overdue else "",
            sort=self.sort,
        )
