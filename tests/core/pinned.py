"""Charts of facts thrown together, many on the very day a rule turns -> what is concluded of each, as short digests.

A rule that only one kind of chart meets, a day that is just within, a sentence nobody reads here: whatever changes
shows. sentences.csv and its neighbors tell a reader what is said of charts somebody thought of; this tells that nothing
else has moved. ``python -m tests.core.pinned`` writes pinned.csv again for the same charts, and names what differs.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.fingerprint import digest
from smartapp.core.follow_up import follow_up
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.knowledge import load
from tests.core.charts import chart

TABLE = Path(__file__).with_name("pinned.csv")
APART = " | "
CHART = ("as_of", "facts", "later_on", "later")
PARTS = ("outcome", "alerts", "limits", "treatment", "reasoning", "plan", "course", "texts", "changes")
_LENGTH = 8  # of a digest, in hex: chance hides one change of thousands of millions


@dataclass(frozen=True)
class Pinned:
    """A chart, and what is added to it on a later day; ``said``: a digest for each of PARTS."""

    as_of: date
    facts: tuple[str, ...]
    later_on: date
    later: tuple[str, ...]
    said: tuple[str, ...] = ()


def pinned() -> list[Pinned]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return [_row(row) for row in csv.DictReader(lines)]


def _row(row: dict[str, str]) -> Pinned:
    return Pinned(
        date.fromisoformat(row["as_of"]),
        tuple(row["facts"].split(APART)),
        date.fromisoformat(row["later_on"]),
        tuple(filter(None, row["later"].split(APART))),
        tuple(row[part] for part in PARTS),
    )


def digests(row: Pinned, knowledge: Knowledge) -> tuple[str, ...]:
    """The version of the knowledge aside, which any comment in its files changes."""
    then = plan(derive(chart(row.facts, row.as_of), row.as_of, knowledge), knowledge)
    now = plan(derive(chart((*row.facts, *row.later), row.later_on), row.later_on, knowledge), knowledge)
    a = then.assessment
    parts = (
        _outcome(a),
        a.alerts,
        (a.constraints, a.removed),
        (a.treatment, a.work_up, a.gaps, a.not_understood, a.unreadable, a.evidence_note),
        a.trace,
        (then.activities, then.session, then.goals, then.warnings, then.guards, then.notes, then.waived, then.referral),
        (then.start, then.end, then.program, then.ramp, then.visits, then.priority, then.reviews, then.measures),
        then.patient_texts,
        _changes(then, now, knowledge),
    )
    return tuple(digest(part)[:_LENGTH] for part in parts)


def _outcome(a: Assessment) -> tuple[object, ...]:
    reached = (a.disposition, a.calendar_phase, a.effective_phase, a.gates, a.restrictions, a.anchor, a.track)
    found = (a.bone_density, a.vitamin_d, a.healing, a.pain, sorted(a.levels), a.broken_on, a.fracture, a.fractures)
    return (*reached, *found, a.deciding, a.would_change, a.alternatives, a.phase_reason)


def _changes(then: Proposal, now: Proposal, knowledge: Knowledge) -> object:
    return follow_up(then, now, knowledge) if then.referral else ()


def main() -> int:
    knowledge, before = load(), pinned()
    after = [replace(row, said=digests(row, knowledge)) for row in before]
    write(after)
    moved = Counter(
        part
        for old, new in zip(before, after, strict=True)
        for part, was, is_ in zip(PARTS, old.said, new.said, strict=True)
        if was != is_
    )
    told = [f"{part}: {moved[part]} of {len(after)} charts" for part in PARTS if moved[part]]
    print("\n".join(told or ["nothing moved"]))
    return 0


def write(rows: Iterable[Pinned]) -> None:
    with TABLE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow((*CHART, *PARTS))
        for row in rows:
            writer.writerow((row.as_of, APART.join(row.facts), row.later_on, APART.join(row.later), *row.said))


if __name__ == "__main__":
    sys.exit(main())
