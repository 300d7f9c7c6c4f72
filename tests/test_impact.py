"""``smartapp impact``: an edited copy of the knowledge, over the cases that ship and over files of many patients."""

import json
import re
import shutil
from html import unescape
from pathlib import Path

import pytest

from smartapp import impact as impact_room
from smartapp.cli import main
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.fhir.read.many import read_patients
from smartapp.knowledge import load
from tests.sandboxes import TODAY, own_patients

PATIENTS = ("bergstrom", "haddad", "kowalski")


def records() -> dict[str, list[dict]]:
    """The sandbox's resources of three patients, on the day of the sandbox."""
    store = own_patients()
    found: dict[str, list[dict]] = {name: [] for name in PATIENTS}
    for kind in (
        "Patient",
        "Condition",
        "Observation",
        "Procedure",
        "MedicationRequest",
        "DiagnosticReport",
        "Encounter",
    ):
        for resource in (stored.resource for stored in store.every(kind)):
            whose = resource.get("subject", {}).get("reference", f"Patient/{resource['id']}").rpartition("/")[2]
            if whose in found:
                found[whose].append(resource)
    return found


@pytest.fixture
def knowledge(tmp_path, capsys):
    """A copy as a clinician gets it, and what edits it."""
    folder = tmp_path / "knowledge"
    assert main(["knowledge", "export", str(folder)]) == 0
    capsys.readouterr()

    def edit(name: str, old: str, new: str) -> Path:
        text, times = re.subn(old, new, (folder / name).read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert times == 1
        (folder / name).write_text(text, encoding="utf-8")
        return folder

    return lambda *edited: edit(*edited) if edited else folder


@pytest.fixture
def export(tmp_path) -> Path:
    """A Bulk Data export: a file for each type."""
    folder = tmp_path / "export"
    folder.mkdir()
    for resources in records().values():
        for resource in resources:
            with (folder / f"{resource['resourceType']}.ndjson").open("a", encoding="utf-8") as file:
                file.write(json.dumps(resource) + "\n")
    return folder


@pytest.fixture
def few_cases(monkeypatch):
    """Every thirtieth case: all of them take half a minute."""
    every = impact_room._cases
    monkeypatch.setattr(impact_room, "_cases", lambda: iter(list(every())[::30]))


def told(capsys, *arguments: object) -> dict:
    assert main(["impact", *map(str, arguments), "--as-of", TODAY.isoformat(), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def of(found: dict, who: str) -> dict[tuple[str, str], dict]:
    (chart,) = [each for each in found["charts"] if each["who"] == f"Patient/{who}"]
    return {(each["kind"], each["id"]): each for each in chart["differences"]}


INTERMEDIATE = ("phases.toml", r'(\["phase.intermediate-from"\]\nvalue = )\S+', r"\g<1>5")
ADULT = ("phases.toml", r'(\["red-flag.adult-from-age"\]\nvalue = )\S+', r"\g<1>150")
TITLE = ("exercises.toml", r'(id = "E07".*?\npatient_text = ")', r"\g<1>Slowly. ")


def test_the_same_knowledge_moves_nothing(knowledge, export, few_cases, capsys):
    for paths in ((), (export,)):
        found = told(capsys, knowledge(), *paths)
        assert found["before"] == found["after"] == load().version
        assert not found["charts"] and not found["rows"] and not found["unread"] and not any(found["counts"].values())
    assert found["lookedAt"] == [{"from": str(export), "charts": 3}]


def test_a_threshold_moves_the_phase_of_one_patient_and_the_row_is_named(knowledge, export, capsys):
    found = told(capsys, knowledge(*INTERMEDIATE), export)
    phase = of(found, "haddad")["phase", "effective"]
    assert (phase["before"], phase["after"]) == ("intermediate", "initial")
    (cause,) = phase["causes"]
    assert (cause["file"], cause["row"], cause["acts"]) == ("phases.toml", "phase.intermediate-from", "alone")
    assert cause["keys"] == [{"key": "value", "before": "3", "after": "5"}]
    assert found["counts"]["phase"] == 1 and found["counts"]["exercise"] == 1 and not found["newlyStopped"]


def test_who_is_newly_stopped_and_who_is_no_longer(knowledge, export, capsys, monkeypatch, tmp_path):
    found = told(capsys, knowledge(*ADULT), export)
    assert found["newlyStopped"] == [f"Patient/{name}" for name in PATIENTS] and not found["noLongerStopped"]
    site = tmp_path / "thresholds.toml"
    site.write_text('["red-flag.adult-from-age"]\nvalue = 150\nreason = "Nobody."\n', encoding="utf-8")
    monkeypatch.setenv("SMARTAPP_SITE_KNOWLEDGE", str(site))
    knowledge()
    folder = tmp_path / "knowledge"
    assert not told(capsys, folder, export)["newlyStopped"], "the site's own file applies to both"
    shutil.copy(site, folder / "site.toml")
    (folder / "site.toml").write_text(site.read_text(encoding="utf-8").replace("150", "19"), encoding="utf-8")
    shutil.rmtree(folder)
    assert main(["knowledge", "export", str(folder)]) == 0
    (folder / "site.toml").write_text(site.read_text(encoding="utf-8").replace("150", "19"), encoding="utf-8")
    capsys.readouterr()
    assert told(capsys, folder, export)["noLongerStopped"] == [f"Patient/{name}" for name in PATIENTS]


def test_a_sentence_is_told_as_one(knowledge, export, capsys):
    found = told(capsys, knowledge(*TITLE), export)
    lines = of(found, "bergstrom")
    assert set(lines) == {("sentence", "E07.patient_text")} and found["counts"]["exercise"] == 0
    assert lines["sentence", "E07.patient_text"]["after"].startswith("Slowly. ")


def test_a_row_of_codes_that_is_gone_is_seen_in_what_is_read(knowledge, export, capsys):
    vitamin_d = next(line for line in (knowledge() / "codes.csv").read_text("utf-8").splitlines() if ",1989-3," in line)
    result = {
        "resourceType": "Observation", "id": "d", "status": "final", "subject": {"reference": "Patient/bergstrom"},
        "code": {"coding": [{"system": "http://loinc.org", "code": "1989-3"}]}, "effectiveDateTime": "2026-02-20",
        "valueQuantity": {"value": 12, "code": "ng/mL", "system": "http://unitsofmeasure.org"},
    }  # fmt: skip
    with (export / "Observation.ndjson").open("a", encoding="utf-8") as file:
        file.write(json.dumps(result) + "\n")
    found = told(capsys, knowledge("codes.csv", re.escape(f"{vitamin_d}\n"), ""), export)
    (row,) = found["rows"]
    assert row["file"] == "codes.csv" and row["keys"][0]["after"] is None
    line = of(found, "bergstrom")["finding", "vitamin-d"]
    assert line["before"] == "deficient, 12 ng/mL" and line["causes"][0]["row"] == row["row"]


def test_without_a_path_all_cases_that_ship_are_gone_over(knowledge, few_cases, capsys):
    found = told(capsys, knowledge(*INTERMEDIATE))
    assert found["lookedAt"] == [{"from": "cases of Loadpath", "charts": 26}]
    assert found["charts"] and all(re.match(r"\w\d+: ", each["who"]) for each in found["charts"])


def test_the_report_is_made_for_a_committee_and_names_nobody(knowledge, export, tmp_path, capsys):
    knowledge(*INTERMEDIATE)
    page = tmp_path / "report.html"
    folder = knowledge(*TITLE)
    assert main(["impact", str(folder), str(export), "--as-of", TODAY.isoformat(), "--out", str(page)]) == 0
    words = capsys.readouterr().out
    assert "Newly stopped: 0" in words and "Phase (effective): intermediate -> initial: 1" in words
    html = page.read_text(encoding="utf-8")
    text = " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)).split())
    for said in (
        load().version,
        "phase.intermediate-from value 3 5",
        "Who changes disposition or phase: 1 charts",
        "Patient/haddad",
        "Signature",
    ):
        assert said in text, said
    for patient in (p for resources in records().values() for p in resources if p["resourceType"] == "Patient"):
        assert patient["birthDate"] not in html and patient["name"][0]["family"] not in text
    assert "<script" not in html and "http" not in html
    again = tmp_path / "again.json"
    assert main(["impact", str(folder), str(export), "--as-of", TODAY.isoformat(), "--out", str(again)]) == 0
    assert json.loads(again.read_text(encoding="utf-8"))["counts"]["phase"] == 1


def test_charts_in_which_the_same_lines_differ_stand_together(knowledge, export, tmp_path, capsys):
    folder, page = knowledge(*ADULT), tmp_path / "report.html"
    assert main(["impact", str(folder), str(export), "--as-of", TODAY.isoformat(), "--out", str(page)]) == 0
    text = page.read_text(encoding="utf-8")
    assert "Newly stopped: 3" in text and text.count("<article>") == 3


def test_mistakes_of_the_folder_are_told_as_check_tells_them(knowledge, export, capsys):
    folder = knowledge("phases.toml", r'(\["pain.severe-from"\]\n)value = ', r"\1valeu = ")
    assert main(["impact", str(folder), str(export)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert "phases.toml, pain.severe-from: unknown key “valeu”; did you mean “value”?" in lines and len(lines) > 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none", "export"), "cannot be read"), (("knowledge", "none"), "No such file"),
        (("knowledge", "export", "--out", "report.pdf"), "written as .html or .json"),
        (("knowledge", "export", "--out", "none/report.html"), "cannot be written"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_written_is_said_in_a_line(
    arguments, said, knowledge, export, capsys, monkeypatch, tmp_path
):
    knowledge()
    monkeypatch.chdir(tmp_path)
    assert main(["impact", *arguments]) == 2
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1


# -- many patients


def charts_of(path: Path) -> dict[str, object]:
    return {
        one.reference: read_chart(one.loaded.values, load(), one.reference.partition("/")[2], one.loaded.unreadable)
        for one in read_patients(path)
    }


def test_each_patient_of_an_export_is_read_as_derive_reads_one(export):
    found = charts_of(export)
    assert set(found) == {f"Patient/{name}" for name in PATIENTS}
    for name in PATIENTS:
        values, unreadable = read_files(export, name)
        assert found[f"Patient/{name}"] == read_chart(values, load(), name, unreadable)


def test_a_folder_of_bundles_and_one_bundle_of_all_are_read_as_the_export(export, tmp_path):
    folder, whole = tmp_path / "bundles", tmp_path / "whole.json"
    folder.mkdir()
    for name, resources in records().items():
        (folder / f"{name}.json").write_text(json.dumps(bundle(resources)), encoding="utf-8")
    whole.write_text(json.dumps(bundle([r for each in records().values() for r in each])), encoding="utf-8")
    assert charts_of(folder) == charts_of(whole) == charts_of(export)
    assert len(charts_of(folder / "haddad.json")) == 1


def bundle(resources: list[dict]) -> dict:
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


def test_by_address_of_an_entry_and_by_a_medicine_that_is_named(tmp_path):
    medicine = {"resourceType": "Medication", "id": "m", "code": {"text": "alendronate"}}
    other = {"resourceType": "Medication", "id": "n", "code": {"text": "denosumab"}}
    entries = []
    for name in ("a", "b"):
        entries.append({"fullUrl": f"urn:uuid:{name}-1", "resource": {"resourceType": "Patient", "id": name}})
        entries.append({"resource": {
            "resourceType": "MedicationRequest", "id": f"r{name}", "status": "active", "intent": "order",
            "subject": {"reference": f"urn:uuid:{name}-1"}, "authoredOn": "2026-02-01",
            "medicationReference": {"reference": "urn:uuid:m-1" if name == "a" else "Medication/n"},
        }})  # fmt: skip
    entries += [{"fullUrl": "urn:uuid:m-1", "resource": medicine}, {"resource": other}, {"resource": None}, {}]
    file = tmp_path / "both.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}), encoding="utf-8")
    found = charts_of(file)
    assert [[m.text for m in found[f"Patient/{name}"].medications] for name in ("a", "b")] == [
        ["alendronate"],
        ["denosumab"],
    ]
    for name in ("a", "b"):
        values, unreadable = read_files(file, name)
        assert found[f"Patient/{name}"] == read_chart(values, load(), name, unreadable)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.ndjson", b'{"resourceType": "Patient", "id": "a"}\n{"id"\n', "x.ndjson: line 2 column 1: not JSON"),
        ("x.ndjson", b'{"resourceType": "Patient", "id": "a"}\n{"id": "\xff"}\n', "line 2: it is not UTF-8"),
        ("x.ndjson", b'{"resourceType": "Condition"}\n', "Patient: there is none"),
        ("x.json", b"{", "not JSON"),
    ],
)  # fmt: skip
def test_what_is_no_export_is_said_with_its_place(name, content, said, knowledge, tmp_path, capsys):
    (tmp_path / name).write_bytes(content)
    assert main(["impact", str(knowledge()), str(tmp_path / name)]) == 2
    assert said in capsys.readouterr().err
