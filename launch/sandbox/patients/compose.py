"""The stories below into the JSON files beside this one: ``python -m launch.sandbox.patients.compose``.

Invented people. Dates are offsets from the day the sandbox starts (``@-20d``), so each story always shows the phase it
is meant to show. Codes come only from the verified tables of the clinical rule book (ICD-10-CM April 2026, SNOMED CT
IPS free set, LOINC, CPT; smoking status from the US Core value set); whatever has no verified code is text only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .clear_stories import (
    advanced,
    after_fusion,
    after_kyphoplasty,
    initial,
    intermediate,
    no_onset,
    not_applicable,
    prone_conditional,
    red_flag,
    unknown_healing,
)
from .edge_stories import (
    already_planned,
    conflicting_dxa,
    delayed_healing,
    man_of_44,
    month_only,
    nothing_relevant,
    vitamin_d_in_nmol,
    woman_of_68,
)

HERE = Path(__file__).parent
WIDTH = 118

STORIES = (
    initial, prone_conditional, intermediate, advanced, after_kyphoplasty, after_fusion, unknown_healing, no_onset,
    red_flag, not_applicable, already_planned, conflicting_dxa, vitamin_d_in_nmol, woman_of_68, man_of_44,
    delayed_healing, month_only, nothing_relevant,
)  # fmt: skip


def compose() -> dict[str, str]:
    """File name -> text, one per story, numbered in the order of the patient list."""
    built = [(number, make.__name__, make().bundle()) for number, make in enumerate(STORIES, 1)]
    return {f"{n:02d}-{name.replace('_', '-')}.json": written(bundle) + "\n" for n, name, bundle in built}


def written(node: Any, depth: int = 0) -> str:
    """JSON for reading: what fits on a line stays on a line."""
    flat = json.dumps(node, ensure_ascii=False)
    if not isinstance(node, dict | list) or (len(flat) + 2 * depth < WIDTH and "resourceType" not in flat):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(node, list):
        lines = [written(item, depth + 1) for item in node]
        opening, closing = "[", "]"
    else:
        lines = [f"{json.dumps(key)}: {written(value, depth + 1)}" for key, value in node.items()]
        opening, closing = "{", "}"
    return opening + "\n" + ",\n".join(pad + line for line in lines) + "\n" + "  " * depth + closing


if __name__ == "__main__":
    for name, text in compose().items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(name)
