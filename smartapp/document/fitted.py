"""A proposal -> the drawings of this patient: changed by limits, crossed out while forbidden, with what to do instead.

A drawing never shows more than the words beside it allow: what a limit rules out, what waits for a gate and what the
clinician has reworded is not drawn.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from smartapp.core.drawings import CrossedDrawing, DrawingChange
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Exercise
from smartapp.core.proposal import Activity, ActivityKind, Choice, Proposal
from smartapp.core.states import State, Track
from smartapp.document.drawings import Show, Style, drawing, has_drawing

OPEN = frozenset({State.MODIFY, State.ALLOWED, State.ELIGIBLE})  # states of a restriction that leave an exercise in


@dataclass(frozen=True)
class Drawn:
    """``alt`` is what stands in the SVG for who does not see it; ``id`` that of the exercise or movement."""

    id: str
    svg: str
    alt: str


@dataclass(frozen=True)
class PatientDrawings:
    proposal: Proposal
    knowledge: Knowledge
    style: Style = Style.PAGE

    def exercise(self, activity: Activity, alt: str = "", show: Show = Show.END) -> Drawn | None:
        """``alt``: title and patient text if empty."""
        if activity.kind is not ActivityKind.EXERCISE or activity.do_not_perform or activity.status_reason:
            return None
        return self._drawn(activity.id, alt or _alt(activity.title, activity.patient_text), show, activity.variant)

    def crossed(self, id_: str, alt: str = "") -> Drawn | None:
        """What a restriction (R1) forbids, or a movement never offered (X01); none once eased, dropped or reworded."""
        row = self._crossed(id_)
        activity = self.proposal.activity(id_)
        if row is None or activity is None or activity.original:
            return None
        said = alt or _alt(activity.title, activity.patient_text)
        return Drawn(row.drawing, drawing(row.drawing, said, style=self.style, forbidden=True), said)

    def instead(self, id_: str, alt: str = "", before: str = "Instead: ") -> Drawn | None:
        """The first drawing of what this patient may do in place of it; ``before`` its title where ``alt`` is empty."""
        row = self._crossed(id_)
        for other in row.instead if row and self.proposal.assessment.disposition.prescribes else ():
            if self.may_do(other) and (drawn := self._drawn(other, alt or before + self._words(other), Show.END, ())):
                return drawn
        return None

    def may_do(self, id_: str) -> bool:
        """Whether nothing known of this patient speaks against an exercise or movement, in the plan or not."""
        now = self.proposal.assessment
        if move := self.knowledge.drawings.movements.get(id_):
            return now.track in (None, Track.STANDING) and now.removed.keys().isdisjoint(move.unless_removed)
        if (activity := self.proposal.activity(id_)) is not None:
            return not (activity.status_reason or activity.do_not_perform)
        row = self.knowledge.library.exercises.get(id_)
        return row is not None and id_ not in now.removed and id_ not in self._dropped and self._fits(row)

    def _fits(self, row: Exercise) -> bool:
        now = self.proposal.assessment
        phase = now.effective_phase is not None and row.phase.rank <= now.effective_phase.rank
        track = (now.track or Track.STANDING) in (row.tracks or {Track.STANDING})
        closed = {restriction.id for restriction in now.restrictions if restriction.state not in OPEN}
        return row.selectable and not row.needs and phase and track and row.breaks.isdisjoint(closed)

    @cached_property
    def _dropped(self) -> frozenset[str]:
        return frozenset(d.item for d in self.proposal.decisions if d.choice is Choice.DROP)

    def _crossed(self, id_: str) -> CrossedDrawing | None:
        row = self.knowledge.drawings.crossed.get(id_)
        restriction = self.proposal.assessment.restriction(id_)
        return row if row and (restriction is None or restriction.state in row.states) else None

    def _drawn(self, id_: str, alt: str, show: Show, variant: tuple[str, ...]) -> Drawn | None:
        changes = tuple(self._changes(id_, variant))
        if not has_drawing(id_) or any(change.hidden for change in changes):
            return None
        without = frozenset(part for change in changes for part in change.without)
        return Drawn(id_, drawing(id_, alt, show=show, style=self.style, without=without), alt)

    def _changes(self, id_: str, variant: tuple[str, ...]) -> Iterator[DrawingChange]:
        held = self._limits.union(variant)
        for change in self.knowledge.drawings.changes:
            if id_ in change.exercises and not held.isdisjoint(change.when):
                yield change

    @cached_property
    def _limits(self) -> frozenset[str]:
        return frozenset(name for limit in self.proposal.assessment.constraints for name in (limit.id, *limit.rows))

    def _words(self, id_: str) -> str:
        row = self.knowledge.drawings.movements.get(id_) or self.knowledge.library.exercises[id_]
        return _alt(row.title, row.patient_text)


def _alt(title: str, text: str) -> str:
    return f"{title}. {text}" if text else title
