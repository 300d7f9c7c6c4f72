"""A chart -> the same chart with its facts in an order of our own, so that it never matters how they arrived."""

from dataclasses import fields, is_dataclass, replace
from typing import Protocol, TypeVar

from smartapp.core.chart import Chart, Source


def canonical_chart(chart: Chart) -> Chart:
    """The same chart with its facts in an order that does not depend on how they arrived."""
    return replace(
        chart,
        diagnoses=_in_order(chart.diagnoses),
        procedures=_in_order(chart.procedures),
        measurements=_in_order(chart.measurements),
        medications=_in_order(chart.medications),
        plans=_in_order(chart.plans),
        orders=_in_order(chart.orders),
        unrecognised=_in_order(chart.unrecognised),
        attestations=_in_order(chart.attestations),
        offers=_in_order(chart.offers),
        reports=_in_order(chart.reports),
    )


class _Sourced(Protocol):
    @property
    def source(self) -> Source: ...


S = TypeVar("S", bound=_Sourced)


def _in_order(values: tuple[S, ...]) -> tuple[S, ...]:
    """By reference and what it measures; facts that share both by all they say, which takes longer to compare."""
    if len(values) < 2:
        return values
    alike: dict[tuple[str, str], list[S]] = {}
    for value in values:
        alike.setdefault(_name(value), []).append(value)
    named = (alike[name] for name in sorted(alike))
    return tuple(value for same in named for value in (sorted(same, key=_key) if len(same) > 1 else same))


def _name(value: _Sourced) -> tuple[str, str]:
    """A pressure is two facts of one record."""
    return value.source.reference, getattr(value, "quantity", "")


def _key(value: object) -> str:
    if is_dataclass(value):
        return "|".join(_key(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, frozenset):
        return ",".join(sorted(map(str, value)))
    return str(value)
