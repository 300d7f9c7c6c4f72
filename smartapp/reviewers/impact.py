"""What a changed knowledge moves over many charts -> values, and the report a committee signs, as one HTML page.

Patients by reference only. As the reviewers' document, the page loads nothing, has no script, and is made for paper.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from smartapp.core.concept_lines import DifferenceKind
from smartapp.core.states import Disposition
from smartapp.knowledge.causes import Acts, Cause, Caused
from smartapp.knowledge.row_changes import RowChange
from smartapp.reviewers.page import style

ACTS = {Acts.ALONE: "alone", Acts.PARTLY: "moves it otherwise alone", Acts.TOGETHER: "together with others"}
_KINDS = {
    DifferenceKind.DISPOSITION: "Disposition",
    DifferenceKind.PHASE: "Phase or track",
    DifferenceKind.FINDING: "Findings the plan rests on",
    DifferenceKind.GATE: "Gates",
    DifferenceKind.RESTRICTION: "Restrictions",
    DifferenceKind.LIMIT: "Limits of the whole patient",
    DifferenceKind.ALERT: "Alerts",
    DifferenceKind.EXERCISE: "Exercises",
    DifferenceKind.DOSE: "Doses",
    DifferenceKind.LINE: "Other lines of the plan",
    DifferenceKind.GOAL: "Goals",
    DifferenceKind.ORDER: "Order: visits, priority, minutes",
    DifferenceKind.REVIEW: "Days of review",
    DifferenceKind.MISSING: "What is asked for",
    DifferenceKind.RECORD: "What was not read or not understood",
    DifferenceKind.SENTENCE: "Sentences",
    DifferenceKind.NOTE: "Notes",
    DifferenceKind.REASONING: "Reasoning",
    DifferenceKind.OTHER: "Other fields",
}
_SIGNERS = 4  # lines to sign on (ours)
_SHOWN = 12  # charts named beside a line of the summary; all stand chart by chart (ours)


@dataclass(frozen=True)
class Moved:
    """One patient or case for whom something differs. ``failed``: why the changed knowledge makes no plan of it."""

    who: str  # Patient/12, or F115: Title of the case
    where: str  # the path it was read from; empty for a case of ours
    found: tuple[Caused, ...]
    failed: str = ""

    @property
    def stops(self) -> tuple[bool, bool]:
        """Whether a plan is made of it before, and after."""
        for each in self.found:
            if each.difference.kind is DifferenceKind.DISPOSITION:
                before, after = each.difference.before or "", each.difference.after or ""
                return Disposition(before).prescribes, Disposition(after).prescribes
        return True, not self.failed


@dataclass(frozen=True)
class KnowledgeImpact:
    """``looked_at``: charts by where they came from; ``unread``: place and reason of what could not be used."""

    before: str  # version
    after: str
    rows: tuple[RowChange, ...]
    untried: tuple[tuple[RowChange, str], ...]
    looked_at: tuple[tuple[str, int], ...]
    moved: tuple[Moved, ...]
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def newly_stopped(self) -> tuple[Moved, ...]:
        return tuple(each for each in self.moved if each.stops == (True, False))

    @property
    def no_longer_stopped(self) -> tuple[Moved, ...]:
        return tuple(each for each in self.moved if each.stops == (False, True))

    def of_kind(self, *kinds: DifferenceKind) -> Iterator[tuple[str, Caused]]:
        """Who and what, of these kinds."""
        return ((each.who, one) for each in self.moved for one in each.found if one.difference.kind in kinds)

    def told(self, *kinds: DifferenceKind) -> list[tuple[tuple[str, str, str], list[str]]]:
        """(what, before, after) with the charts in which it is so, what is so in most of them first."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for who, each in self.of_kind(*kinds):
            said = each.difference
            what = (f"{said.title} ({said.id})", _none(said.before), _none(said.after))
            found.setdefault(what, []).append(who)
        return sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))


def _none(said: str | None) -> str:
    return "none" if said is None else said


def impact_page(impact: KnowledgeImpact) -> str:
    """The whole report. The same impact gives the same text: it holds no date of its own."""
    parts = (_head(impact), _rows(impact), _summary(impact), _each(impact), _unread(impact), _signatures())
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>Loadpath: knowledge {impact.before} to {impact.after}</title>",
            f"<style>{style()}</style></head><body>",
            *(line for part in parts for line in part),
            "</main></body></html>\n",
        ]
    )


def _head(impact: KnowledgeImpact) -> Iterator[str]:
    yield '<a class="skip" href="#content">To the content</a>'
    yield "<header><h1>Loadpath: what a change of the clinical knowledge moves</h1>"
    yield f"<p>From version <b>{impact.before}</b> to version <b>{impact.after}</b>.</p>"
    yield "<p>Each chart below was read and derived with both versions on the same day. Lines that differ are shown as "
    yield "they were and as they would be, each with the rows that cause it: a row is named only where the change of "
    yield "that row was tried. Patients are named by their reference alone.</p></header>"
    yield '<main id="content"><h2>Charts</h2>'
    yield from _table(("Read from", "Charts"), ((where, str(count)) for where, count in impact.looked_at))
    yield f"<p><b>{len(impact.moved)}</b> of {sum(count for _, count in impact.looked_at)} differ.</p>"


def _rows(impact: KnowledgeImpact) -> Iterator[str]:
    yield "<h2>Rows that differ</h2>"
    if not impact.rows:
        yield "<p>None: the two versions differ in comments alone, or not at all.</p>"
        return
    cells = ((row.file, row.row, key.key or "whole row", _none(key.before), _none(key.after))
             for row in impact.rows for key in row.keys)  # fmt: skip
    yield from _table(("File", "Row", "Key", "Before", "After"), cells)
    for row, why in impact.untried:
        yield f"<p class='note'>Could not be tried alone: {escape(row.place)}. {escape(why)}</p>"


def _summary(impact: KnowledgeImpact) -> Iterator[str]:
    yield "<h2>Summary</h2>"
    for title, found in (("Newly stopped", impact.newly_stopped), ("No longer stopped", impact.no_longer_stopped)):
        yield f"<h3>{title}: {len(found)}</h3>"
        if found:
            yield f"<p>{escape(', '.join(each.who for each in found))}</p>"
    for title, kinds in (
        ("Who changes disposition or phase", (DifferenceKind.DISPOSITION, DifferenceKind.PHASE)),
        ("Which exercises move", (DifferenceKind.EXERCISE,)),
        ("Which sentences differ", (DifferenceKind.SENTENCE,)),
    ):
        told = impact.told(*kinds)
        yield f"<h3>{title}: {len({who for who, _ in impact.of_kind(*kinds)})} charts</h3>"
        if told:
            yield from _table(("What", "Before", "After", "Charts"), ((*what, _named(who)) for what, who in told))
    yield "<h3>All kinds</h3>"
    charts = {kind: len({who for who, _ in impact.of_kind(kind)}) for kind in DifferenceKind}
    yield from _table(("Kind", "Charts"), ((_KINDS[kind], str(count)) for kind, count in charts.items()))


def _named(who: list[str]) -> str:
    """How many, and which: by the number of a case, by the reference of a patient."""
    shown = ", ".join(each.partition(":")[0] for each in who[:_SHOWN])
    return f"{len(who)}: {shown}{f' and {len(who) - _SHOWN} more' if len(who) > _SHOWN else ''}"


def _each(impact: KnowledgeImpact) -> Iterator[str]:
    """Charts in which the very same lines differ stand together."""
    yield "<h2>Chart by chart</h2>"
    alike: dict[tuple[tuple[Caused, ...], str], list[str]] = {}
    for each in impact.moved:
        named = f"{each.who} ({each.where})" if each.where else each.who
        alike.setdefault((each.found, each.failed), []).append(named)
    for (found, failed), who in alike.items():
        yield f"<article><h3>{escape(', '.join(who))}</h3>"
        if failed:
            yield f"<p class='note'>No plan can be made any more: {escape(failed)}</p>"
        cells = (
            (_KINDS[c.difference.kind], f"{c.difference.title} ({c.difference.id})", _none(c.difference.before),
             _none(c.difference.after), _because(c.causes))
            for c in found
        )  # fmt: skip
        yield from _table(("Kind", "What", "Before", "After", "Because of"), cells)
        yield "</article>"


def _because(causes: tuple[Cause, ...]) -> str:
    told = (f"{cause.change.place} ({ACTS[cause.acts]})" for cause in causes)
    return "; ".join(told) or "no row that was tried moves it"


def _unread(impact: KnowledgeImpact) -> Iterator[str]:
    if impact.unread:
        yield "<h2>What could not be used</h2>"
        yield from _table(("Where", "Why"), impact.unread)


def _signatures() -> Iterator[str]:
    yield "<h2>Signatures</h2>"
    yield "<p>We have seen what this change moves, and agree that it is put into use.</p>"
    for _ in range(_SIGNERS):
        yield "<p class='sign'>Name and office <span class='line'></span> Date <span class='line short'></span> "
        yield "Signature <span class='line'></span></p>"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    yield f"<table><thead><tr>{names}</tr></thead><tbody>"
    for cells in rows:
        said = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        yield f"<tr>{said}</tr>"
    yield "</tbody></table>"
