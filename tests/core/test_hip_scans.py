"""Which hip may be scanned for bone density after an operation on one of them."""

from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.states import Severity
from smartapp.knowledge import load
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
K = load()
OLD = ["woman of 83", "L4 fracture on 2025-09-25, routine healing"]
LEFT = "hip replacement on 2024-05-01, in words left total hip"


@pytest.mark.parametrize(
    ("facts", "cls", "severity"),
    [
        ([LEFT, "total hip T-score -0.9 on 2025-12-01, left"], "", Severity.REVIEW),
        ([LEFT, "total hip T-score -2.9 on 2025-12-01, left"], "", Severity.REVIEW),
        ([LEFT, "total hip T-score -1.9 on 2025-12-01, right"], "osteopenia", None),
        ([LEFT, "total hip T-score -1.9 on 2025-12-01"], "", Severity.REVIEW),
        ([LEFT, "total hip T-score -2.9 on 2025-12-01"], "osteoporosis", Severity.REVIEW),
        ([LEFT, "total hip T-score -1.9 on 2024-01-01, left"], "osteopenia", None),  # before the operation
        ([LEFT, "lumbar spine T-score -1.9 on 2025-01-01, L1-L3"], "osteopenia", None),
        (
            [LEFT, "femoral neck T-score -0.9 on 2025-12-01, left", "femoral neck T-score -1.9 on 2025-12-01, right"],
            "osteopenia",
            Severity.INFO,
        ),
        (["hip replacement, in words right hip", "femur T-score -0.9 on 2025-12-01, right"], "", Severity.REVIEW),
        (
            ["hip fracture fixation on 2024-05-01", "femoral neck T-score -0.9 on 2025-12-01, right"],
            "",
            Severity.REVIEW,
        ),
        (["hip replacement on 2024-05-01, planned", "total hip T-score -1.9 on 2025-12-01"], "osteopenia", None),
        (
            ["hip replacement on 2024-05-01, in words left (total) hip", "total hip T-score -1.9 on 2025-12-01, right"],
            "osteopenia",
            None,
        ),
        ([LEFT, "total hip Z-score -2.9 on 2025-12-01"], "", Severity.REVIEW),
    ],
)
def test_a_hip_with_metal_does_not_classify(facts, cls, severity):
    found = derive(chart([*OLD, *facts], TODAY), TODAY, K)
    assert (found.bone_density.cls if found.bone_density else "") == cls
    assert [a.severity for a in found.alerts if a.code == "dxa-site-invalid"] == ([severity] if severity else [])


@pytest.mark.parametrize(("side", "where"), [(", left", "lies"), ("", "may lie, as no side is told,")])
def test_whether_the_metal_is_in_the_scan_is_said(side, where):
    found = derive(chart([*OLD, LEFT, f"total hip T-score -0.9 on 2025-12-01{side}"], TODAY), TODAY, K)
    (asked,) = (a for a in found.alerts if a.code == "dxa-site-invalid")
    assert asked.reason.text == f"Metal of an operation {where} in the scanned hip (-0.9, 2025-12-01)."


def test_a_gain_over_metal_is_none():
    gained = ["total hip density 0.700 on 2023-05-01, scanner A1", "total hip density 0.900 on 2026-01-01, scanner A1"]
    facts = [*OLD[:1], "L4 fracture on 2024-09-25, sequela", *gained]
    assert derive(chart(facts, TODAY), TODAY, K).gates.impact == "clinician-decision"
    assert derive(chart([*facts, LEFT], TODAY), TODAY, K).gates.impact == "prohibited"
