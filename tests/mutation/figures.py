"""Mutants -> a random sample of them; verdicts -> shares killed by module, with the interval that the sample leaves."""

import fnmatch
import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

SURE = 1.96  # standard deviations either side: 95 %
NOTICED = ("killed", "hangs")


def chosen(names: Sequence[str], patterns: Sequence[str], sample: int | None, seed: int) -> list[str]:
    """Those of ``names`` that match a pattern, or all; ``sample`` of them at random, in an order of chance as well.

    So the first verdicts of a run that was cut short are a random sample too.
    """
    wanted = [n for n in names if any(fnmatch.fnmatch(n, p) for p in patterns)] if patterns else list(names)
    if sample is None or sample >= len(wanted):
        return wanted
    return random.Random(seed).sample(wanted, sample)


def report(verdicts: Iterable[Mapping[str, str]]) -> str:
    """Killed and run by module, with all together last; then the names of the survivors."""
    run, killed, survivors = Counter[str](), Counter[str](), []
    for verdict in verdicts:
        module = verdict["mutant"].rpartition(".")[0].removeprefix("smartapp.core.")
        noticed = verdict["outcome"] in NOTICED
        for key in (module, ""):
            run[key] += 1
            killed[key] += noticed
        if not noticed:
            survivors.append(verdict["mutant"])
    rows = [_row(module or "all", killed[module], run[module]) for module in sorted(run, key=lambda m: (not m, m))]
    return "\n".join(["module | run | killed | % | 95 % interval", *rows, "", *survivors])


def _row(module: str, killed: int, run: int) -> str:
    low, high = interval(killed, run)
    return f"{module} | {run} | {killed} | {killed / run:.1%} | {low:.1%} to {high:.1%}"


def interval(killed: int, run: int) -> tuple[float, float]:
    """Wilson's interval of the share at 95 %."""
    share, z2 = killed / run, SURE**2
    middle = (share + z2 / (2 * run)) / (1 + z2 / run)
    half = SURE * math.sqrt(share * (1 - share) / run + z2 / (4 * run**2)) / (1 + z2 / run)
    return middle - half, middle + half
