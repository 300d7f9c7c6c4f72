"""The table of what may follow what in the outbox -> docs/outbox-states.md: ``python -m tests.ehr.deliver.states``."""

from pathlib import Path

from smartapp.ehr.deliver.items import FOLLOWS, LANDED, OPEN, STUCK, WriteStatus
from smartapp.ehr.deliver.receipt import STATUS_WORDS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "outbox-states.md"
HEAD = """# The states of an outbox item

An item is one artifact of a signed plan (CarePlan, goal, order, task, note ...). Decisions
[0021](decisions/0021-unknown-is-looked-for-and-ends-at-a-person.md) and
[0022](decisions/0022-a-signature-reaches-the-chart-or-a-person.md) say why nothing unknown is sent again at once.

Made by `python -m tests.ehr.deliver.states` of the table in `smartapp/ehr/deliver/items.py`; a test notices when the
two differ.
"""


def page() -> str:
    return "\n".join([HEAD, *_table(), "", "```mermaid", *_diagram(), "```", ""])


def _table() -> list[str]:
    rows = [
        f"| `{status.value}` | {STATUS_WORDS[status]} | {_whose(status)} | {_names(status) or '–'} |"
        for status in WriteStatus
    ]
    return ["| status | on the receipt | who goes on | may become |", "|---|---|---|---|", *rows]


def _names(status: WriteStatus) -> str:
    return ", ".join(f"`{other.value}`" for other in WriteStatus if other in FOLLOWS[status] and other is not status)


def _whose(status: WriteStatus) -> str:
    if status in OPEN:
        return "Loadpath, by itself"
    if status in STUCK or status is WriteStatus.MANUAL:
        return "a person, on the receipt"
    return "nobody: it is in the chart" if status in LANDED else "nobody: done without it, or another way"


def _diagram() -> list[str]:
    moves = [
        f"    {status.value} --> {other.value}"
        for status in WriteStatus
        for other in WriteStatus
        if other in FOLLOWS[status] and other is not status
    ]
    ends = [f"    {status.value} --> [*]" for status in WriteStatus if not FOLLOWS[status]]
    return ["stateDiagram-v2", f"    [*] --> {WriteStatus.WAITING.value}", *moves, *ends]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
