"""By which method each artifact is written: what EHRs declare, what was granted, what the site decided."""

import json

import pytest

from smartapp.ehr.capabilities import Capabilities, parse_capabilities
from smartapp.ehr.deliver.methods import (
    ARTIFACTS,
    CHECKS,
    HAPPENS,
    METHODS_OF,
    NAMES,
    SiteSettings,
    WriteMethod,
    choose_methods,
    read_site,
)
from smartapp.ehr.launch.scopes import Grants
from smartapp.errors import SettingsError
from tests.conftest import SHARED

ALL = Grants("patient/*.cruds")
EPIC = Capabilities(
    interactions={"DocumentReference": frozenset({"create"}), "Communication": frozenset({"create"})},
    search_parameters={"DocumentReference": frozenset({"patient", "category"})},
)


def methods_for(capabilities, grants=ALL, site=None):
    return {p.artifact: p.method.value for p in choose_methods(capabilities, grants, site or SiteSettings())}


def everything(**changes):
    can = frozenset({"create", "read", "update", "search-type"})
    kinds = (*ARTIFACTS, "DocumentReference", "Communication")
    made = {"transaction": True, "interactions": dict.fromkeys(kinds, can), "conditional_create": frozenset(kinds)}
    return Capabilities(**{**made, **changes})


PLAN = ("Goal", "CarePlan", "ServiceRequest", "Provenance")  # a task is planned only where it can be written
REAL = {
    "aidbox": dict.fromkeys(ARTIFACTS, "transaction"),
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
    assert methods_for(parse_capabilities(json.loads(statement.read_text()))) == REAL[name]


def test_where_the_site_takes_orders_from_cards_the_order_goes_by_one():
    wanted = {**dict.fromkeys(PLAN, "note"), "ServiceRequest": "order-entry"}
    assert methods_for(EPIC, site=read_site({"order_entry": True})) == wanted
    for table in ({}, {"order_entry": False}):
        assert methods_for(EPIC, site=read_site(table)) == dict.fromkeys(PLAN, "note")
    (order,) = choose_methods(EPIC, ALL, read_site({"order_entry": True}), ("ServiceRequest",))
    assert order.fallbacks[0] is WriteMethod.NOTE and not order.in_chart and "you sign there" in order.words
    assert methods_for(everything(), site=read_site({"order_entry": True}))["ServiceRequest"] == "transaction"
    listed = read_site({"order_entry": True, "methods": ["note"]})
    assert methods_for(EPIC, site=listed)["ServiceRequest"] == "order-entry"


def test_athena_takes_a_form_where_the_site_has_one():
    athena = Capabilities(interactions={"QuestionnaireResponse": frozenset({"create"})})
    planned = choose_methods(athena, ALL, read_site({"questionnaire": "https://forms.example/plan"}))
    assert {(p.method, p.document) for p in planned} == {(WriteMethod.MESSAGE, "QuestionnaireResponse")}


def test_a_missing_permission_lowers_that_artifact_alone():
    grants = Grants("patient/CarePlan.c patient/Goal.c patient/Provenance.c patient/DocumentReference.c")
    planned = {p.artifact: p for p in choose_methods(everything(), grants, SiteSettings())}
    assert planned["CarePlan"].method is WriteMethod.TRANSACTION
    assert planned["ServiceRequest"].method is WriteMethod.NOTE
    assert "did not grant Loadpath the right to create ServiceRequest" in planned["ServiceRequest"].reason


def test_goals_go_where_their_plan_goes():
    assert methods_for(everything(), site=read_site({"write": {"CarePlan": "note"}}))["Goal"] == "note"


def test_a_task_goes_with_its_order_or_is_not_promised():
    assert methods_for(everything())["Task"] == "transaction"
    assert methods_for(everything(transaction=False))["Task"] == "create"
    assert "Task" not in methods_for(everything(), Grants("patient/ServiceRequest.c patient/CarePlan.c"))
    assert "Task" not in methods_for(everything(), site=read_site({"write": {"ServiceRequest": "note"}}))
    assert "Task" not in methods_for(everything(), site=read_site({"write": {"Task": "copy"}}))


def test_a_record_of_who_signed_needs_something_to_point_at():
    only = everything(interactions={"Provenance": frozenset({"create"})})
    assert methods_for(only)["Provenance"] == "copy"


def test_the_site_decides_downwards_only():
    found = methods_for(everything(transaction=False), site=read_site({"write": {"CarePlan": "transaction"}}))
    assert found["CarePlan"] == "create"
    assert set(methods_for(everything(), site=read_site({"methods": []})).values()) == {"copy"}


def test_without_a_statement_it_is_tried_and_said_so():
    planned = choose_methods(Capabilities(declared=False), ALL, SiteSettings())
    assert {p.method for p in planned} == {WriteMethod.TRANSACTION}
    assert all("will be tried" in p.reason for p in planned)


def test_copy_is_always_below():
    for planned in (*choose_methods(everything(), ALL, SiteSettings()), *choose_methods(EPIC, ALL, SiteSettings())):
        assert (WriteMethod.COPY in planned.fallbacks) == (planned.artifact != "Task")
        assert planned.words.startswith(NAMES[planned.artifact])


@pytest.mark.parametrize(
    "table",
    [
        {"methods": ["fax"]},
        {"methods": "note"},
        {"rungs": ["copy"]},
        {"write": {"Flag": "note"}},
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
    assert set(CHECKS) == set(HAPPENS) == set(WriteMethod)
    assert set(METHODS_OF) == set(NAMES)
    assert all(
        methods[-1] is WriteMethod.COPY and list(methods) == sorted(methods, key=list(WriteMethod).index)
        for methods in METHODS_OF.values()
    )
