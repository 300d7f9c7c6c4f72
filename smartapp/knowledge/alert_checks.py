"""Where the page shows each alert -> every row of alerts.toml whose place would hide what is to be decided."""

from collections.abc import Iterator

from smartapp.core.states import Concern, Severity
from smartapp.knowledge.rows import Rows
from smartapp.knowledge.schema import AlertRow

FILE = "constraints.toml"
FOLDED = (Concern.THERAPIST, Concern.RECORD)


def concern_mistakes(rows: Rows) -> Iterator[str]:
    """What may be folded away is a limit the program obeys, or no more than information (rule book 2a, NS20)."""
    raised = {placed.row.alert for placed in rows.constraints}
    closing = {placed.row.alert for placed in rows.constraints if placed.row.closes_prone}
    for code, placed in rows.alerts.items():
        yield from (f"{placed.where}: “concern” {wrong}" for wrong in _wrong(placed.row))
        if placed.row.concern is Concern.THERAPIST and FILE not in rows.reader.unread:
            if code not in raised:
                yield f"{placed.where}: “concern” is therapist, and no row of {FILE} raises this alert"
            elif code in closing:
                told = f"a row of {FILE} with this alert closes the prone gate"
                yield f"{placed.where}: “concern” is therapist, and {told}"


def refer_mistakes(rows: Rows) -> Iterator[str]:
    """Where an alert stops the plan, somebody is named who sees the patient, and how soon (rule book 2c, CX18)."""
    for placed in rows.alerts.values():
        stops = placed.row.severity is Severity.STOP
        for key in ("refer_to", "refer_within"):
            if getattr(placed.row, key) is None and (stops or placed.row.refer_to or placed.row.refer_within):
                yield f"{placed.where}: “{key}” is missing"


def _wrong(row: AlertRow) -> Iterator[str]:
    if row.concern is Concern.RECORD and row.severity is not Severity.INFO:
        yield f"is record, where a line under {row.severity} is not looked for"
    if row.severity is Severity.INFO and row.concern not in FOLDED:
        yield f"is {row.concern}; an alert that is only information is one of {', '.join(FOLDED)}"
    if row.severity is Severity.STOP and row.concern is Concern.THERAPIST:
        yield "is therapist, and the alert stops"
