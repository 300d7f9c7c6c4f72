"""``smartapp follow``: plans signed in the sandbox, on newer data of their patients."""

import json
from pathlib import Path

import pytest

from smartapp.cli import main
from tests.test_impact import PATIENTS, records
from tests.test_replay import Site


@pytest.fixture
def site(tmp_path, monkeypatch):
    made = Site(tmp_path, monkeypatch)
    yield made
    made.close()


@pytest.fixture
def export(tmp_path):
    """The patients' records as of now, with these besides."""

    def made(*more: dict) -> Path:
        file = tmp_path / "now.ndjson"
        resources = [*(r for each in records().values() for r in each), *more]
        file.write_text("".join(f"{json.dumps(each)}\n" for each in resources), encoding="utf-8")
        return file

    return made


def told(capsys, *arguments: object, day: str = "2026-03-02") -> list[dict]:
    assert main(["follow", *map(str, arguments), "--as-of", day, "--json"]) == 0
    return json.loads(capsys.readouterr().out)["plans"]


FRACTURE = {
    "resourceType": "Condition", "id": "new", "subject": {"reference": "Patient/bergstrom"},
    "clinicalStatus": {"coding": [{"code": "active"}]}, "onsetDateTime": "2026-03-04",
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.030A"}]},
}  # fmt: skip


def test_a_plan_whose_chart_is_the_same_is_unchanged(site, export, capsys):
    (plan,) = told(capsys, export(), "--signed", site.receipt())
    assert (plan["patient"], plan["signedOn"], plan["why"]) == ("Patient/bergstrom", "2026-03-01", None)
    assert (plan["state"]["word"], plan["state"]["owner"], plan["state"]["because"]) == ("unchanged", None, ["FU20"])


def test_a_new_fracture_tightens_it_and_the_therapist_must_acknowledge(site, export, capsys):
    receipt = site.receipt()
    (plan,) = told(capsys, export(FRACTURE), "--signed", receipt, day="2026-03-05")
    assert (plan["state"]["word"], plan["state"]["owner"]) == ("tightened", "therapist")
    assert "FU1" in plan["state"]["because"] and "fracture" in plan["state"]["text"]
    assert main(["follow", str(export()), "--signed", str(receipt), "--as-of", "2026-12-24"]) == 0
    words = capsys.readouterr().out
    assert words.startswith("Patient/bergstrom, plan ") and ": Review due since 2026-" in words


def test_derive_says_the_same_word(site, export, capsys):
    arguments = [str(export(FRACTURE)), "--patient", "bergstrom", "--as-of", "2026-03-05", "--json"]
    assert main(["derive", *arguments, "--signed", str(site.receipt())]) == 0
    assert json.loads(capsys.readouterr().out)["planState"]["word"] == "tightened"
    assert main(["derive", *arguments]) == 0
    assert json.loads(capsys.readouterr().out)["planState"] is None


def test_of_several_plans_of_a_patient_the_newest_counts_and_who_is_not_there_is_told(site, export, capsys, tmp_path):
    folder = tmp_path / "receipts"
    folder.mkdir()
    value = json.loads(site.receipt().read_text(encoding="utf-8"))
    signed = value["record"]["signed"]
    for name, patient, at in (
        ("a", "bergstrom", "2026-02-01"),
        ("b", "bergstrom", "2026-02-03"),
        ("c", "gone", "2026-02-02"),
    ):
        signed["plan_id"], signed["signed_at"] = f"plan-{name}", f"{at}T12:00:00Z"
        signed["proposal"]["assessment"]["chart"]["patient"]["reference"] = f"Patient/{patient}"
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    found = {each["plan"]: each for each in told(capsys, export(), "--signed", folder)}
    assert found.keys() == {"plan-b", "plan-c"}
    assert found["plan-c"]["why"] == "the patient is not in the files" and found["plan-c"]["state"] is None
    assert main(["follow", str(export()), "--signed", str(folder)]) == 0
    assert "Not known: the patient is not in the files." in capsys.readouterr().out


def test_what_is_no_receipt_is_said_in_a_line(export, capsys, tmp_path):
    (tmp_path / "empty").mkdir()
    for place, said in ((tmp_path / "empty", "there is no receipt in it"), (tmp_path / "none", "cannot be read")):
        assert main(["follow", str(export()), "--signed", str(place)]) == 2
        assert said in capsys.readouterr().err


def test_the_patients_of_these_tests_are_there():
    assert all(records()[name] for name in PATIENTS)
