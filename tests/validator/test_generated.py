"""What integrators are shown is what the app does: codes, value sets, forms, guideline, requirements and examples."""

import json
import re
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest

from fhir_profiles.generate.activity_definitions import activity_definitions
from fhir_profiles.generate.capability import PROFILES, capability_statement, scopes
from fhir_profiles.generate.folder import COMPILED, CONFIG, HERE, OURS, files
from fhir_profiles.generate.plan_definitions import GUIDELINE, for_anybody, plan_definitions
from fhir_profiles.generate.questionnaires import (
    attestation_form,
    plan_form,
    progress_form,
    question_form,
    session_form,
)
from fhir_profiles.generate.value_sets import ADDRESSES, BY_REGION, read_sets
from smartapp.core.alert_codes import AlertCode
from smartapp.core.codes import CodeRow, CodeUse
from smartapp.core.hooks import CardTopic
from smartapp.core.kinds import AttestationName, Quantity
from smartapp.core.states import Disposition, Phase
from smartapp.ehr.capabilities import parse_capabilities
from smartapp.ehr.deliver.methods import METHODS_OF, SiteSettings, WriteMethod, choose_methods
from smartapp.ehr.launch.scopes import READ, WRITTEN, Grants
from smartapp.fhir.build.apply import DISPOSITION, disposition_display
from smartapp.fhir.build.identifiers import RULESET
from smartapp.fhir.hooks.cards import NAMES, TOPICS
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.searches import of_signed_plan, searches
from smartapp.knowledge import load
from smartapp.web.words import ATTESTATIONS

Json = dict[str, Any]
BASE = "https://loadpath.example/fhir"
KNOWLEDGE = load()


def compiled(kind: str) -> dict[str, Json]:
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (HERE / COMPILED).glob(f"{kind}-*.json")]
    return {made["id"]: made for made in found}


def examples() -> list[Json]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in (HERE / "input/examples").glob("*.json")]


def inside(value: Any, key: str) -> Iterator[Any]:
    """Every value that stands under ``key``, wherever."""
    if isinstance(value, dict):
        if key in value:
            yield value[key]
        for inner in value.values():
            yield from inside(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from inside(inner, key)


def test_everything_generated_is_current():
    """Where this fails: python -m fhir_profiles.generate --compile"""
    made = files(KNOWLEDGE, (HERE / CONFIG).read_text(encoding="utf-8"))
    there = {path.relative_to(HERE).as_posix() for pattern in OURS for path in HERE.glob(pattern)} | {CONFIG}
    assert there == made.keys()
    stale = [name for name, text in made.items() if (HERE / name).read_text(encoding="utf-8") != text]
    assert not stale


def test_what_is_compiled_is_what_was_meant():
    """Resource by resource, without SUSHI: its output is not stale, and nothing was lost on the way through FSH."""
    meant = [
        *activity_definitions(KNOWLEDGE), *plan_definitions(KNOWLEDGE), capability_statement(KNOWLEDGE),
        attestation_form(), plan_form(), session_form(), question_form(), progress_form(KNOWLEDGE),
    ]  # fmt: skip
    kinds = {made["resourceType"] for made in meant}
    held = {(kind, id_): made for kind in kinds for id_, made in compiled(kind).items()}
    assert {(made["resourceType"], made["id"]) for made in meant} == held.keys()
    for made in meant:
        assert held[made["resourceType"], made["id"]] == json.loads(json.dumps(made)), made["id"]
    assert held["PlanDefinition", GUIDELINE]["version"] == KNOWLEDGE.version
    assert held["PlanDefinition", GUIDELINE]["identifier"][0]["value"] == f"{RULESET}/{KNOWLEDGE.version}"


def test_every_definition_has_the_version_of_the_app():
    """The configuration and the value sets written by hand repeat it; the guideline has that of the knowledge."""
    kinds = (
        "StructureDefinition",
        "ValueSet",
        "CodeSystem",
        "ActivityDefinition",
        "Questionnaire",
        "ImplementationGuide",
    )
    assert {made["version"] for kind in kinds for made in compiled(kind).values()} == {version("loadpath")}


# -- codes


def test_code_systems_say_what_the_knowledge_says():
    systems = compiled("CodeSystem")
    said = {id_: {c["code"]: c for c in made["concept"]} for id_, made in systems.items()}
    assert said["phase"].keys() == set(Phase)
    assert said["alert"].keys() == set(AlertCode)
    assert said["attestation"].keys() == set(AttestationName)
    for code, text in KNOWLEDGE.alerts.items():
        concept = said["alert"][code]
        words = text.words
        assert concept["display"] == words.text.removesuffix(".")
        assert concept["definition"] == f"{words.text} {words.action}"
        assert concept["property"][0]["valueCode"] == text.severity
    never = {row.id: row for row in KNOWLEDGE.library.never}
    assert said["movement-restriction"].keys() == KNOWLEDGE.restrictions.keys() | never.keys()
    for id_, row in {**KNOWLEDGE.restrictions, **never}.items():
        concept = said["movement-restriction"][id_]
        assert concept["display"] == row.title
        assert all(part in concept["definition"] for part in (row.movement, row.quality, row.instead))
    for phase in Phase:
        assert KNOWLEDGE.library.template(phase).focus in said["phase"][phase]["definition"]


def defined() -> dict[tuple[str, str], str]:
    """System and code -> display, of every code of ours."""
    return {
        (made["url"], concept["code"]): concept["display"]
        for made in compiled("CodeSystem").values()
        for concept in made["concept"]
    }


def test_topics_of_cards_and_dispositions_are_codes_we_have_defined():
    cards = {(TOPICS, topic.value): NAMES[topic] for topic in CardTopic}
    answers = {(DISPOSITION, each.value): disposition_display(each) for each in Disposition}
    ours = {key: said for key, said in defined().items() if key[0] in (TOPICS, DISPOSITION)}
    assert ours == cards | answers
    assert all(re.fullmatch(r"[A-Za-z0-9]{1,100}", code) for _, code in cards)  # what Epic remembers overrides by


def test_what_we_write_uses_codes_we_have_defined():
    used = {
        (coding["system"], coding["code"]): coding.get("display")
        for example in examples()
        for codings in inside(example, "coding")
        for coding in codings
        if coding.get("system", "").startswith(f"{BASE}/CodeSystem/")
    }
    assert {system.rpartition("/")[2] for system, _ in used} == {"phase", "movement-restriction", "alert"}
    known = defined()
    assert used == {key: known[key] for key in used}


@pytest.mark.parametrize(("short", "address"), ADDRESSES.items())
def test_addresses_of_code_systems_are_those_the_table_knows(short, address):
    assert load().codes.systems.name_of(address) in (short, "icd9cm")


def in_value_set(made: Json, system: str, code: str) -> bool:
    """Membership as FHIR defines it: some include holds it and no exclude does."""

    def held(part: Json) -> bool:
        if part["system"] != system:
            return False
        if "concept" in part:
            return any(concept["code"] == code for concept in part["concept"])
        return all(
            re.fullmatch(f["value"], code) for f in part["filter"] if (f["property"], f["op"]) == ("code", "regex")
        )

    compose = made["compose"]
    return any(map(held, compose["include"])) and not any(map(held, compose.get("exclude", ())))


def test_value_sets_hold_what_the_chart_is_read_by():
    """For every code of the table, and one beyond the end of every range: in the set exactly if it is read so."""
    sets, table = compiled("ValueSet"), KNOWLEDGE.codes
    rows = [row for row in table.rows if row.use is not CodeUse.OUTPUT]
    asked = [(row, code) for row in rows for code in ([row.code] if not row.prefix else [row.code, f"{row.code}9"])]
    reads = read_sets(KNOWLEDGE)
    assert {c for row in rows if row.use is CodeUse.INPUT for c in row.concepts} == {read.concept for read in reads}
    for read in reads:
        systems = {row.system for row in read.rows}
        for row, code in asked:
            if row.system in systems and row.kind is read.kind:
                found = table.row(row.system, code)
                assert found is not None
                expected = means(found, read.concept, read.region)
                assert in_value_set(sets[read.id], ADDRESSES[row.system], code) == expected, (read.id, code)


def means(row: CodeRow, concept: str, region: str) -> bool:
    where = row.region.value if row.region else "unspecified"
    return row.use is CodeUse.INPUT and concept in row.concepts and (concept not in BY_REGION or where == region)


# -- forms and guideline


def test_the_attestation_form_asks_what_the_page_asks():
    items = compiled("Questionnaire")["attestations"]["item"]
    assert [item["linkId"] for item in items] == [name.value for name in AttestationName]
    for item in items:
        said = ATTESTATIONS[AttestationName(item["linkId"])]
        (day,) = item["item"]
        assert (item["text"], day["text"], day["type"]) == (said.button, f"{said.question}:", "date")
        assert day["required"] and day["enableWhen"][0]["question"] == item["linkId"]


def test_the_guideline_holds_the_knowledge_and_leads_nowhere_else():
    plans, activities = compiled("PlanDefinition"), compiled("ActivityDefinition")
    sets = compiled("ValueSet")
    known = {made["url"] for made in (*plans.values(), *activities.values())}
    named = {url for plan in plans.values() for url in inside(plan["action"], "definitionCanonical")}
    assert named == known - {f"{BASE}/PlanDefinition/{GUIDELINE}"}
    library = KNOWLEDGE.library
    assert {id_.upper() for id_ in activities if re.match(r"[ex]\d", id_)} == {
        *(e.id for e in library.exercises.values() if e.selectable), *(row.id for row in library.never),
    }  # fmt: skip
    guideline = plans[GUIDELINE]
    coded = [
        c["code"]
        for code in inside(guideline["action"], "code")
        if isinstance(code, list)
        for x in code
        for c in x["coding"]
    ]
    assert set(coded) == {*Phase, *KNOWLEDGE.restrictions, *AlertCode}
    assert set(inside(guideline, "valueSet")) <= {made["url"] for made in sets.values()}
    assert [goal["description"]["text"] for goal in guideline["goal"]] == [*map(for_anybody, library.goals)]
    assert "{" not in "".join(map(for_anybody, library.goals))


def test_an_exercise_behind_a_gate_says_so_wherever_it_is_named():
    needy = {f"{BASE}/ActivityDefinition/{e.id.lower()}": e for e in KNOWLEDGE.library.exercises.values() if e.needs}
    named = [
        action
        for plan in compiled("PlanDefinition").values()
        for actions in inside(plan, "action")
        for action in actions
        if action.get("definitionCanonical") in needy
    ]
    assert named
    for action in named:
        exercise = needy[action["definitionCanonical"]]
        assert all(gate in action["textEquivalent"] for gate in exercise.needs)
        assert all(id_ in action["textEquivalent"] for id_ in exercise.breaks)
        assert action["textEquivalent"] in compiled("ActivityDefinition")[exercise.id.lower()]["usage"]


def test_what_nobody_signed_off_is_a_draft_and_not_meant_for_use():
    made = (*compiled("PlanDefinition").values(), *compiled("ActivityDefinition").values())
    assert all(each["status"] == "draft" for each in made)
    if not any(row.origin.review == "signed" for row in KNOWLEDGE.statements.values()):
        assert all(each["experimental"] for each in made)


def test_every_definition_names_its_sources():
    """Of a source that is only probably meant, no citation goes without that word."""
    for made in (*compiled("ActivityDefinition").values(), *compiled("PlanDefinition").values()):
        cited = list(inside(made, "relatedArtifact")) + list(inside(made, "documentation"))
        artifacts = [artifact for group in cited if isinstance(group, list) for artifact in group]
        assert artifacts, made["id"]
        for artifact in artifacts:
            source, statement = KNOWLEDGE.sources.get(artifact["label"]), KNOWLEDGE.statements.get(artifact["label"])
            if artifact["type"] == "justification":
                assert statement and artifact["display"] == statement.text
            else:
                assert source and source.title in artifact["citation"]
                assert artifact["citation"].startswith("Probably: ") == (source.label == "probable")


# -- what we need of an EHR


def test_the_requirements_are_the_searches_and_writes_that_are_made():
    (statement,) = compiled("CapabilityStatement").values()
    (rest,) = statement["rest"]
    assert (statement["kind"], rest["mode"]) == ("requirements", "server")
    assert list(inside(rest["security"], "code")) == ["SMART-on-FHIR"]
    resources = {resource["type"]: resource for resource in rest["resource"]}
    assert resources.keys() >= {*READ, *WRITTEN}
    for search in (*searches(KNOWLEDGE.codes), *of_signed_plan(KNOWLEDGE.codes)):
        declared = {parameter["name"] for parameter in resources[search.resource].get("searchParam", ())}
        assert search.params.keys() <= declared, search
        actions = {interaction["code"] for interaction in resources[search.resource]["interaction"]}
        assert ("search-type" if search.params else "read") in actions


def test_an_ehr_that_offers_all_we_ask_for_gets_everything_in_one_step():
    (statement,) = compiled("CapabilityStatement").values()
    planned = choose_methods(parse_capabilities(statement), Grants(scopes()), SiteSettings(), tuple(METHODS_OF))
    assert {(line.artifact, line.method) for line in planned} == {
        (kind, WriteMethod.TRANSACTION) for kind in METHODS_OF
    }


# -- examples


def test_each_profile_has_an_example_and_says_so():
    guide = compiled("ImplementationGuide")["loadpath.fhir"]["definition"]["resource"]
    shown = {line["exampleCanonical"] for line in guide if "exampleCanonical" in line}
    more = {"session-log-answers", "session-procedure", "session-observation", "dated-task", "question-task"}
    more |= {"question-answer"}
    assert shown == {f"{BASE}/StructureDefinition/{id_}" for id_ in (*PROFILES.values(), *more)}
    listed = {line["reference"]["reference"] for line in guide}
    assert {f"{each['resourceType']}/{each['id']}" for each in examples()} <= listed


def test_examples_point_at_each_other():
    """What was tied by temporary ids is tied by the ids of the examples."""
    there = {f"{each['resourceType']}/{each['id']}" for each in examples()}
    for each in examples():
        if each["resourceType"] == "Bundle":
            continue
        named = {value for value in inside(each, "reference") if isinstance(value, str)}
        assert not any(reference.startswith("urn:") for reference in named)
        own = {
            reference
            for reference in named
            if reference.split("/")[0] in ("CarePlan", "Goal", "ServiceRequest", "Task")
        }
        assert own <= there, each["id"]


def test_the_record_of_a_session_is_read_without_a_question():
    """Its pain is read; the procedure and the effort are known to be nothing a rule reads."""
    of_sessions = [each for each in examples() if "-session" in each["id"] and each["resourceType"] != "Bundle"]
    about = {"resourceType": "Patient", "id": "bergstrom", "birthDate": "1960-01-01", "gender": "female"}
    chart = read_chart([about, *of_sessions], KNOWLEDGE, "bergstrom")
    assert sorted(str(m.value) for m in chart.measurements if m.quantity is Quantity.PAIN) == ["3", "3", "4"]
    assert not chart.unreadable and not chart.unrecognised
