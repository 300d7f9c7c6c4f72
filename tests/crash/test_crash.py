"""The process dies at every moment of signing and writing, while the EHR goes wrong in every way: nothing is lost,
nothing is there twice, every receipt is true.

A run signs, dies, and is taken up again until its receipt says that nothing waits; then store and EHR are compared.
``make test`` does some hundred runs, the slow mark thousands.
"""

from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.clock import Clock
from tests.crash.world import (
    PASSING,
    Fuse,
    Installation,
    Killed,
    chance,
    true_receipt,
)
from tests.databases import empty_database
from tests.ehr.deliver.engine import KINDS, capabilities
from tests.storing_ehr import StoringEhr

# What the EHR offers, and whether its conditional create holds.
EHRS = {
    "transactions": (capabilities(), True),
    "creates": (capabilities(transaction=False), True),
    "creates that race": (capabilities(transaction=False), False),
    "no conditional creates": (capabilities(transaction=False, conditional=False), False),
    "notes": (capabilities(transaction=False, kinds=("DocumentReference", "Provenance"), conditional=False), False),
    "messages": (capabilities(transaction=False, kinds=("Communication",)), True),
    "orders by note": (capabilities(kinds=tuple(k for k in KINDS if k != "ServiceRequest")), True),
    "transactions that race": (capabilities(), False),
}
_numbers = count()
MEMORY = Path("/dev/shm")


@pytest.fixture
def folder(tmp_path):
    """Where the databases are: in memory where this machine has that, for they are many."""
    if not MEMORY.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=MEMORY, prefix="loadpath-") as made:
        yield Path(made)


def installation(folder: Path | str, name: str, faults: dict[int, str] | None = None, **changes) -> Installation:
    """``folder`` for a SQLite file of its own, or the address of a database."""
    declared, atomic = EHRS[name]
    clock = Clock()
    ehr = StoringEhr(clock, atomic=atomic, faults=dict(faults or {}))
    url = folder if isinstance(folder, str) else empty_database(folder / f"{next(_numbers)}.db")
    return Installation(url, ehr, clock, declared, **changes)


def moments(folder: Path | str, name: str, faults: dict[int, str]) -> int:
    """How many moments there are at which the first process of such a run can die."""
    fuse = Fuse()
    installation(folder, name, faults).process(fuse)
    return fuse.count


def run(made: Installation, deaths: tuple[int, ...]) -> int:
    """One process per death, then receipts until all is done; at the end store and EHR must agree.

    Returns how many processes died: some end before their moment comes.
    """
    died = 0
    for at in deaths:
        try:
            made.process(Fuse(at))
        except Killed:
            died += 1
            made.clock.now += 2 if made.sees_death else 80  # else the lease of the dead must run out
    if made.sees_death:  # somebody opens the receipt at once
        made.process()
        made.clock.now += 7
    progress = made.until_done()
    assert true_receipt(made, progress) == []
    return died


@pytest.mark.parametrize("name", EHRS)
def test_death_at_every_moment_of_an_undisturbed_write(name, folder):
    for at in range(1, moments(folder, name, {}) + 1):
        run(installation(folder, name), (at,))


@pytest.mark.parametrize("name", ["transactions", "no conditional creates", "notes"])
def test_death_at_every_moment_seen_by_the_next_process(name, folder):
    for at in range(1, moments(folder, name, {}) + 1):
        run(installation(folder, name, sees_death=True), (at,))


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("name", ["transactions", "creates", "no conditional creates", "notes"])
def test_every_fault_of_the_first_request(name, fault, folder):
    run(installation(folder, name, {1: fault}), ())


def random_run(folder: Path | str, seed: int) -> list[str]:
    """Any EHR, up to three faults and up to three deaths, each anywhere; returns what was met, for counting."""
    dice = chance(seed)
    name = dice.choice(list(EHRS))
    faults = {dice.randint(1, 9): dice.choice(PASSING) for _ in range(dice.randint(0, 3))}
    made = installation(folder, name, faults, sees_death=dice.random() < 0.5)
    made.ehr.searches_fail = dice.choice([0, 0, 0, 1, 2])
    planned = tuple(dice.randint(1, 45) for _ in range(dice.randint(0, 3)))
    deaths = run(made, planned)
    how = "seen by the next process" if made.sees_death else "found by its lease"
    met = [fault for number, fault in faults.items() if number <= made.ehr.writes]
    return [f"EHR: {name}", *(f"fault: {fault}" for fault in met), *[f"death {how}"] * deaths]


@pytest.mark.parametrize("part", range(4))
def test_random_deaths_and_faults(part, folder):
    for seed in range(part * 30, part * 30 + 30):
        random_run(folder, seed)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(40))
def test_thousands_of_random_deaths_and_faults(part, folder):
    for seed in range(10_000 + part * 100, 10_000 + part * 100 + 100):
        random_run(folder, seed)


@pytest.mark.slow
@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize("name", EHRS)
def test_death_at_every_moment_under_every_fault(name, fault, folder):
    for at in range(1, moments(folder, name, {1: fault}) + 1):
        run(installation(folder, name, {1: fault}), (at,))
