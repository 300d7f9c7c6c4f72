"""The store on PostgreSQL, a real one: every test of the store again, and what several processes do to one database."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pytest

from smartapp.errors import SettingsError
from smartapp.store import Limits, Store, open_store
from tests.crash import test_crash, test_kill
from tests.crash.test_kill import server  # noqa: F401 the fixture
from tests.store import (
    test_audit,
    test_hooks,
    test_links,
    test_migrations,
    test_referrals,
    test_rekey,
    test_retention,
    test_store,
)
from tests.store.postgres import Cluster, cluster
from tests.store.test_store import PATIENT, SECRET, Clock, clock, opened  # noqa: F401 the fixture

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

# These look into a database's files, or speak SQLite's own language.
OF_FILES = {
    "test_nothing_of_person_patient_or_token_is_in_the_file",
    "test_nothing_of_an_event_stands_in_clear",
    "test_nothing_of_it_is_in_the_file_in_clear",
    "test_a_link_is_found_by_its_token_and_nothing_of_it_stands_in_clear",
    "test_a_database_that_cannot_be_used_is_named",
    "test_what_was_written_beside_a_reason_is_nowhere_in_the_file",
    "test_a_chain_remade_without_the_secret_has_no_mac",
}
for module in (
    test_store,
    test_audit,
    test_migrations,
    test_hooks,
    test_links,
    test_referrals,
    test_rekey,
    test_retention,
):
    globals().update({k: v for k, v in vars(module).items() if k.startswith("test_") and k not in OF_FILES})


@pytest.fixture(scope="module")
def running() -> Iterator[Cluster]:
    with cluster() as made:
        yield made


@pytest.fixture
def url(running: Cluster) -> str:
    return running.database()


@pytest.fixture
def address(running: Cluster) -> test_migrations.Address:
    return cache(lambda name: running.database())


@pytest.fixture
def store(url: str, clock: Clock) -> Iterator[Store]:  # noqa: F811
    made = open_store(url, SECRET, clock=clock, limits=Limits(pending_per_browser=3, pending_in_all=6))
    yield made
    made.close()


def test_a_server_that_is_not_there_is_named(url: str) -> None:
    for wrong in (url.replace("loadpath_", "nowhere_"), "postgresql://x@/x?host=/nonexistent"):
        with pytest.raises(SettingsError, match="SMARTAPP_DATABASE"):
            open_store(wrong, SECRET)


def test_plain_addresses_mean_psycopg(url: str) -> None:
    assert url.startswith("postgresql+psycopg://")
    open_store(url.replace("+psycopg", ""), SECRET).close()


def test_workers_that_start_at_once_make_the_tables_once(url: str) -> None:
    with ThreadPoolExecutor(8) as pool:
        stores = list(pool.map(lambda _: open_store(url, SECRET), range(8)))
    assert all(store.ready() for store in stores)
    for store in stores:
        store.close()


def test_many_signatures_and_their_events_at_once(url: str) -> None:
    """Two workers, each act one transaction with its event: none is lost, none blocks another for good."""
    stores = [open_store(url, SECRET), open_store(url, SECRET)]

    def sign(number: int) -> bool:
        store = stores[number % 2]
        with store.transaction():
            kept = store.records.sign("l1", PATIENT, f"plan-{number // 4}", f"print-{number // 4}", {})
            store.audit.append([{"plan": kept.plan_id}])
        return kept.new

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(sign, range(80))) == 20
    found = stores[0].audit.verify()
    assert (found.events, found.problems) == (80, ())
    for store in stores:
        store.close()


@pytest.mark.parametrize("name", test_crash.EHRS)
def test_death_at_every_seventh_moment(name: str, running: Cluster) -> None:
    for at in range(1, test_crash.moments(running.database(), name, {}) + 1, 7):
        test_crash.run(test_crash.installation(running.database(), name), (at,))


@pytest.mark.parametrize("seed", range(500_000, 500_030))
def test_random_deaths_and_faults(seed: int, running: Cluster) -> None:
    test_crash.random_run(running.database(), seed)


@pytest.mark.parametrize("seed", [3, 4])
def test_killed_and_taken_up_again(seed: int, server: test_kill.Server, url: str) -> None:  # noqa: F811
    test_kill.survive(server, url, random.Random(seed))
    test_kill.check(server)


def test_three_processes_at_once_write_it_once(server: test_kill.Server, url: str) -> None:  # noqa: F811
    test_kill.together(server, url, 3)
