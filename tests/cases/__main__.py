"""A case file, finished or not -> what Loadpath concludes of its facts now, as the ``[expect]`` of a case file.

``python -m tests.cases FILE``. Read it before it goes into the file: it is what the program says, not what is right.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from smartapp.core.plan import plan
from smartapp.knowledge import load
from tests.cases import ALL, Conclusions, Exercises, assess, conclusions, exercises

# One or two of each phase, and all that wait for a gate: what to ask of every plan. The question may need others.
TELLING = ("E01", "E15", "E16", "E19", "E29", "E30", "E32", "E40")


def telling(facts: Iterable[str], as_of, also: Iterable[str] = ()) -> Exercises:
    """What the plan says of the telling exercises and of those in ``also``."""
    in_plan = exercises(plan(assess(tuple(facts), as_of), load()))
    if not in_plan:
        return Exercises((), (), (ALL,))
    asked = sorted({*TELLING, *also})
    waiting = tuple(id_ for id_, waits in in_plan.items() if waits)
    planned = tuple(id_ for id_ in asked if id_ in in_plan and id_ not in waiting)
    return Exercises(planned, waiting, tuple(id_ for id_ in asked if id_ not in in_plan))


def expectation(said: Conclusions, of_plan: Exercises) -> Iterator[str]:
    """The lines of the tables, each value as TOML."""
    yield "[expect]"
    yield f"disposition = {_toml(said.disposition)}"
    for name in ("phase", "findings", "gates", "restrictions", "alerts"):
        yield from ["", f"[expect.{name}]", *_rows(msgspec.to_builtins(getattr(said, name)))]
    yield from ["", "[expect.exercises]", *_rows(msgspec.to_builtins(of_plan))]


def _rows(table: dict[str, object]) -> Iterator[str]:
    return (f"{key} = {_toml(value)}" for key, value in table.items() if value or key != "changed")


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def main(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    facts, as_of = case["facts"], case["as-of"]
    print("\n".join(expectation(conclusions(assess(tuple(facts), as_of)), telling(facts, as_of))))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
