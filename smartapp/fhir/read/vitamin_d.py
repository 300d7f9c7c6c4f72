"""Results of vitamin D -> one total per specimen: which part a name means, and D2 and D3 added."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from smartapp.core.chart import Measurement, Unreadable
from smartapp.core.concepts import Topic
from smartapp.core.kinds import Quantity
from smartapp.core.phrases import PhraseTable
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign

_BELOW = ("<", "<=")
_ABOVE = (">", ">=")


def part_in_words(said: str, phrases: PhraseTable) -> str:
    """d2, d3 or total: what a name that means 25-OH vitamin D says was measured."""
    signs = {"d2": Sign.VITAMIN_D2, "d3": Sign.VITAMIN_D3, "total": Sign.TOTAL_OF_PARTS}
    parts = [name for name, sign in signs.items() if phrases.says(sign, said)]
    return parts[0] if len(parts) == 1 else "total"


def vitamin_d_totals(measurements: Iterable[Measurement]) -> Iterator[Measurement | Unreadable]:
    """All measurements, those of vitamin D brought to one total per specimen; ``collected`` is cleared."""
    specimens: dict[str, dict[str, Measurement]] = {}
    for measurement in measurements:
        if measurement.quantity is not Quantity.VITAMIN_D:
            yield measurement
            continue
        part, _, collected = measurement.collected.partition("|")
        key = collected or measurement.source.reference
        parts = specimens.setdefault(key, {})
        parts[part if part not in parts else f"{part} {measurement.source.reference}"] = measurement
    for parts in specimens.values():
        for total in _total(parts):
            yield replace(total, collected="") if isinstance(total, Measurement) else total


def _total(parts: dict[str, Measurement]) -> Iterator[Measurement | Unreadable]:
    whole = [m for name, m in parts.items() if name.split(" ")[0] == "total"]
    if whole:
        yield from whole
        return
    d2, d3 = parts.get("d2"), parts.get("d3")
    if len(parts) == 2 and d2 and d3 and d2.value is not None and d3.value is not None:
        yield _sum(d2, d3, d2.value, d3.value)
        return
    for name, measurement in parts.items():
        if name.startswith("d2") and measurement.comparator in _BELOW:
            said = f"{quoted(measurement.source.display)}: {_D2_BELOW}"
            yield Unreadable(measurement.source.reference, said, topic=Topic.VITAMIN_D)
        else:
            yield replace(measurement, notes=(*measurement.notes, _ALONE))


_ALONE = "D2 or D3 alone: many laboratories report the total under this code"
_D2_BELOW = "D2 alone and below its detection limit says nothing of the total: not used"


def _sum(d2: Measurement, d3: Measurement, two: Decimal, three: Decimal) -> Measurement:
    """A part below its detection limit counts as none, the cautious reading; where both are, so is the sum."""
    both = d2.comparator in _BELOW and d3.comparator in _BELOW
    if not both:
        two = Decimal(0) if d2.comparator in _BELOW else two
        three = Decimal(0) if d3.comparator in _BELOW else three
    above = d2.comparator in _ABOVE or d3.comparator in _ABOVE
    return replace(
        d3,
        value=two + three,
        comparator="<" if both else (">" if above else ""),
        recorded_value=f"D3 {d3.recorded_value} + D2 {d2.recorded_value}",
        text="25-hydroxyvitamin D2 + D3 of one specimen",
        notes=(*d3.notes, f"sum of D3 and D2 ({d2.source.reference}) of the same specimen"),
    )
