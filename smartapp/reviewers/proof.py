"""proof.csv and cases.csv beside this file -> which cases prove a row of the knowledge.

Both are written from the case files by ``python -m tests.core.proof`` and tested to be current.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True)
class Shown:
    """A case by id and words."""

    id: str
    title: str


@dataclass(frozen=True)
class Proven:
    """How many cases trigger a row, the most telling of them, and the one that just misses it."""

    cases: int
    triggered_by: tuple[Shown, ...]
    just_missed_by: Shown | None


@cache
def proven() -> Mapping[str, Proven]:
    """By row: ``S04``, ``R1 strict``, ``vitd-missing``, ``E01``, ``N-CALCIUM.2`` ..."""
    titles = {row["id"]: Shown(row["id"], row["title"]) for row in _rows("cases.csv")}
    return MappingProxyType(
        {
            row["row"]: Proven(
                int(row["cases"]),
                tuple(titles[id_] for id_ in row["triggered_by"].split()),
                titles.get(row["just_missed_by"]),
            )
            for row in _rows("proof.csv")
        }
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
