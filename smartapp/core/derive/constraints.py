"""Facts -> what else about the patient limits the programme (rule book 2a, section 4): one table, one mechanism.

All rows that hold act together: what they remove adds up, the lower track leads, the later end counts.
"""

import re
from calendar import month_name
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from smartapp.core.assessment import Constraint, Gates, Reason
from smartapp.core.chart import Source
from smartapp.core.constraints import ConstraintRule, ConstraintTable
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.fracture_status import FractureStatuses
from smartapp.core.derive.gates import PRONE
from smartapp.core.derive.notes import Note, Noting, Raised, alert, gap, unique
from smartapp.core.derive.spanish import in_spanish
from smartapp.core.derive.surgery import Reset
from smartapp.core.derive.triggers import NO_OTHERS, Hit, OtherLimits, SeenLimits, hits
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.quotes import quoted
from smartapp.core.states import Prone, Severity, Track
from smartapp.core.thresholds import ThresholdName

_HOLDS = "Until it is answered the limit holds."
_MAY_LIMIT = "If it still limits, exercises are left out and others are done differently."
_MONTHS = tuple(month_name)


@frozen
class Held:
    """A row and the records by which it holds."""

    rule: ConstraintRule
    hits: tuple[Hit, ...]

    @property
    def acts(self) -> bool:
        return any(not hit.only_asks for hit in self.hits)

    @property
    def acting(self) -> tuple[Hit, ...]:
        return tuple(hit for hit in self.hits if not hit.only_asks)


def constraints_of(
    standings: FractureStatuses | None, notes: Iterable[Note], facts: Facts
) -> Noting[tuple[Constraint, ...]]:
    """The rows that hold, those of one id as one constraint, in the order of the table; raises what they raise."""
    raised, awaiting = _raised(notes, facts.knowledge.constraints), _awaiting(standings, facts)
    phase = standings.effective if standings else None
    broken_on = standings.broken_on if standings else None
    seen = SeenLimits(facts, raised, awaiting, broken_on, phase)
    table = facts.knowledge.constraints
    held = [h for rule in table.starting_from(seen.leads) if (h := _held(rule, seen)).hits]
    count = sum(1 for id_ in dict.fromkeys(h.rule.id for h in held) if _limits(id_, held, facts.knowledge))
    others = OtherLimits(count, _lowest(h.rule.track for h in held if h.acts))
    removed = {id_ for h in held if h.acts for id_ in h.rule.removes}
    late = (
        rule for rule in table.counting if not (rule.removes and removed.issuperset(rule.removes))
    )  # nothing to ask
    held += [h for rule in late if (h := _held(rule, seen, others)).hits]
    for each in held:
        if each.acts and each.rule.alert:
            why = in_words(each.rule.text, each.acting)
            eased = each.rule.eased or _is_obeyed(each, held, facts)
            yield alert(each.rule.alert, why, (h.source for h in each.acting), eased=eased)
    found = tuple(_constraint(parts) for parts in _by_id(held).values())
    for constraint in found:
        if constraint.question:
            yield gap(f"limit-{constraint.id}", constraint.question, _HOLDS if constraint.rows else _MAY_LIMIT)
    return found


def _raised(notes: Iterable[Note], table: ConstraintTable) -> Mapping[str, Raised]:
    raised = [note for note in notes if isinstance(note, Raised) and note.code in table.alerts]
    by_variant = {f"{note.code}.{note.variant}": note for note in raised if note.variant}
    return {**{note.code: note for note in raised}, **by_variant}


def _awaiting(standings: FractureStatuses | None, facts: Facts) -> tuple[tuple[Reset, bool], ...]:
    """Operations of the spine not cleared, and whether the surgeon has spoken since (rule book 2c, CD11)."""
    awaits = {s.awaits.source: s.awaits for s in standings.everyone if s.awaits} if standings else {}
    return tuple(
        (reset, facts.attestation_of(AttestationName.SURGEON_CLEARANCE, reset.day) is not None)
        for reset in awaits.values()
    )


def _held(rule: ConstraintRule, seen: SeenLimits, others: OtherLimits = NO_OTHERS) -> Held:
    found = {hit for trigger in rule.when for hit in hits(trigger, seen, others)}
    lifted = rule.lifted_by and seen.facts.attestation_of(rule.lifted_by)
    # A record without a day may be of today: only what is stated today, or of that very record, ends it.
    standing = (h for h in found if not (lifted and lifted.on >= (h.day or seen.facts.today)))
    return Held(rule, tuple(sorted(standing, key=_order)))


def _is_obeyed(each: Held, held: Iterable[Held], facts: Facts) -> bool:
    """NS24: known for long, nothing asked of it, and the plan obeys it. Of an unknown day it may be new."""
    asked = (h.rule for h in held if h.acts and h.rule.question)
    if not each.rule.obeyed or any(r.id == each.rule.id or (r.counts_others and each.rule.track) for r in asked):
        return False
    known_by = facts.today - timedelta(days=facts.knowledge.whole(ThresholdName.LIMIT_NEW_WITHIN))
    return all(hit.day is not None and hit.day < known_by and not hit.ask for hit in each.acting)


def _order(hit: Hit) -> tuple[bool, date, str, str]:
    """What holds until it is answered first, then the latest end; the rest only keeps the order."""
    return hit.only_asks, date.min + (date.max - (hit.until or date.max)), hit.source.reference, hit.name


def _limits(id_: str, held: list[Held], knowledge: Knowledge) -> bool:
    """Whether it is under review and removes something (rule book 2c, CX53)."""
    rows = [h.rule for h in held if h.rule.id == id_ and h.acts]
    reviewed = (r for r in rows if r.alert and not r.eased and knowledge.alerts[r.alert].severity is Severity.REVIEW)
    return id_.startswith("WP") and any(reviewed) and any(row.removes for row in rows)


def _by_id(held: list[Held]) -> Mapping[str, list[Held]]:
    found: dict[str, list[Held]] = {}
    for each in held:
        found.setdefault(each.rule.id, []).append(each)
    return found


def _constraint(parts: list[Held]) -> Constraint:
    acting = [part for part in parts if part.acts]
    rules = [part.rule for part in acting]
    keeps = [set(rule.keeps) for rule in rules if rule.keeps]
    ends = [hit.until for part in acting for hit in part.acting]
    title = parts[0].rule.title
    return Constraint(
        id=parts[0].rule.id,
        title=title,
        text=_once(in_words(p.rule.text, p.acting) for p in acting) or f"{title}: on record, and old.",
        patient_text=_once(in_words(p.rule.patient_text, p.acting) for p in acting),
        removes=tuple(sorted({id_ for rule in rules for id_ in rule.removes})),
        changes=tuple(dict.fromkeys(change for rule in rules for change in rule.changes)),
        reason=_reason(parts),
        question=_once(question for part in parts for question in _questions(part)),
        until=None if None in ends else max((end for end in ends if end), default=None),
        keeps=tuple(sorted(set.intersection(*keeps))) if keeps else (),
        rows=tuple(rule.name for rule in rules),
        alerts=_alerts(rules),
        patient_text_es=_in_spanish(acting),
        one_sided=tuple(sorted({id_ for rule in rules for id_ in rule.one_sided})),
        side=_limited_side(acting),
    )


def _limited_side(acting: Iterable[Held]) -> str:
    """Left or right, where the records name one of them."""
    sides = {hit.side for part in acting for hit in part.acting} & {"left", "right"}
    return sides.pop() if len(sides) == 1 else ""


def _in_spanish(acting: Iterable[Held]) -> str:
    texts = [in_spanish(p.rule.patient_text_es, p.acting) for p in acting]
    return _once(texts) if all(texts) else ""


def _alerts(rules: Iterable[ConstraintRule]) -> tuple[str, ...]:
    """What the rows raise, and what they start from."""
    rows = tuple(rules)
    raised = [rule.alert for rule in rows if rule.alert]
    return tuple(dict.fromkeys([*raised, *(t.alert for rule in rows for t in rule.when if t.alert)]))


def _once(texts: Iterable[str]) -> str:
    return " ".join(text for text in dict.fromkeys(texts) if text)


def _reason(parts: list[Held]) -> Reason:
    names = dict.fromkeys(_dated(hit) for part in parts for hit in part.hits)
    statements = dict.fromkeys(s for part in parts for s in part.rule.origin.statements)
    sources: tuple[Source, ...] = unique(hit.source for part in parts for hit in part.hits)
    return Reason(f"On record: {'; '.join(names)}.", tuple(statements), sources, f"limit.{parts[0].rule.id}")


def _dated(hit: Hit) -> str:
    return f"{_named(hit)}, {hit.day}" if hit.day else _named(hit)


def _named(hit: Hit) -> str:
    """The words of the record as a quote; a sentence of ours is none."""
    return hit.name.rstrip(".") if hit.ours else quoted(hit.name)


def _questions(part: Held) -> Iterable[str]:
    if part.acts:
        yield in_words(part.rule.question, part.acting)
    for hit in part.hits:
        if hit.only_asks or (hit.ask and hit.day):
            yield f"Does this still limit: {_dated(hit)}?"
        elif hit.ask:
            yield f"When was this, and does it still limit: {_named(hit)}?"


def in_words(text: str, found: tuple[Hit, ...]) -> str:
    """The places of a text from the record that limits longest; an unknown side falls away with its blank."""
    first = found[0]
    sides = {hit.side for hit in found}
    side = "both" if len(sides) > 1 else first.side
    words = {
        "side": side,
        "date": f"on {first.day}" if first.day else "on a day not recorded",
        "until": f"until {first.until}" if first.until else "until somebody answers",
        "limit_end": f"until {_MONTHS[first.until.month]} {first.until.day}" if first.until else _UNTIL_SAID,
        "order": _named(first),
        "amount": "part of your weight",
        "value": first.name,
    }
    if side == "both":
        text = re.sub(r"\b(?:the|(Your)|your|(The)) \{side\}", lambda m: "Either" if m[1] or m[2] else "either", text)
    text = text if side else re.sub(r" \{side\}", "", text)
    return re.sub(r"\{([a-z_]+)\}", lambda place: words[place[1]], text)


_UNTIL_SAID = "until your care team says so"


def track_of(constraints: Iterable[Constraint], table: ConstraintTable) -> Track:
    return _lowest(table.rule(name).track for constraint in constraints for name in constraint.rows)


def _lowest(tracks: Iterable[Track | None]) -> Track:
    """Bed before chair before standing (rule book 2c, CD12)."""
    wanted = set(tracks)
    return next((track for track in (Track.BED, Track.CHAIR) if track in wanted), Track.STANDING)


def close_prone(gates: Gates, constraints: Iterable[Constraint], table: ConstraintTable) -> Gates:
    """The prone gate shut by every constraint that shuts it, with its own reason beside the fracture's."""
    closing = [c for c in constraints if any(table.rule(name).closes_prone for name in c.rows)]
    if not closing:
        return gates
    reasons = [reason for name, reason in gates.reasons if name == PRONE and gates.prone is Prone.BLOCKED]
    reasons += [Reason(f"{c.title}: {c.text}", ("S06",), c.reason.sources, "gate.prone") for c in closing]
    text = " ".join(reason.text for reason in reasons)
    why = Reason(text, ("S06",), unique(s for r in reasons for s in r.sources), reasons[0].rule)
    ends = [c.until for c in closing]
    opens = [day for name, day, _ in gates.opens if name == PRONE]
    waits = [waits for name, _, waits in gates.opens if name == PRONE]
    day = None if None in (*ends, *opens) else max((d for d in (*ends, *opens) if d), default=None)
    waits += [f"the end of: {c.title.lower()}" for c in closing]
    return replace(
        gates,
        prone=Prone.BLOCKED,
        reasons=tuple((name, why if name == PRONE else reason) for name, reason in gates.reasons),
        opens=((PRONE, day, " and ".join(waits)), *(each for each in gates.opens if each[0] != PRONE)),
    )


def nothing_left(constraints: Iterable[Constraint], knowledge: Knowledge) -> bool:
    """Whether every exercise is removed: then there is nothing to prescribe before the limit is answered."""
    removed = {id_ for constraint in constraints for id_ in constraint.removes}
    return all(id_ in removed for id_, exercise in knowledge.library.exercises.items() if exercise.selectable)
