"""The command line: stable names of the answers, exit statuses, and a sentence for every way to ask wrongly."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from smartapp.archive import Record, kept_json
from smartapp.cli import main
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision, Role, SignedPlan, Signer
from smartapp.core.review import revise
from smartapp.ehr.deliver.plan import WritePlan
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load

ROOT = Path(__file__).resolve().parent.parent
TODAY = "2026-03-01"
PATIENT = {"resourceType": "Patient", "id": "p", "gender": "male", "birthDate": "1960-05-10"}
FRACTURE = {
    "resourceType": "Condition",
    "id": "c",
    "subject": {"reference": "Patient/p"},
    "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010A"}]},
    "onsetDateTime": "2025-11-30",
}
REFUTED = FRACTURE | {"code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S22.010A"}]}}
KEYS = {
    *("asOf", "disposition", "calendarPhase", "effectivePhase", "anchor", "gates", "restrictions", "alerts", "bmd"),
    *("vitaminD", "exercises", "gaps", "unreadable", "knowledgeVersion"),
}


@pytest.fixture
def chart(tmp_path):
    """A file with the patient, the fracture and what a test adds."""

    def write(*resources, fracture=FRACTURE):
        entries = [{"resource": resource} for resource in (PATIENT, fracture, *resources)]
        path = tmp_path / "chart.json"
        path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
        return str(path)

    return write


def derived(capsys, *arguments):
    assert main(["derive", *arguments, "--as-of", TODAY, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_derive_answers_with_the_stable_names(chart, capsys):
    answer = derived(capsys, chart())
    assert answer.keys() >= KEYS
    assert (answer["asOf"], answer["calendarPhase"], answer["effectivePhase"]) == (TODAY, "intermediate", "initial")
    assert answer["disposition"] == "prescribe-with-review"
    assert answer["anchor"] == answer["anchor"] | {"date": "2025-11-30", "rule": "onset", "source": "Condition/c"}
    assert answer["gates"] == {"prone": "conditional", "resisted-upper-back": "blocked", "high-impact": "prohibited"}
    strict = next(r for r in answer["restrictions"] if r["id"] == "R1")
    assert strict["state"] == "strict"
    assert strict.keys() >= {"text", "until", "statements", "sources"}
    alert = next(a for a in answer["alerts"] if a["code"] == "confirm-stability")
    assert alert["severity"] == "review"
    assert alert["sources"] == ["Condition/c"]
    assert {"id", "component", "dose"} <= answer["exercises"][0].keys()
    assert {"extensor", "resistance", "balance"} <= {e["component"] for e in answer["exercises"]}
    assert {g["concept"] for g in answer["gaps"]} >= {"25-oh-vitamin-d", "dxa"}


def test_every_code_of_an_answer_is_kebab_case(chart, capsys):
    answer = derived(capsys, chart())
    words = [answer["disposition"], answer["calendarPhase"], *(a["code"] for a in answer["alerts"])]
    words += [*answer["gates"], *answer["gates"].values(), *(r["state"] for r in answer["restrictions"])]
    assert [word for word in words if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word)] == []


def test_values_read_are_shown_with_their_source(chart, capsys):
    def result(id_, code, value, unit):
        coded = {"coding": [{"system": "http://loinc.org", "code": code}]}
        return {
            "resourceType": "Observation",
            "id": id_,
            "status": "final",
            "subject": {"reference": "Patient/p"},
            "effectiveDateTime": "2026-01-10",
            "code": coded,
            "valueQuantity": {"value": value, "code": unit},
        }

    answer = derived(capsys, chart(result("t", "38264-8", -1.8, "1"), result("d", "62292-8", 74.88, "nmol/L")))
    assert answer["bmd"] == {
        "class": "osteopenia", "value": -1.8, "site": "total-hip", "date": "2026-01-10", "source": "Observation/t",
    }  # fmt: skip
    assert answer["vitaminD"] == {"class": "target", "ngPerMl": 30.0, "date": "2026-01-10", "source": "Observation/d"}


def test_not_applicable_is_an_answer_with_null_gates(chart, capsys):
    answer = derived(capsys, chart(fracture=FRACTURE | {"code": {"text": "Hay fever"}}))
    assert answer["disposition"] == "not-applicable"
    assert set(answer["gates"].values()) == {None}
    assert (answer["anchor"], answer["calendarPhase"], answer["exercises"]) == (None, None, [])


def test_an_attestation_changes_the_answer(chart, capsys):
    path = chart()
    before, after = derived(capsys, path), derived(capsys, path, "--attest", "stable=2026-02-20")
    assert (before["effectivePhase"], after["effectivePhase"]) == ("initial", "intermediate")


@pytest.mark.parametrize(
    "words",
    [
        "stable",
        "stable=",
        "stable=yesterday",
        "stable=20260220",
        "cured=2026-02-20",
        "=2026-02-20",
        "stable=2026-02-30",
        "stable=2026-02-20:yes",
        "weight-bearing=2026-02-20",
        "weight-bearing=2026-02-20:some",
        "limit-none=2026-02-20:",
    ],
)
def test_an_attestation_that_says_nothing_is_refused(chart, capsys, words):
    with pytest.raises(SystemExit) as stop:
        main(["derive", chart(), "--attest", words])
    assert stop.value.code == 2
    assert "--attest" in capsys.readouterr().err


def test_an_attestation_has_its_value_behind_the_date(chart, capsys):
    answer = derived(capsys, chart(), "--attest", "weight-bearing=2026-02-20:none-left")
    (limit,) = answer["constraints"]
    assert (limit["id"], limit["until"], answer["track"]) == ("WP1", None, "chair")
    assert {"E09", "E14"} <= set(limit["removes"])
    removed = {row["id"]: row for row in answer["removedExercises"]}
    assert removed["E14"]["because"] == ["WP1"] and removed["E14"]["text"] == limit["text"]
    assert not removed.keys() & {exercise["id"] for exercise in answer["exercises"]}


def test_rising_with_one_helper_is_yes_or_no(chart, capsys):
    answer = derived(capsys, chart(), "--attest", "stands-with-help=2026-02-20:yes")
    assert answer["constraints"] == []
    for said in ("maybe", ""):
        with pytest.raises(SystemExit):
            main(["derive", str(chart()), "--attest", f"stands-with-help=2026-02-20:{said}"])
    assert "“maybe” is none of yes, no" in capsys.readouterr().err


def test_a_reading_of_a_report_is_accepted_or_refused_by_its_key(chart, capsys):
    said = {"resourceType": "DiagnosticReport", "id": "mri", "status": "final", "code": {"text": "MRI lumbar spine"}}
    said |= {
        "subject": {"reference": "Patient/p"},
        "effectiveDateTime": "2026-02-10",
        "conclusion": "Delayed union of L1.",
    }
    path = chart(said)
    found = derived(capsys, path)["findingsInReports"]
    (key,) = (each["key"] for each in found if each["concept"] == "delayed")
    assert all(each["accepted"] is None for each in found)
    for option, accepted in (("--accept", True), ("--refuse", False)):
        answer = derived(capsys, path, option, f"{key}=2026-02-20")
        assert {each["key"]: each["accepted"] for each in answer["findingsInReports"]}[key] is accepted
    for wrong in ("", f"{key}=yesterday"):
        with pytest.raises(SystemExit):
            main(["derive", path, "--accept", wrong])
    capsys.readouterr()
    assert main(["derive", path, "--accept", "nothing=2026-02-20"]) == 2
    assert "no reading of a report has the key “nothing”" in capsys.readouterr().err


def test_what_cannot_be_read_is_in_the_answer(chart, capsys):
    answer = derived(capsys, chart({"resourceType": "Condition", "id": "bad", "code": 7}))
    assert answer["unreadable"] == [
        {"reference": "Condition/bad", "reason": "“code” should be an object and is a number"}
    ]


@pytest.mark.parametrize("command", ["derive", "plan", "explain"])
@pytest.mark.parametrize(
    ("text", "said"),
    [("{broken", "line 1 column 2: not JSON"), ('{"resourceType": "Bundle"}', "Patient: there is none"), ("", "empty")],
)
def test_input_that_cannot_be_read_is_one_line_and_status_2(tmp_path, capsys, command, text, said):
    path = tmp_path / "chart.json"
    path.write_text(text)
    assert main([command, str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith(f"{path}: ")
    assert said in err


def test_derive_without_json_is_for_people(chart, capsys):
    assert main(["derive", chart(), "--as-of", TODAY]) == 0
    said = capsys.readouterr().out
    assert "Phase: initial (by calendar intermediate)" in said
    assert "REVIEW confirm-stability" in said


def test_explain_names_rules_facts_statements_and_sources(chart, capsys):
    assert main(["explain", chart(), "--as-of", TODAY]) == 0
    said = capsys.readouterr().out
    assert "Rules that fired:" in said
    assert "Rules that nearly fired:" in said
    fired = said.split("Rules that fired:")[1].split("Rules that nearly fired:")[0]
    assert re.search(r"anchor\.onset: .*Nov 30, 2025.*\[S42; Condition/c\]", fired)


def test_plan_is_an_unsigned_transaction(chart, capsys):
    assert main(["plan", chart(), "--as-of", TODAY]) == 0
    bundle = json.loads(capsys.readouterr().out)
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "transaction")
    resources = {entry["resource"]["resourceType"]: entry["resource"] for entry in bundle["entry"]}
    assert resources["CarePlan"]["status"] == resources["ServiceRequest"]["status"] == "draft"


def test_the_same_input_twice_gives_the_same_plan(chart, capsys):
    path = chart()
    plans = []
    for _ in range(2):
        assert main(["plan", path, "--as-of", TODAY]) == 0
        plans.append(capsys.readouterr().out)
    assert plans[0] == plans[1]


@pytest.mark.usefixtures("phrases_tried_once")
def test_check_names_everything_at_once(monkeypatch, tmp_path, capsys):
    for name in [name for name in os.environ if name.startswith("SMARTAPP_")]:
        monkeypatch.delenv(name)
    (tmp_path / "issuers.toml").write_text('[x]\niss = "http://ehr.example/fhir"\n')
    monkeypatch.setenv("SMARTAPP_ISSUERS", str(tmp_path / "issuers.toml"))
    monkeypatch.setenv("SMARTAPP_SITE_KNOWLEDGE", str(tmp_path / "nosuch.toml"))
    monkeypatch.setenv("SMARTAPP_PORTT", "1")
    assert main(["check"]) == 1
    said = capsys.readouterr().out
    for expected in ("SMARTAPP_SECRET is missing", "iss must be https", "client_id", "nosuch.toml", "SMARTAPP_PORTT"):
        assert expected in said


@pytest.mark.usefixtures("phrases_tried_once")
def test_check_of_a_good_installation(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SMARTAPP_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz")
    monkeypatch.setenv("SMARTAPP_DEV_LOOPBACK", "1")
    monkeypatch.setenv("SMARTAPP_ISSUERS", str(ROOT / "launch" / "issuers.toml"))
    assert main(["check"]) == 0
    assert "All is well." in capsys.readouterr().out


def test_a_taken_port_is_a_sentence(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["demo", "--port", str(port), "--ehr-port", str(_free_port())]) == 1
        assert main(["serve", "--port", str(port)]) == 1
    said = capsys.readouterr().err
    assert said.count(f"Port {port} is already in use") == 2
    assert "Traceback" not in said


def test_python_m_smartapp_and_a_closed_pipe(chart):
    command = f"{sys.executable} -m smartapp derive {chart()} --as-of {TODAY} --json | head -1"
    ran = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout == "{\n"
    assert ran.stderr == ""


def test_demo_starts_both_says_one_address_and_stops_both(tmp_path):
    ports = _free_port(), _free_port()
    command = [sys.executable, "-m", "smartapp", "demo", "--port", str(ports[0]), "--ehr-port", str(ports[1])]
    # where it writes: var/ below the folder it is started in, and nowhere else
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    demo = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        said = _lines_until(demo, "Ctrl-C")
        assert re.findall(r"https?://\S+", said) == [f"http://localhost:{ports[1]}"]
        for address in (f"http://localhost:{ports[1]}/", f"http://127.0.0.1:{ports[0]}/healthz"):
            with urllib.request.urlopen(address, timeout=10) as answer:
                assert answer.status == 200
    finally:
        demo.send_signal(signal.SIGINT)
        assert demo.wait(timeout=20) == 0
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def _lines_until(process, word):
    deadline, said = time.monotonic() + 60, ""
    while word not in said and time.monotonic() < deadline:
        line = process.stdout.readline()
        if not line:
            break
        said += line
    assert word in said
    return said


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# Answers for third-party records as of TODAY: disposition, effective phase, some alerts. Each was looked at.
SYNTHEA = {
    "Gustavo_Olson": ("not-applicable", None, {"deceased"}),
    "Sal_Strosin": ("not-applicable", None, {"deceased"}),
    "Hallie_Hoeger": ("not-applicable", None, {"no-active-fracture"}),
    "Lonnie_Von": ("confirm-first", None, {"site-unnamed"}),
    "Odilia_Feeney": ("not-applicable", None, {"no-active-fracture"}),
    "Oswaldo_Armstrong": ("not-applicable", None, {"no-active-fracture"}),
    "Juan_Stracke": ("not-applicable", None, {"no-active-fracture"}),
    "Ned_Hintz": ("not-applicable", None, {"no-active-fracture"}),
}


@pytest.mark.shared
@pytest.mark.parametrize("name", SYNTHEA)
def test_synthea_patients(shared, capsys, name):
    (path,) = (shared / "data" / "synthea_r4").glob(f"{name}_*.json")
    answer = derived(capsys, str(path))
    disposition, phase, alerts = SYNTHEA[name]
    assert (answer["disposition"], answer["effectivePhase"]) == (disposition, phase)
    assert {a["code"] for a in answer["alerts"]} >= alerts
    assert answer["bmd"] is None, "Synthea codes every DXA as forearm: it never classifies"
    asked = [line["reason"] for line in answer["unreadable"]]
    assert len(asked) <= 2 and all("Is it a fracture, of which bone" in said for said in asked), "of another bone"


@pytest.mark.shared
def test_generated_vertebral_fracture_patients(shared, capsys):
    folder = shared / "data" / "clinosim_us_vcf"
    people = [json.loads(line)["id"] for line in (folder / "Patient.ndjson").read_text().splitlines()]
    assert len(people) == 20
    augmented = 0
    for person in people:
        answer = derived(capsys, str(folder), "--patient", person)
        assert answer["disposition"] == "prescribe-with-review"
        assert answer["vitaminD"] is None, "ordered, never resulted"
        assert answer["unreadable"] == []
        assert {"level-unspecified", "early-resolved"} <= {a["code"] for a in answer["alerts"]}
        augmented += answer["anchor"]["rule"] == "augmentation"
    assert augmented == 3, "kyphoplasty, as text only"


@pytest.mark.shared
def test_a_folder_of_twenty_patients_asks_for_one(shared, capsys):
    assert main(["derive", str(shared / "data" / "clinosim_us_vcf")]) == 2
    assert "20 patients; choose one with --patient" in capsys.readouterr().err


@pytest.mark.shared
def test_every_third_party_file_is_answered_or_refused_in_one_line(shared, capsys):
    files = sorted((shared / "data").glob("*/*.json"))
    assert len(files) > 150
    for file in files:
        for command in (["derive", str(file), "--json"], ["plan", str(file)]):
            status = main([*command, "--as-of", TODAY])
            out, err = capsys.readouterr()
            assert (status, err.count("\n")) in ((0, 0), (2, 1)), (file, err)
            assert (out != "") == (status == 0)


@pytest.mark.shared
def test_every_single_example_is_read_as_the_chart_of_its_own_patient(shared, tmp_path, capsys):
    """Single resources have no Patient beside them: composed with one and a fracture, each is read without a fuss."""
    for file in sorted((shared / "data").glob("*/*.json")):
        resource = json.loads(file.read_text(encoding="utf-8"))
        if resource.get("resourceType", "Bundle") in ("Bundle", "Patient"):  # whole charts, and a generator's manifest
            continue
        subject = resource.get("subject") or resource.get("patient") or {}
        if subject.get("reference"):
            resource = resource | {"subject": {"reference": "Patient/p"}, "patient": {"reference": "Patient/p"}}
        bundle = {"resourceType": "Bundle", "entry": [{"resource": r} for r in (PATIENT, FRACTURE, resource)]}
        path = tmp_path / "composed.json"
        path.write_text(json.dumps(bundle))
        answer = derived(capsys, str(path))
        assert answer["disposition"] in ("prescribe-with-review", "prescribe", "refer-no-prescription"), file
        assert answer["calendarPhase"] == ("intermediate" if answer["exercises"] else None), file


def test_one_day_later_is_another_phase(chart, capsys):
    path = chart(fracture=FRACTURE | {"onsetDateTime": "2025-12-02", "code": _routine()})
    for days, phase in ((0, "initial"), (1, "intermediate")):
        day = (date.fromisoformat(TODAY) + timedelta(days=days)).isoformat()
        assert main(["derive", path, "--as-of", day, "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["effectivePhase"] == phase


def _routine():
    return {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "S32.010D"}]}


def test_document_writes_a_paper_that_says_it_is_not_signed(chart, tmp_path):
    out = tmp_path / "letter.pdf"
    assert main(["document", chart(), "--as-of", TODAY, "--kind", "letter", "--out", str(out)]) == 0
    first = out.read_bytes()
    assert first.startswith(b"%PDF")
    assert b"Referral to physical therapy" in first
    assert main(["document", chart(), "--as-of", TODAY, "--kind", "letter", "--out", str(out)]) == 0
    assert out.read_bytes() == first


def test_document_without_a_plan_or_a_place_to_write_says_so(chart, tmp_path, capsys):
    asked = ["document", chart(fracture=REFUTED), "--as-of", TODAY, "--out", str(tmp_path / "x.pdf")]
    assert main([*asked, "--kind", "letter"]) == 1
    assert "Nothing is prescribed" in capsys.readouterr().err
    assert main([*asked, "--kind", "packet"]) == 0
    nowhere = ["document", chart(), "--as-of", TODAY, "--kind", "handout", "--out", str(tmp_path / "no" / "x.pdf")]
    assert main(nowhere) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_what_changed_since_a_plan_is_told_where_the_plan_is_given(chart, tmp_path, capsys):
    assert derived(capsys, chart())["followUp"] is None
    before = tmp_path / "before.json"
    before.write_text(Path(chart()).read_text(encoding="utf-8"), encoding="utf-8")
    signed = ("--signed", str(before), "--signed-on", "2026-02-28")
    (row,) = derived(capsys, chart(), *signed)["followUp"]
    assert row["rule"] == "FU20" and row["text"].startswith("Unchanged since 2026-02-28; next: ")
    code = {"coding": [{"system": "http://loinc.org", "code": "62292-8"}]}
    low = {"resourceType": "Observation", "id": "d", "status": "final", "subject": {"reference": "Patient/p"}}
    low |= {"code": code, "effectiveDateTime": "2026-02-28", "valueQuantity": {"value": 18, "unit": "ng/mL"}}
    now = chart(low)
    (row,) = [each for each in derived(capsys, now, *signed)["followUp"] if each["rule"] == "FU14"]
    assert {"rule", "severity", "text", "signed", "now", "consequence"} <= row.keys()
    assert row["severity"] == "info" and row["sources"] == ["Observation/d"]
    assert main(["derive", now, "--as-of", TODAY, *signed]) == 0
    assert "Since the signed plan, info: 25-OH vitamin D" in capsys.readouterr().out


def test_what_the_files_referral_and_session_logs_tell_is_told_as_on_the_page(chart, tmp_path, capsys):
    """FU6, FU7, FU10, FU16 of a plan signed on 2026-02-20, nine days later."""
    before = tmp_path / "before.json"
    before.write_text(Path(chart()).read_text(encoding="utf-8"), encoding="utf-8")
    signed = ("--signed", str(before), "--signed-on", "2026-02-20")

    def told(*records: dict) -> dict[str, str]:
        return {row["rule"]: row["now"] for row in derived(capsys, chart(*records), *signed)["followUp"]}

    assert not {"FU7", "FU16"} & told().keys()
    assert told(task(status="rejected", statusReason={"text": "No capacity"}))["FU16"] == "Declined: No capacity."
    other = task(status="rejected", **{"for": {"reference": "Patient/another"}})
    assert "FU16" not in told(other) and "FU16" not in told(task(status="rejected", identifier=[]))
    newer = task(id="t2", authoredOn="2026-02-22T10:00:00Z")
    assert "FU16" not in told(task(status="rejected"), newer), "the newest counts"
    assert "FU16" not in told(task(status=["rejected"]))
    log = {
        "resourceType": "QuestionnaireResponse", "id": "q", "status": "completed",
        "subject": {"reference": "Patient/p"}, "authored": "2026-02-26",
        "questionnaire": "https://loadpath.example/fhir/Questionnaire/session-log",
        "item": [{"linkId": "pain-worst", "answer": [{"valueInteger": 2}]}],
    }  # fmt: skip
    assert told(log)["FU7"].startswith("1 session on record. The newest: 2026-02-26: pain 2 at worst")


def task(**said) -> dict:
    """Of a referral of ours, of some plan."""
    return {
        "resourceType": "Task", "id": "t", "status": "requested", "intent": "order",
        "identifier": [{"system": "https://loadpath.example/fhir/plan", "value": "abc.task"}],
        "for": {"reference": "Patient/p"}, "authoredOn": "2026-02-20T10:00:00Z",
    } | said  # fmt: skip


def test_plan_since_a_signed_one_has_its_changes_again_and_says_what_is_new(chart, tmp_path, capsys):
    found = read_chart([json.loads(Path(chart()).read_text(encoding="utf-8"))], load())
    proposal = plan(derive(found, date.fromisoformat(TODAY), load()), load())
    edited = revise(proposal, [Decision("E05.dose", Choice.CHANGE, "3 moves, twice a day")], load())
    signer = Signer("Practitioner/1", "Ann Reed", Role.SIGNER)
    signed = SignedPlan(edited, edited.decisions, signer, datetime(2026, 3, 1, tzinfo=UTC), True, "abc")
    record = tmp_path / "record.json"
    record.write_text(json.dumps(kept_json(Record(signed, WritePlan((), {}, (), ())))), encoding="utf-8")
    asked = ["plan", chart(), "--as-of", "2026-03-02"]
    assert main([*asked, "--signed", str(record)]) == 0
    bundle = json.loads(capsys.readouterr().out)
    (row,) = bundle.pop("followUp")
    assert row["rule"] == "FU20" and "3 moves, twice a day" in json.dumps(bundle)
    assert "as signed on 2026-03-01" in json.dumps(bundle)
    assert main(asked) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain.keys() == {"resourceType", "type", "entry"} and "3 moves, twice a day" not in json.dumps(plain)
    before = tmp_path / "before.json"
    before.write_text(Path(chart(fracture=REFUTED)).read_text(encoding="utf-8"), encoding="utf-8")
    assert main(["plan", chart(), "--as-of", TODAY, "--signed", str(before), "--signed-on", "2026-02-28"]) == 0
    assert json.loads(capsys.readouterr().out)["followUp"] is None, "nothing was there to sign"


def test_what_is_no_signed_plan_of_this_patient_is_refused(chart, tmp_path, capsys):
    wrong = tmp_path / "wrong.json"
    for text in ("{}", "[", '{"resourceType": "Bundle"}'):
        wrong.write_text(text, encoding="utf-8")
        assert main(["derive", chart(), "--signed", str(wrong)]) == 2
        assert "not the receipt of a signed plan" in capsys.readouterr().err
    assert main(["derive", chart(), "--signed", str(tmp_path / "none.json")]) == 2
    assert "cannot be read" in capsys.readouterr().err
    another = ROOT / "tests" / "store" / "samples" / "record-5.json"
    assert main(["derive", chart(), "--signed", str(another)]) == 2
    assert "another patient" in capsys.readouterr().err
