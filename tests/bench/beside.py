"""Two trees -> the CPU time each takes to derive the same charts, in one run.

``python -m tests.bench.beside OTHER [--rounds 5]``

``OTHER`` is another working tree of this repository with its own ``.venv``. The charts are the cases of tests/cases
that both trees have with the same facts, and the third-party records where they are at hand. Each tree runs in a
process of its own; they take turns, the one that begins changes, and of each chart its least time counts.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import thread_time_ns
from typing import Any

ROOT = Path(__file__).parents[2]
RECORDS = Path(os.environ.get("LOADPATH_SHARED") or ROOT.parent / "shared") / "data" / "synthea_r4"
AS_OF = date(2026, 7, 1)


def main() -> int:
    asked = _arguments()
    if asked.measure:
        print(json.dumps(_measured()))
        return 0
    trees = (asked.other.resolve(), ROOT)
    least: list[dict[str, float]] = [{}, {}]
    calls: list[dict[str, int]] = [{}, {}]
    for turn in range(asked.rounds):
        for place in (0, 1) if turn % 2 else (1, 0):
            found, calls[place] = _of_tree(trees[place])
            least[place] = {name: min(t, least[place].get(name, t)) for name, t in found.items()}
    shared = least[0].keys() & least[1].keys()
    for what, measured, unit in (("µs of CPU time", least, 1000), ("calls of Python functions", calls, 1)):
        other, ours = (sum(each[name] for name in shared) / len(shared) / unit for each in measured)
        print(f"{what} of {len(shared)} charts: {other:.0f} and {ours:.0f} each, {ours / other:.3f} times")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.bench.beside")
    parser.add_argument("other", type=Path, help="a working tree with its own .venv")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _of_tree(tree: Path) -> tuple[dict[str, float], dict[str, int]]:
    """What this very file measures there: the tree is the first place modules are looked for."""
    command = [str(tree / ".venv" / "bin" / "python"), __file__, str(tree), "--measure"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True, text=True)
    times, calls = json.loads(ran.stdout)
    return times, calls


def _measured() -> tuple[dict[str, float], dict[str, int]]:
    """Nanoseconds, and calls of Python functions, by chart."""
    from smartapp.core.derive import derive  # of the tree that is measured
    from smartapp.knowledge import load

    knowledge = load()
    charts = dict(_charts(knowledge))
    times = dict.fromkeys(charts, float("inf"))
    gc.disable()
    for _ in range(4):
        for name, (chart, today) in charts.items():
            began = thread_time_ns()
            derive(chart, today, knowledge)
            times[name] = min(times[name], thread_time_ns() - began)
    return times, {name: _calls(lambda each=each: derive(*each, knowledge)) for name, each in charts.items()}


def _calls(run: Callable[[], Any]) -> int:
    count = 0

    def seen(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    run()
    sys.setprofile(None)
    return count


def _charts(knowledge: Any) -> Iterator[tuple[str, tuple[Any, date]]]:
    """By a name that two trees share only where what they derive from is the same."""
    from smartapp.fhir.read import read_chart
    from tests.cases import cases
    from tests.core.charts import chart

    for case in cases():
        yield f"{case.id} {case.as_of} {case.facts}", (chart(case.facts, case.as_of), case.as_of)
    for path in sorted(RECORDS.glob("*.json")):
        bundle = json.loads(path.read_text(encoding="utf-8"))
        yield path.name, (read_chart([bundle], knowledge), AS_OF)


if __name__ == "__main__":
    sys.exit(main())
