"""Which rung each artifact stands on: what EHRs declare, what was granted, what the site decided; in plain words."""

import json

import pytest

from smartapp.ehr.capabilities import Capabilities, parse_capabilities
from smartapp.ehr.deliver.fallback import CHECKS, DEFAULT_ARTIFACTS, ladder
from smartapp.ehr.deliver.items import FOLLOWS, OutboxItem, WriteStatus, transition
from smartapp.ehr.deliver.methods import HAPPENS, NAMES, RUNGS_OF, Site, WriteMethod, read_site
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import SettingsError
from smartapp.web.outbox import RUNGS, STATES
from tests.conftest import SHARED

ALL = Grants("patient/*.cruds")
EPIC = Capabilities(
    interactions={"DocumentReference": frozenset({"create"}), "Communication": frozenset({"create"})},
    search_parameters={"DocumentReference": frozenset({"patient", "category"})},
)


def rungs(capabilities, grants=ALL, site=None):
    return {p.artifact: p.rung.value for p in ladder(capabilities, grants, site or Site())}


def everything(**changes):
    can = frozenset({"create", "read", "update", "search-type"})
    kinds = (*DEFAULT_ARTIFACTS, "DocumentReference", "Communication")
    made = {"transaction": True, "interactions": dict.fromkeys(kinds, can), "conditional_create": frozenset(kinds)}
    return Capabilities(**{**made, **changes})


PLAN = ("Goal", "CarePlan", "ServiceRequest", "Provenance")  # a task is planned only where it can be written
REAL = {
    "aidbox": dict.fromkeys(DEFAULT_ARTIFACTS, "transaction"),
    "cerner": {"Goal": "note", "CarePlan": "note", "ServiceRequest": "note", "Provenance": "create"},
    "meditech": dict.fromkeys(PLAN, "message"),
    "athena": dict.fromkeys(PLAN, "copy"),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_what_real_servers_declare(name):
    statement = SHARED / "data/capabilities" / f"{name}.json"
    if not statement.is_file():
        pytest.skip("capability statements absent: set LOADPATH_SHARED to the folder that holds data/capabilities")
    assert rungs(parse_capabilities(json.loads(statement.read_text()))) == REAL[name]


def test_nothing_is_promised_to_an_order_entry_that_nobody_serves():
    assert rungs(EPIC, site=read_site({"order_entry": True})) == dict.fromkeys(PLAN, "note")


def test_athena_takes_a_form_where_the_site_has_one():
    athena = Capabilities(interactions={"QuestionnaireResponse": frozenset({"create"})})
    planned = ladder(athena, ALL, read_site({"questionnaire": "https://forms.example/plan"}))
    assert {(p.rung, p.carrier) for p in planned} == {(WriteMethod.MESSAGE, "QuestionnaireResponse")}


def test_a_missing_permission_lowers_that_artifact_alone():
    grants = Grants("patient/CarePlan.c patient/Goal.c patient/Provenance.c patient/DocumentReference.c")
    planned = {p.artifact: p for p in ladder(everything(), grants, Site())}
    assert planned["CarePlan"].rung is WriteMethod.TRANSACTION
    assert planned["ServiceRequest"].rung is WriteMethod.NOTE
    assert "did not grant Loadpath the right to create ServiceRequest" in planned["ServiceRequest"].reason


def test_goals_go_where_their_plan_goes():
    assert rungs(everything(), site=read_site({"write": {"CarePlan": "note"}}))["Goal"] == "note"


def test_a_task_goes_with_its_order_or_is_not_promised():
    assert rungs(everything())["Task"] == "transaction"
    assert rungs(everything(transaction=False))["Task"] == "create"
    assert "Task" not in rungs(everything(), Grants("patient/ServiceRequest.c patient/CarePlan.c"))
    assert "Task" not in rungs(everything(), site=read_site({"write": {"ServiceRequest": "note"}}))
    assert "Task" not in rungs(everything(), site=read_site({"write": {"Task": "copy"}}))


def test_a_record_of_who_signed_needs_something_to_point_at():
    only = everything(interactions={"Provenance": frozenset({"create"})})
    assert rungs(only)["Provenance"] == "copy"


def test_the_site_decides_downwards_only():
    found = rungs(everything(transaction=False), site=read_site({"write": {"CarePlan": "transaction"}}))
    assert found["CarePlan"] == "create"
    assert set(rungs(everything(), site=read_site({"rungs": []})).values()) == {"copy"}


def test_without_a_statement_it_is_tried_and_said_so():
    planned = ladder(Capabilities(declared=False), ALL, Site())
    assert {p.rung for p in planned} == {WriteMethod.TRANSACTION}
    assert all("will be tried" in p.reason for p in planned)


def test_copy_is_always_below():
    for planned in (*ladder(everything(), ALL, Site()), *ladder(EPIC, ALL, Site())):
        assert (WriteMethod.COPY in planned.below) == (planned.artifact != "Task")
        assert planned.words.startswith(NAMES[planned.artifact])


@pytest.mark.parametrize(
    "table",
    [
        {"rungs": ["fax"]},
        {"rungs": "note"},
        {"write": {"Observation": "note"}},
        {"write": {"ServiceRequest": "unsigned-order"}},
        {"write": ["note"]},
        {"note_formats": []},
        {"note_formats": ["rtf"]},
        {"questionnaire": 7},
    ],
    ids=str,
)
def test_what_a_site_misspells_is_named(table):
    with pytest.raises(SettingsError, match=next(iter(table))):
        read_site(table)


def test_tables_are_total():
    assert set(CHECKS) == set(HAPPENS) == set(RUNGS) == set(WriteMethod)
    assert set(RUNGS_OF) == set(NAMES)
    assert set(FOLLOWS) == set(STATES) == set(WriteStatus)
    assert all(
        rungs[-1] is WriteMethod.COPY and list(rungs) == sorted(rungs, key=list(WriteMethod).index)
        for rungs in RUNGS_OF.values()
    )


@pytest.mark.parametrize("last", [WriteStatus.WRITTEN, WriteStatus.FOUND, WriteStatus.CONFIRMED, WriteStatus.DROPPED])
@pytest.mark.parametrize("then", list(WriteStatus))
def test_what_has_landed_stays(last, then):
    step = OutboxItem(0, "CarePlan", "Plan", "p", WriteMethod.CREATE, {}, landing=last)
    if then is last:
        assert transition(step, then) == step
    else:
        with pytest.raises(ValueError, match="cannot become"):
            transition(step, then)


def test_a_step_comes_back_from_the_store_as_it_went():
    step = OutboxItem(
        3, "CarePlan", "Plan", "p", WriteMethod.NOTE, {"a": 1}, (WriteMethod.COPY,), lookup={"patient": "p1"}, why="w"
    )
    assert OutboxItem.from_row(json.loads(json.dumps(step.to_row()))) == step
