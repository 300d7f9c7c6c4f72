"""What may be stated at a limit of the patient, and a form that states it -> an attestation that counts, or why not.

Weight bearing with its side, what lifts a limit, and one named record that limits no more (rule book 2a, 0.2;
2c, CX55).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from smartapp.core.assessment import Constraint
from smartapp.core.chart import Attestation, Chart
from smartapp.core.constraints import ConstraintTable
from smartapp.core.derive import derive
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.orders import BEARING, WeightBearing, live_orders, weight_bearing
from smartapp.core.derive.standing import rising_of
from smartapp.core.kinds import CHOICES, WITH_VALUE, AttestationName
from smartapp.core.knowledge import Knowledge
from smartapp.core.quotes import quoted
from smartapp.errors import ReviewError
from smartapp.web.catalog import Lazy, _

LEGS = ("left", "right")
SIDES = (*LEGS, "both")
AMOUNTS: Mapping[str, str] = MappingProxyType(
    {
        "none": Lazy("no weight"),
        "toe-touch": Lazy("toe-touch only"),
        "partial": Lazy("part of the weight"),
        "tolerated": Lazy("as tolerated"),
        "full": Lazy("full weight"),
    }
)
# Of a fact a clinician confirms.
BASES = (Lazy("Examination"), Lazy("Imaging"), Lazy("Operation note"), Lazy("What the patient says"))
# What has choices, and none was chosen.
_CHOOSE: Mapping[AttestationName, str] = MappingProxyType(
    {
        AttestationName.STANDS_WITH_HELP: Lazy("Choose whether the patient stands up with at most one helper."),
        AttestationName.CARER: Lazy("Choose whether somebody is there when the exercises are done at home."),
        AttestationName.FRACTURE_LEVEL: Lazy("Choose the vertebra."),
        AttestationName.BACK_PAIN: Lazy("Enter pain as a result."),
    }
)
_AT_A_LIMIT = WITH_VALUE - {AttestationName.FRACTURE_LEVEL}
LONGEST = 300  # characters of what a statement rests on (ours)
_FULL = "full"  # of both legs: one leg alone bears as tolerated
_ANSWERED_BY_RECORD = ("WP", "NS")  # what the fracture itself limits is lifted by its own statements only


@dataclass(frozen=True)
class LimitAnswers:
    """What a clinician can state at one limit. ``records``: reference and words of each that may limit no more."""

    weight: bool
    lifts: tuple[AttestationName, ...]
    records: tuple[tuple[str, str], ...]
    stands: bool = False  # up, with at most one helper
    carer: bool = False  # somebody is there for what must not be done alone

    def __bool__(self) -> bool:
        return bool(self.weight or self.lifts or self.records or self.stands or self.carer)


def limit_answers(limits: Iterable[Constraint], table: ConstraintTable) -> Mapping[str, LimitAnswers]:
    """By the id of the limit."""
    return {limit.id: _answers(limit, table) for limit in limits}


def _answers(limit: Constraint, table: ConstraintTable) -> LimitAnswers:
    rows = [row for row in table.rules if row.id == limit.id]
    weight = any(trigger.weight for row in rows for trigger in row.when)
    lifts = dict.fromkeys(row.lifted_by for row in rows if row.lifted_by)
    sources = limit.reason.sources if limit.id.startswith(_ANSWERED_BY_RECORD) else ()
    records = {s.reference: s.display or s.reference for s in sources if "/" in s.reference}
    stands = any(trigger.stands for row in rows for trigger in row.when)
    carer = any(row.not_alone for row in rows)
    return LimitAnswers(weight, tuple(lifts), tuple(records.items()), stands, carer)


@dataclass(frozen=True)
class StatedLimit:
    """A form as it was sent. ``limit``: where it was answered; empty where the statement stands by itself."""

    name: AttestationName
    on: date
    limit: str = ""
    amount: str = ""  # of weight bearing; one of the choices of what has some
    side: str = ""
    record: str = ""
    basis: str = ""

    @property
    def value(self) -> str:
        if self.name is AttestationName.WEIGHT_BEARING:
            return self.amount if self.amount == _FULL else f"{self.amount}-{self.side}"
        if self.name in CHOICES:
            return self.amount
        return self.record if self.name is AttestationName.LIMIT_NONE else ""


def check_stated(stated: StatedLimit, limits: Iterable[Constraint], table: ConstraintTable) -> None:
    """Raises ReviewError where the form lacks what the statement needs, or nothing asks for it."""
    if stated.name in CHOICES and stated.amount not in CHOICES[stated.name]:
        raise ReviewError(_CHOOSE[stated.name])
    if not stated.limit and stated.name not in _AT_A_LIMIT:
        _check_basis(stated)
        return
    asked = limit_answers(limits, table).get(stated.limit)
    if asked is None:
        raise ReviewError(_("This limit is no longer there: look at the plan again."))
    if stated.name is AttestationName.WEIGHT_BEARING:
        _check_weight(stated)
    if stated.name is AttestationName.LIMIT_NONE and stated.record not in dict(asked.records):
        raise ReviewError(_("Choose the record that limits no more."))
    _check_basis(stated)


def _check_basis(stated: StatedLimit) -> None:
    if not stated.basis:
        raise ReviewError(_("Say what it rests on, for example an examination today or a letter of the surgeon."))


def _check_weight(stated: StatedLimit) -> None:
    if stated.amount not in BEARING:
        raise ReviewError(_("Choose how much weight the leg may bear."))
    if stated.amount == _FULL and stated.side not in ("", "both"):
        raise ReviewError(_("Full weight is stated of both legs. Of one leg, state “as tolerated”."))
    if stated.amount != _FULL and stated.side not in SIDES:
        raise ReviewError(_("Choose which leg."))


def check_counts(stated: StatedLimit, said: Attestation, chart: Chart, today: date, knowledge: Knowledge) -> None:
    """Raises ReviewError for a statement that would change nothing, because the record it answers is newer."""
    others = (each for each in chart.attestations if not outdoes(said, each))
    after = replace(chart, attestations=(*others, said))
    if said.name is AttestationName.WEIGHT_BEARING:
        for leg in (stated.side,) if stated.side in LEGS else LEGS:
            leads = _of_leg(leg, after, today, knowledge)
            if leads and leads.state != stated.amount:
                newer = _(
                    "%(leads)s (%(when)s) still leads.",
                    leads=quoted(leads.name),
                    when=leads.day or _("without a date"),
                )
                raise ReviewError(
                    _("%(newer)s State a day after it, or say of that record that it limits no more.", newer=newer)
                )
    elif said.name is AttestationName.STANDS_WITH_HELP:
        standing = rising_of(Facts(after, today, knowledge))
        if standing.state != said.value:
            raise ReviewError(
                _(
                    "%(standing)s (%(when)s) still leads. State a day after it.",
                    standing=quoted(standing.name),
                    when=standing.day or _("without a date"),
                )
            )
    elif said.name is AttestationName.LIMIT_NONE:
        limits = (each for each in derive(after, today, knowledge).constraints if each.id == stated.limit)
        if any(source.reference == said.value for limit in limits for source in limit.reason.sources):
            raise ReviewError(_("The record is newer than this day. State the day from which it limits no more."))


def _of_leg(leg: str, chart: Chart, today: date, knowledge: Knowledge) -> WeightBearing | None:
    """What leads for one leg: everything said of it, of both or of neither, as said of it alone."""
    orders = tuple(replace(order, side=leg) for order in chart.orders if order.side in (leg, "both", ""))
    weight = (each for each in chart.attestations if each.name is AttestationName.WEIGHT_BEARING)
    said = tuple(replace(each, value=f"{_amount(each)}-{leg}") for each in weight if _side(each) in (leg, "both", ""))
    others = tuple(each for each in chart.attestations if each.name is not AttestationName.WEIGHT_BEARING)
    facts = Facts(replace(chart, orders=orders, attestations=(*others, *said)), today, knowledge)
    return weight_bearing(live_orders(facts), facts)


def value_words(said: Attestation) -> str:
    """What is stated in the value, in words; empty where there is none."""
    if said.name is AttestationName.WEIGHT_BEARING:
        side = {"": _("both legs"), "both": _("both legs")}.get(_side(said), _("%(side)s leg", side=_side(said)))
        return f"{AMOUNTS.get(_amount(said), said.value)}, {side}"
    return said.value


def _amount(said: Attestation) -> str:
    return next((amount for amount in BEARING if said.value.startswith(amount)), "")


def _side(said: Attestation) -> str:
    """left, right, both, or empty: full weight is of both legs."""
    return said.value.removeprefix(_amount(said)).strip("-")


def outdoes(new: Attestation, old: Attestation) -> bool:
    """Whether a statement takes the place of an earlier one: the same thing said again, not of an earlier day."""
    if new.name is not old.name:
        return False
    if new.name is AttestationName.WEIGHT_BEARING:
        return old.on <= new.on and _side(new) in (_side(old), "both", "")
    if new.name in CHOICES:
        return old.on <= new.on
    return new.value == old.value
