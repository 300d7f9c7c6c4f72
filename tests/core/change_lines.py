"""The charts of test_follow_up -> every row the comparison with the signed plan says of them, whole.

``python -m tests.core.sentences`` writes change_lines.csv: what was signed, what is now, what follows, and from which
records, for the chart that tells a row and for the one that just misses it.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.core.test_follow_up import MUCH, TOLD, changes

TABLE = Path(__file__).with_name("change_lines.csv")
COLUMNS = ("charts", "rule", "mark", "title", "text", "signed", "now", "consequence", "sources")
Row = tuple[str, ...]


def rows() -> Iterator[Row]:
    for name, (told, missed) in TOLD.items():
        yield from _rows(name, **told)
        yield from _rows(f"{name}, just missed", **missed)
    yield from _rows("much at once", new=MUCH, days=12)


def table(rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *rows])
    return out.getvalue()


def _rows(charts: str, **said: object) -> Iterator[Row]:
    for each in changes(**said):
        words = (each.title, each.text, each.signed, each.now, each.consequence)
        yield charts, each.rule, f"{each.severity} {each.kind}", *words, " ".join(each.sources)
