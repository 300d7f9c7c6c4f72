"""A database of any age -> the tables of today, with everything in it, by whichever worker comes first.

The samples ``released-*.sql`` are dumps of what the program of the first schema kept (commit 75ec84f, version 0.1.0),
on SQLite and on PostgreSQL. They are never made anew: what they hold must stay readable for as long as anybody has it.
"""

import json
import sqlite3
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, select, text

from smartapp.archive import record_of
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus
from smartapp.errors import SettingsError
from smartapp.store import Place, SignatureStatus, Store, open_store
from smartapp.store.schema import HEAD, MIGRATIONS, meta, metadata, revision_of
from tests.store.test_store import DOCTOR, NURSE, OTHER_PATIENT, PATIENT, SECRET, Clock

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = Path(__file__).parent / "samples"
PLANS = ["plan-by-hand", "plan-under-way", "plan-waiting", "plan-lost", "plan-back", "plan-written"]  # newest first
NOTED = {  # the last place of each trail, as the log had it
    "sqlite": Place(9, "7661c9a0ac07f873aeb15b454454082aa53c9a7f16e5288b03a8a249b89c01f7"),
    "postgresql": Place(9, "ef6d26b9008ca308e932653eaed8af63e3a0b15c16098053e42b19641f64b920"),
}
Address = Callable[[str], str]


@pytest.fixture
def address(tmp_path: Path) -> Address:
    """The address of an empty database of this name."""
    return lambda name: f"sqlite:///{tmp_path}/{name}.db"


def released(url: str) -> str:
    """The address of a database as version 0.1.0 left it."""
    engine = create_engine(url)
    script = (SAMPLES / f"released-{engine.dialect.name}.sql").read_text(encoding="utf-8")
    if engine.dialect.name == "sqlite":
        with sqlite3.connect(str(engine.url.database)) as db:
            db.executescript(script)
        db.close()
    else:
        with engine.begin() as connection:
            connection.connection.driver_connection.execute(script)
            connection.exec_driver_sql("SET search_path TO public")
    engine.dispose()
    return url


def later() -> Clock:
    clock = Clock()
    clock.now += 60
    return clock


def opened(url: str) -> Store:
    return open_store(url, SECRET, clock=later())


# -- what was there is there


def test_sessions_tokens_and_edits_are_still_there(address: Address) -> None:
    store = opened(released(address("old")))
    with store.database.read() as db:
        ids = dict(db.execute(text("SELECT phase, id FROM launches")).all())
    session = store.sessions.get(ids["open"], "jar A")
    assert session.connection == {"patient": PATIENT}
    assert session.decisions == [{"item": "E01", "choice": "drop", "value": "", "reason": "pain"}]
    assert session.reading == {"parts": {"Conditions": [3, ""]}}
    assert store.sessions.load_chart(session.launch_id) is None, "of an older form: it is read again"
    assert store.tokens.load(session.launch_id) == ({"access": "token-1", "refresh": "refresh-1"}, 1)
    assert [each.here for each in store.sessions.beside(session.launch_id)] == [True]
    assert store.launches.claim_callback("s3", "jar C").pending == {"verifier": "v-s3"}


def test_a_draft_comes_back_at_the_next_launch(address: Address) -> None:
    store = opened(released(address("old")))
    for person, patient, item in ((DOCTOR, PATIENT, "E01"), (NURSE, OTHER_PATIENT, "E02")):
        store.launches.begin("jar X", "sandbox", f"state {item}", {})
        launch_id = store.launches.claim_callback(f"state {item}", "jar X").launch_id
        store.sessions.open(launch_id, {}, {}, person, patient)
        assert [each["item"] for each in store.sessions.get(launch_id, "jar X").decisions] == [item]


def test_statements_and_signatures_are_still_there_each_with_its_status(address: Address) -> None:
    store = opened(released(address("old")))
    (stated,) = store.records.attestations_of(PATIENT)
    assert (stated.statement["name"], stated.statement["by"]) == ("healed", "Dr. Dana")
    kept = store.records.signatures_of(PATIENT)
    assert [each.plan_id for each in kept] == PLANS
    status = {each.plan_id: each.status for each in kept}
    assert (status.pop("plan-lost"), status.pop("plan-back")) == (SignatureStatus.RELEASED, SignatureStatus.RETIRED)
    assert set(status.values()) == {SignatureStatus.CURRENT}
    assert [each.delivery for each in kept] == ["signed", "writing", "incomplete", "signed", "signed", "written"]
    sample = json.loads((SAMPLES / "record-1.json").read_text(encoding="utf-8"))
    assert kept[-1].record == sample and record_of(kept[-1].record).signed.plan_id == "abc"


def test_the_outbox_goes_on_where_it_stood(address: Address) -> None:
    store = opened(released(address("old")))
    rows = {each.plan_id: store.outbox.rows(each.id) for each in store.records.signatures_of(PATIENT)}
    items = {plan: [OutboxItem.from_row(row) for row in found] for plan, found in rows.items()}
    assert [item.status for item in items["plan-waiting"]] == [
        WriteStatus.WRITTEN,
        WriteStatus.WAITING,
        WriteStatus.UNKNOWN,
    ]
    assert {item.kind for item in items["plan-written"]} == {"CarePlan", "ServiceRequest", "Provenance"}
    waiting = {each.plan_id: each for each in store.backlog.undelivered()}
    assert list(waiting) == ["plan-waiting", "plan-under-way", "plan-by-hand"]
    assert waiting["plan-waiting"].statuses == ("waiting", "unknown") and waiting["plan-waiting"].doubtful
    assert waiting["plan-waiting"].launches[0] == "a later launch"
    assert waiting["plan-by-hand"].statuses == ("manual", "failed", "conflict") and not waiting["plan-by-hand"].goes_on
    id_ = waiting["plan-waiting"].id
    lease = store.outbox.claim_write(id_)
    assert store.outbox.save_rows(id_, lease, store.outbox.rows(id_))
    assert not store.backlog.tell(id_, 3600), "that was told before"
    assert store.backlog.last_round() == 1_800_000_006.0


def test_the_same_page_is_signed_once_and_anew_after_the_plan_was_lost(address: Address) -> None:
    store = opened(released(address("old")))
    launch_id = store.records.signatures_of(PATIENT)[0].launch_id
    again = store.records.sign(launch_id, PATIENT, "plan-new", "print-1", {})
    assert (again.new, again.plan_id) == (False, "plan-written")
    store.records.release(again.id)
    assert store.records.sign(launch_id, PATIENT, "plan-new", "print-1", {}).new
    assert not store.records.sign("another launch", PATIENT, "plan-written", "another page", {}).new


def test_the_audit_trail_is_whole_and_goes_on(address: Address) -> None:
    url = released(address("old"))
    store = opened(url)
    noted = NOTED[store.database.engine.dialect.name]
    assert store.audit.verify([noted]).problems == ()
    (place,) = store.audit.append([{"what": "after the upgrade"}])
    assert place.seq == 10 and store.audit.verify([noted, place]).problems == ()
    told = [event["what"] for event in store.audit.events()]
    assert told == ["launched"] * 2 + ["signed"] * 6 + ["seen", "after the upgrade"]


# -- one schema, however it came about


def shape(engine: Engine) -> dict[str, object]:
    """Everything of each table but the order of its columns."""
    seen, found, where = inspect(engine), {}, f"{engine.dialect.name}_where"
    for table in sorted(seen.get_table_names()):
        columns = {c["name"]: (str(c["type"]), c["nullable"], str(c["default"])) for c in seen.get_columns(table)}
        indexes = sorted(
            (i["name"], i["column_names"], i["unique"], str(i.get("dialect_options", {}).get(where, "")))
            for i in seen.get_indexes(table)
        )
        unique = sorted((str(u["name"]), u["column_names"]) for u in seen.get_unique_constraints(table))
        found[table] = (columns, seen.get_pk_constraint(table), indexes, unique)
    return found


def test_an_old_database_and_a_new_one_have_the_same_tables(address: Address) -> None:
    old, new = opened(released(address("old"))), opened(address("new"))
    assert shape(old.database.engine) == shape(new.database.engine)
    with old.database.engine.connect() as db:
        by_name = {"include_name": lambda name, *_: name != "signatures_one_of_a_page"}  # made by DDL
        assert compare_metadata(MigrationContext.configure(db, opts=by_name), metadata) == []
        assert revision_of(db) == HEAD
        assert db.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar() == "3"


def test_all_revisions_alone_make_the_same_tables(address: Address) -> None:
    """As for a database that has the tables of the first schema and not a row."""
    url = address("empty")
    engine = create_engine(url)
    with engine.begin() as db:
        db.exec_driver_sql("CREATE TABLE meta (name VARCHAR(40) NOT NULL PRIMARY KEY, value VARCHAR(200) NOT NULL)")
        db.exec_driver_sql("INSERT INTO meta VALUES ('schema', '2')")
    engine.dispose()
    assert shape(opened(url).database.engine) == shape(opened(address("new")).database.engine)


def test_the_newest_revision_is_the_one_the_program_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [HEAD] and len(script.get_bases()) == 1


def test_an_installed_loadpath_has_the_revisions() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["package-data"]
    packed = {path for pattern in told["smartapp"] for path in (ROOT / "smartapp").glob(pattern)}
    assert packed.issuperset(MIGRATIONS.rglob("*.py"))


# -- at a start


def starts(url: str, count: int = 3) -> list[subprocess.Popen[str]]:
    code = (
        "import sys; from smartapp.store import open_store\n"
        f"store = open_store({url!r}, {SECRET!r})\n"
        "assert store.ready() and store.audit.verify().problems == (), store.audit.verify()\n"
        "print('alembic' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    return [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(count)]


@pytest.mark.parametrize("before", [released, str], ids=["released", "empty"])
def test_workers_that_start_at_once_all_start(address: Address, before: Callable[[str], str]) -> None:
    url = before(address("shared"))
    workers = starts(url)
    said = [worker.communicate(timeout=120)[0].strip() for worker in workers]
    assert [worker.returncode for worker in workers] == [0, 0, 0]
    assert ("True" in said) is (before is released)
    assert len(opened(url).records.signatures_of(PATIENT)) == (len(PLANS) if before is released else 0)


def test_a_start_that_has_nothing_to_migrate_does_not_load_alembic(address: Address) -> None:
    url = address("new")
    for _ in range(2):  # the first one makes the tables
        (worker,) = starts(url, 1)
        assert worker.communicate(timeout=60)[0].strip() == "False"


def put(url: str, *statements: str) -> None:
    engine = create_engine(url)
    with engine.begin() as db:
        for statement in statements:
            db.exec_driver_sql(statement)
    engine.dispose()


def test_a_database_of_a_newer_version_is_refused_and_a_running_program_is_no_longer_ready(address: Address) -> None:
    store = opened(address("new"))
    assert store.ready()
    put(address("new"), "UPDATE alembic_version SET version_num = '9999'")
    assert not store.ready()
    with pytest.raises(SettingsError, match=f"newer version of Loadpath.* 9999, this version knows {HEAD}"):
        opened(address("new"))


def test_a_database_nobody_can_migrate_is_refused(address: Address) -> None:
    put(released(address("old")), "UPDATE meta SET value = '1' WHERE name = 'schema'")
    with pytest.raises(SettingsError, match="schema 1, which no version of Loadpath can migrate"):
        opened(address("old"))


def test_a_migration_that_fails_leaves_everything_as_it_was(address: Address) -> None:
    url = released(address("old"))
    put(url, "DROP INDEX outbox_by_landing")  # which the migration wants to drop itself
    with pytest.raises(SettingsError, match="SMARTAPP_DATABASE"):
        opened(url)
    engine = create_engine(url)
    columns = {column["name"] for column in inspect(engine).get_columns("launches")}
    assert "browser_mark" in columns and not inspect(engine).has_table("alembic_version")
    put(url, "CREATE INDEX outbox_by_landing ON outbox (landing)")
    assert opened(url).ready()


def test_a_program_from_before_refuses_the_database_of_today(address: Address) -> None:
    """It looked at this row of meta and wanted 2; and the tables it would have made are all there."""
    store = opened(released(address("old")))
    with store.database.read() as db:
        assert db.execute(select(meta.c.value).where(meta.c.name == "schema")).scalar() not in (None, "2")


def test_only_the_two_kinds_of_database_that_are_tested_are_taken() -> None:
    with pytest.raises(SettingsError, match="neither sqlite nor postgresql"):
        open_store("mysql://somebody@somewhere/db", SECRET)
