"""Activities of a proposal -> the rows of the page, each with suggestion and decision."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from smartapp.core.assessment import Restriction
from smartapp.core.dates import near_date
from smartapp.core.program import HomeSet
from smartapp.core.proposal import Activity, ActivityKind, Choice, Decision, Proposal
from smartapp.core.states import State
from smartapp.document.fitted import Drawn, PatientDrawings
from smartapp.web import words
from smartapp.web.catalog import _
from smartapp.web.review_rows import Group, ItemRow, Option, RestrictionItem, SessionBlock

# What somebody has to act on comes first.
OF_EXERCISES = ("R6", "R7")  # movements nobody makes but in an exercise, under a gate the picture shows (ours)
ADVICE = (ActivityKind.FOLLOW_UP, ActivityKind.REFERRAL, ActivityKind.NUTRITION, ActivityKind.EDUCATION)


class Items:
    def __init__(
        self, machine: Proposal, revised: Proposal, titles: Mapping[str, str], drawings: PatientDrawings
    ) -> None:
        self.machine, self.revised, self.titles, self.drawings = machine, revised, titles, drawings
        self.decided: dict[str, list[Decision]] = {}
        for decision in revised.decisions:
            self.decided.setdefault(decision.item.partition(".")[0], []).append(decision)
        gates = revised.assessment.gates
        self.gates = {name: (day, waits) for name, day, waits in (gates.opens if gates else ())}
        self.why = dict(gates.reasons if gates else ())

    def restrictions(self) -> tuple[RestrictionItem, ...]:
        return tuple(map(self._restriction, self.revised.assessment.restrictions))

    def open(self) -> tuple[RestrictionItem, ...]:
        """Gates that are open: they stand among what is allowed, and never as a ban."""
        return tuple(row for row in self.restrictions() if row.look.tone == "open")

    def closed(self, crowded: bool = False) -> tuple[RestrictionItem, ...]:
        """What has a drawing, a gate or an end, or was changed here; the others are named below. Where much is to
        settle, or a plan was signed before, so are those of the therapist's exercises alone.
        """
        named = self.named_only(crowded)
        return tuple(row for row in self._closed() if row not in named)

    def named_only(self, crowded: bool = False) -> tuple[RestrictionItem, ...]:
        exercises = OF_EXERCISES if crowded else ()
        return tuple(row for row in self._closed() if row.named_only or (row.id in exercises and not row.edited))

    def _closed(self) -> tuple[RestrictionItem, ...]:
        return tuple(row for row in self.restrictions() if row.look.tone != "open")

    def daily(self) -> tuple[ItemRow, ...]:
        """What may be done every day, and every exercise the clinician changed or removed."""
        every = self._all(ActivityKind.EXERCISE)
        return tuple(self._row(a) for a in every if a.home_set is HomeSet.DAILY or a.id in self.decided)

    def _restriction(self, restriction: Restriction) -> RestrictionItem:
        suggested, now = self.machine.activity(restriction.id), self._as_it_stands(restriction.id)
        name = words.RESTRICTION_NAMES.get(restriction.id, restriction.id)
        return RestrictionItem(
            id=restriction.id,
            item=restriction.id,
            look=words.STATES[restriction.state],
            movement=restriction.movement or name,
            quality=restriction.quality.removeprefix(f"{name.lower()} "),
            instead=restriction.instead,
            text=now.description if now else restriction.text,
            ends=self._ends(restriction),
            gate=self._gate(restriction.id),
            reason=restriction.reason,
            edited=self._edit_words(restriction.id, suggested),
            editable=suggested is not None,
            locked=bool(suggested and suggested.locked),
            cautious=bool(suggested and suggested.cautious),
            original=suggested.description if suggested else "",
            drawings=self._crossed(restriction.id),
            dropped=any(d.choice is Choice.DROP for d in self.decided.get(restriction.id, ())),
        )

    def _crossed(self, id_: str) -> tuple[Markup, ...]:
        crossed = self.drawings.crossed(id_)
        return _safe(crossed, self.drawings.instead(id_)) if crossed else ()

    def never(self) -> tuple[ItemRow, ...]:
        shown = {r.id for r in self.revised.assessment.restrictions}
        return tuple(self._row(a) for a in self._all(ActivityKind.RESTRICTION) if a.id not in shown)

    def session(self) -> tuple[SessionBlock, ...]:
        return tuple(
            SessionBlock(block.title, block.minutes, self._rows_of(block.exercises)) for block in self.machine.session
        )

    def home(self) -> tuple[Group, ...]:
        """What is done at home only; what the sessions have as well is shown there."""
        seen = self._in_session()
        alone = [a for a in self._all(ActivityKind.EXERCISE) if a.id not in seen]
        found = ((title, [a for a in alone if a.home_set is each]) for each, title in words.HOME_SETS.items())
        return tuple(Group(title, tuple(map(self._row, items)), True) for title, items in found if items)

    def further(self) -> tuple[Group, ...]:
        """Exercises outside the sessions: what waits, and what else the phase offers."""
        seen = self._in_session()
        extra = [a for a in self._all(ActivityKind.EXERCISE) if a.id not in seen and not a.home_set]
        waiting, others = ([a for a in extra if bool(a.status_reason) is waits] for waits in (True, False))
        named = ((_("Not to be started yet"), waiting), (_("Further exercises"), others))
        return tuple(Group(title, tuple(map(self._row, items)), False) for title, items in named if items)

    def advice_groups(self) -> tuple[Group, ...]:
        named = ((words.KINDS[kind], self._all(kind)) for kind in ADVICE)
        return tuple(Group(title, tuple(map(self._row, items)), True) for title, items in named if items)

    def fold_of(self, item: str) -> str:
        """Where an item can be edited: ``program``, ``advice``, ``never``; empty where it stands open."""
        kind = found.kind if (found := self.machine.activity(item)) else None
        if item.startswith("dose.") or kind is ActivityKind.EXERCISE:
            return "program"
        if kind is ActivityKind.RESTRICTION and item in {row.id for row in self.never()}:
            return "never"
        return "advice" if kind in ADVICE else ""

    @property
    def exercises(self) -> int:
        return len(self._all(ActivityKind.EXERCISE))

    @property
    def advice(self) -> int:
        return sum(len(group.items) for group in self.advice_groups())

    def _in_session(self) -> set[str]:
        return {id_ for block in self.machine.session for id_ in block.exercises}

    def _all(self, kind: ActivityKind) -> list[Activity]:
        """In the machine's order: what was dropped or exchanged keeps its place."""
        return [a for a in self.machine.activities if a.kind is kind]

    def _rows_of(self, ids: Sequence[str]) -> tuple[ItemRow, ...]:
        return tuple(self._row(activity) for id_ in ids if (activity := self.machine.activity(id_)) is not None)

    def _as_it_stands(self, id_: str) -> Activity | None:
        """The activity as it stands: itself, or what the clinician chose in its place."""
        if found := self.revised.activity(id_):
            return found
        chosen = [d.value.upper() for d in self.decided.get(id_, ()) if d.choice is Choice.CHANGE and d.item == id_]
        return self.revised.activity(chosen[-1]) if chosen else None

    def _row(self, suggested: Activity) -> ItemRow:
        now = self._as_it_stands(suggested.id)
        shown = now or suggested
        exercise = shown.kind is ActivityKind.EXERCISE
        return ItemRow(
            id=suggested.id,
            item=suggested.id,
            title=shown.title,
            dose=shown.dose,
            note=shown.status_reason,
            description=shown.description,
            reason=shown.reason,
            options=tuple(Option(id_, self.titles.get(id_, id_)) for id_ in suggested.options),
            value_item=f"{suggested.id}.dose" if exercise else suggested.id,
            value=shown.dose if exercise else shown.description,
            value_label=_("Dose") if exercise else _("Wording"),
            edited=self._edit_words(suggested.id, suggested),
            locked=suggested.locked,
            cautious=suggested.cautious,
            dropped=now is None,
            drawings=_safe(self.drawings.exercise(shown)) if exercise else self._crossed(shown.id),
        )

    def _edit_words(self, id_: str, suggested: Activity | None) -> str:
        """What was done to it and what had been suggested; empty if nothing was done."""
        decisions = self.decided.get(id_)
        if not decisions:
            return ""
        dropped = any(d.choice is Choice.DROP for d in decisions)
        was = ""
        if suggested is not None:
            named = suggested.kind is ActivityKind.EXERCISE
            was = f"{suggested.title}, {suggested.dose}" if named and suggested.dose else suggested.description
        reasons = "; ".join(dict.fromkeys(d.reason for d in decisions if d.reason))
        said = _(
            "%(done)s %(who)s. Suggested: %(was)s.",
            done=_("Removed") if dropped else _("Changed"),
            who=_by_whom(decisions),
            was=was.rstrip("."),
        )
        return said + (_(" Reason: %(reasons)s.", reasons=reasons) if reasons else "")

    def _ends(self, restriction: Restriction) -> str:
        today = self.revised.assessment.as_of
        if restriction.until:
            return _("until %(until)s", until=near_date(restriction.until, today))
        gate = self.gates.get(words.GATE_OF.get(restriction.id, ""))
        if words.STATES[restriction.state].tone == "open" or restriction.state is State.CLINICIAN_DECISION:
            return ""
        return _("not before %(gate)s", gate=near_date(gate[0], today)) if gate and gate[0] else ""

    def _gate(self, id_: str) -> str:
        name = words.GATE_OF.get(id_, "")
        parts = [self.why[name].text] if name in self.why else []
        if name in self.gates:
            day, waits = self.gates[name]
            parts.append(
                (_("Earliest %(day)s. ", day=day) if day else "")
                + (_("Waits for: %(waits)s.", waits=waits) if waits else "")
            )
        return " ".join(parts)


def _by_whom(decisions: Sequence[Decision]) -> str:
    """Of several the latest day; one of today alone is of today."""
    days = [d.signed_on for d in decisions]
    known = [day for day in days if day]
    return _("as signed on %(known)s", known=max(known)) if len(known) == len(days) else _("by you")


def _safe(*drawn: Drawn | None) -> tuple[Markup, ...]:
    """The renderer escapes whatever words it is given."""
    return tuple(Markup(each.svg) for each in drawn if each)  # noqa: S704
