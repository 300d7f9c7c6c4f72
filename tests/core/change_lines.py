"""The charts of test_follow_up -> every row the comparison with the signed plan says of them, whole.

``python -m tests.core.sentences`` writes change_lines.csv: what was signed, what is now, what follows, and from which
records, for the chart that tells a row and for the one that just misses it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.core.test_follow_up import BASE, DENOSUMAB, EARLY, MUCH, PAIN, TOLD, changes

TABLE = Path(__file__).with_name("change_lines.csv")
COLUMNS = ("charts", "rule", "mark", "title", "text", "signed", "now", "consequence", "sources")
Row = tuple[str, ...]
ALENDRONATE = "takes alendronate since 2026-01-01"
NOUGHT = "chair stands 0 on 2026-02-20"
MORE: dict[str, dict[str, object]] = {
    "much at once": {"new": MUCH, "days": 12},
    "nobody stands up any more": {
        "base": (*BASE, "chair stands 9 on 2026-02-20"),
        "new": ("chair stands 0 on 2026-03-04",),
    },
    "from nought": {"base": (EARLY, PAIN, NOUGHT), "new": ("chair stands 4 on 2026-03-04",)},
    "nought for the first time": {"new": ("chair stands 0 on 2026-03-04",)},
    "nought, and the goal's day has passed": {"base": (EARLY, PAIN, NOUGHT), "days": 90},
    "a bone drug is gone": {"base": (*BASE, ALENDRONATE), "gone": (ALENDRONATE,)},
    "denosumab is gone": {"base": (*BASE, DENOSUMAB), "gone": (DENOSUMAB,)},
    "another bone drug instead": {
        "base": (*BASE, DENOSUMAB),
        "gone": (DENOSUMAB,),
        "new": ("takes zoledronic acid since 2026-03-02, last dose on 2026-03-02",),
    },
    "a bone drug is begun": {"new": ("takes teriparatide since 2026-03-02", "takes alendronate since 2026-03-02")},
    "a bone drug is stopped": {
        "base": (*BASE, ALENDRONATE),
        "gone": (ALENDRONATE,),
        "new": (f"{ALENDRONATE}, stopped",),
    },
    "no pain any more": {"new": ("pain 0 of 10 on 2026-03-04",)},
}


def rows() -> Iterator[Row]:
    for name, (told, missed) in TOLD.items():
        yield from _rows(name, **told)
        yield from _rows(f"{name}, just missed", **missed)
    for charts, said in MORE.items():
        yield from _rows(charts, **said)


def table(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *rows])
    return out.getvalue()


def _rows(charts: str, **said: object) -> Iterator[Row]:
    for each in changes(**said):
        words = (each.title, each.text, each.signed, each.now, each.consequence)
        yield charts, each.rule, f"{each.severity} {each.kind}", *words, " ".join(each.sources)
