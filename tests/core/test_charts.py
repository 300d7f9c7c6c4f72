"""The language of the cases knows operations elsewhere than the spine, and orders of somebody else."""

from datetime import date

import pytest

from smartapp.core.chart import Chart
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import OrderKind, ProcedureKind, ProcedureState
from tests.core.charts import chart


def _chart(sentence: str) -> Chart:
    return chart([sentence], date(2026, 3, 16))


@pytest.mark.parametrize(
    ("sentence", "kind", "performed"),
    [
        ("neck operation on 2026-02-06", ProcedureKind.CERVICAL_SURGERY, date(2026, 2, 6)),
        ("hip replacement on 2026-01-05", ProcedureKind.HIP_REPLACEMENT, date(2026, 1, 5)),
        ("bypass on 2026-01-05", ProcedureKind.STERNOTOMY, date(2026, 1, 5)),
        ("sternotomy operation", ProcedureKind.STERNOTOMY, None),
        ("neck operation", ProcedureKind.CERVICAL_SURGERY, None),
    ],
)
def test_operations_elsewhere(sentence: str, kind: ProcedureKind, performed: date | None) -> None:
    [operation] = _chart(sentence).procedures
    assert operation.kind is kind
    assert (operation.performed.earliest if operation.performed else None) == performed
    assert operation.region is (Region.CERVICAL if kind is ProcedureKind.CERVICAL_SURGERY else Region.UNSPECIFIED)


def test_a_planned_operation() -> None:
    [operation] = _chart("eye operation on 2026-04-05, planned").procedures
    assert operation.state is ProcedureState.PENDING


def test_what_an_operation_left_is_a_diagnosis() -> None:
    [diagnosis] = _chart("hip replacement").diagnoses
    assert diagnosis.concepts == {"hip-replacement"}


def test_orders() -> None:
    [order] = _chart("order no weight left until 2026-04-04 given 2026-02-12").orders
    assert (order.kind, order.side) == (OrderKind.NO_WEIGHT, "left")
    assert order.until and order.until.earliest == date(2026, 4, 4)
    assert order.given and order.given.earliest == date(2026, 2, 12)
    assert order.quote == "no weight left until 2026-04-04 given 2026-02-12"
    [order] = _chart("order no-bending-lifting-twisting").orders
    assert (order.kind, order.side, order.until, order.given) == (
        OrderKind.NO_BENDING_LIFTING_TWISTING,
        "",
        None,
        None,
    )
