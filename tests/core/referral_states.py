"""The way of a referral -> docs/referral-states.md: ``python -m tests.core.referral_states``."""

from pathlib import Path

from smartapp.core.referral import STAGES, Queue, Stage, StageRow
from smartapp.core.referral_moves import MOVES, SENT_AGAIN, Move
from smartapp.core.referral_undo import SECONDS, UNDOABLE

PAGE = Path(__file__).resolve().parents[2] / "docs" / "referral-states.md"
HEAD = """# The way of a referral

Decision [0045](decisions/0045-the-task-is-the-referral.md) says why the Task in the EHR is the record. The stages are
Task.status with the business status of BSeR; the last column tells stages of the same two apart.

Made by `python -m tests.core.referral_states` of the tables in `smartapp/core/referral.py` and
`smartapp/core/referral_moves.py`; a test notices when they differ. A new referral that replaces one somebody had worked
on stands in the queue “Changed after sent”; where a progress report is due, it is the physical therapist's turn to
send it. What can be undone, and why the rest cannot: `smartapp/core/referral_undo.py`.

What has ended stays ended. After {again} the clinician who may sign can send the same order again, unchanged, by a new
Task that names the one before (decision [0060](decisions/0060-sent-again-and-what-comes-back.md)).
"""


def page() -> str:
    arrows = [
        f"    {_id(start)} --> {_id(to)}: {move.words}"
        for move in MOVES for start in move.begins for to in (move.to, move.else_to) if to
    ]  # fmt: skip
    arrows += [f"    {_id(stage)} --> {_id(Stage.NEW)}: Send again (a new Task)" for stage in SENT_AGAIN]
    ends = [f"    {_id(stage)} --> [*]" for stage, row in STAGES.items() if row.queue is Queue.CLOSED]
    return "\n".join(
        (
            HEAD.format(again=" or ".join(f"“{stage}”" for stage in SENT_AGAIN)),
            "| stage | status | business status | queue | whose turn | what is owed | told by |",
            "|---|---|---|---|---|---|---|",
            *(_stage(stage, row) for stage, row in STAGES.items()),
            "",
            "| move | from | to | by | reasons | undo |",
            "|---|---|---|---|---|---|",
            *map(_move, MOVES),
            "",
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> draft",
            "    [*] --> new",
            *arrows,
            *ends,
            "```",
            "",
        )
    )


def _stage(stage: Stage, row: StageRow) -> str:
    told = (stage.value, f"`{row.status}`", row.business, row.queue.value, row.turn.value, row.owed, row.mark)
    return f"| {' | '.join(each or '–' for each in told)} |"


def _move(move: Move) -> str:
    told = [f"{role.value} (told by link)" for role in move.told_to]
    by, reasons = ", ".join((*(role.value for role in move.by), *told)), "; ".join(words for _, words in move.reasons)
    to = f"{move.to}, or {move.else_to} while nobody has accepted it" if move.else_to else move.to or "the same"
    undo = f"{SECONDS} s" if move.action in UNDOABLE else "no"
    cells = (move.words, ", ".join(move.begins), to, by, reasons or "–", undo)
    return f"| {' | '.join(cells)} |"


def _id(stage: Stage) -> str:
    return stage.value.replace("-", "_")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
