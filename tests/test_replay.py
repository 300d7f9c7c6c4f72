"""``smartapp replay`` on receipts that journeys through the sandbox have made."""

import json
from pathlib import Path

import pytest

from smartapp.cli import main
from tests.journey.harness import make_harness
from tests.journey.test_report_readings import mri

SECRET = "a secret long enough for the tests"
SITE = """
["phase.intermediate-from"]
value = 5
reason = "Our committee is more careful."
"""
SAMPLES = Path(__file__).parent / "store" / "samples"


class Site:
    """An installation: its settings in the environment, and receipts of what was signed there."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._patch, self._harness = folder, monkeypatch, None

    def receipt(self, patient: str = "bergstrom", change=lambda browser, page: page, data=(), **settings) -> Path:
        harness = self._harness = make_harness(self.folder, settings=settings, data=data)
        browser = harness.browser()
        page = change(browser, harness.open(browser, patient))
        receipt = browser.press(page, page.form("/sign"))
        assert receipt.heading == "Saved to chart", receipt.words
        file = self.folder / "receipt.json"
        file.write_text(browser.get(receipt.url + "?copy=receipt").text, encoding="utf-8")
        return file

    def at_hand(self) -> None:
        """The command sees the installation's settings."""
        self._patch.setenv("SMARTAPP_SECRET", SECRET)
        self._patch.setenv("SMARTAPP_BASE_URL", "http://127.0.0.1:8080")
        self._patch.setenv("SMARTAPP_DEV_LOOPBACK", "1")
        self._patch.setenv("SMARTAPP_DATABASE", f"sqlite:///{self.folder / 'loadpath.db'}")

    def with_thresholds(self, text: str = SITE) -> Path:
        """From now on the installed knowledge is another."""
        file = self.folder / "site.toml"
        file.write_text(text, encoding="utf-8")
        self._patch.setenv("SMARTAPP_SITE_KNOWLEDGE", str(file))
        return file

    def close(self) -> None:
        if self._harness:
            self._harness.box.store.close()


@pytest.fixture
def site(tmp_path, monkeypatch):
    made = Site(tmp_path, monkeypatch)
    yield made
    made.close()


def told(capsys, *arguments: object, status: int = 0) -> dict:
    assert main(["replay", *map(str, arguments), "--json"]) == status
    return json.loads(capsys.readouterr().out)


def refused(capsys, *arguments: object) -> str:
    assert main(["replay", *map(str, arguments)]) == 2
    return capsys.readouterr().err


def edited(file: Path, change) -> Path:
    value = json.loads(file.read_text(encoding="utf-8"))
    change(value)
    file.write_text(json.dumps(value), encoding="utf-8")
    return file


def test_what_was_signed_comes_out_again_byte_for_byte(site, capsys):
    receipt = site.receipt()
    site.at_hand()
    found = told(capsys, receipt)
    assert found["identical"] and found["sealed"] and not found["altered"]
    assert found["fingerprint"]["signed"] == found["fingerprint"]["again"]
    assert found["sha256"]["signed"] == found["sha256"]["again"]
    assert (found["patient"], found["asOf"], found["signedBy"]) == (
        "Patient/bergstrom",
        "2026-03-01",
        "Dr. Ngozi Okafor",
    )
    assert found["knowledge"]["from"] == "installed" and not found["today"]["differences"] and not found["changed"]
    assert main(["replay", str(receipt)]) == 0
    assert "identical, byte for byte" in capsys.readouterr().out


def without_e11(browser, page):
    return browser.press(page, page.form("/decide", item="E11.dose"), "Remove")


def test_edits_of_the_signer_come_out_again(site, capsys):
    receipt = site.receipt(change=without_e11)
    found = told(capsys, receipt)
    decisions = json.loads(receipt.read_text(encoding="utf-8"))["record"]["signed"]["decisions"]
    assert decisions and found["identical"]


def test_facts_a_report_stands_for_are_derived_again_from_the_report(site, capsys):
    entry = [{"resource": mri("Compression fracture of L3.")}]

    def accept(browser, page):
        return browser.press(page, page.form("/found"), "Confirm")

    receipt = site.receipt(change=accept, data=({"resourceType": "Bundle", "type": "collection", "entry": entry},))
    record = json.loads(receipt.read_text(encoding="utf-8"))["record"]
    assert record["facts"] and record["facts"] != record["signed"]["proposal"]["assessment"]["chart"]
    assert told(capsys, receipt)["identical"]


def test_without_the_installations_secret_nothing_is_said_of_the_seal(site, capsys):
    receipt = site.receipt()
    assert told(capsys, receipt)["sealed"] is None
    assert main(["replay", str(receipt)]) == 0
    assert "is not known here" in capsys.readouterr().out


def test_a_receipt_somebody_changed_is_told(site, capsys):
    receipt = edited(site.receipt(), lambda value: value["record"]["signed"]["signer"].update(name="Dr. Nobody"))
    assert told(capsys, receipt)["identical"], "who signed is no part of the decision"
    site.at_hand()
    found = told(capsys, receipt, status=1)
    assert found["sealed"] is False and not found["identical"]
    assert main(["replay", str(receipt)]) == 1
    assert "ALTERED: the receipt is not as this installation gave it out" in capsys.readouterr().out


def test_a_changed_line_of_the_plan_is_named(site, capsys):
    def harder(value):
        lines = value["record"]["signed"]["proposal"]["activities"]
        next(line for line in lines if line["id"] == "E05")["dose"] = "Every day, 5 sets of 30"

    found = told(capsys, edited(site.receipt(), harder), status=1)
    assert found["altered"] and not found["identical"]
    (line,) = [each for each in found["changed"] if each["kind"] == "dose"]
    assert line["id"] == "E05" and line["before"].startswith("Every day, 5 sets") and not line["causes"]


def test_a_changed_fact_is_told_by_what_follows_from_it(site, capsys):
    def younger(value):
        for fact in value["record"]["signed"]["proposal"]["assessment"]["chart"]["diagnoses"]:
            if fact["fracture"]:
                fact["onset"] = {**fact["onset"], "earliest": "2025-06-01", "latest": "2025-06-01"}

    found = told(capsys, edited(site.receipt(), younger), status=1)
    assert found["altered"] and {"phase", "finding"} <= {each["kind"] for each in found["changed"]}
    assert main(["replay", str(site.folder / "receipt.json")]) == 1
    assert "NOT IDENTICAL" in capsys.readouterr().out


def test_what_todays_knowledge_would_decide_otherwise_and_which_row_causes_it(site, capsys):
    receipt = site.receipt("haddad")
    site.with_thresholds()
    site.at_hand()
    found = told(capsys, receipt)
    assert found["identical"] and found["knowledge"]["from"] == "store"
    (row,) = found["today"]["rows"]
    assert (row["file"], row["row"]) == ("site file", "phase.intermediate-from")
    differences = found["today"]["differences"]
    (phase,) = [each for each in differences if each["id"] == "effective"]
    assert (phase["before"], phase["after"]) == ("intermediate", "initial")
    assert {"exercise", "dose", "review", "sentence"} <= {each["kind"] for each in differences}
    assert differences and all(each["causes"][0]["acts"] == "alone" for each in differences)
    main(["replay", str(receipt)])
    words = capsys.readouterr().out
    assert "because: site file, phase.intermediate-from: new (this row alone)" in words


def test_the_knowledge_of_then_comes_from_a_folder_where_the_store_is_not_at_hand(site, capsys, tmp_path):
    thresholds = site.with_thresholds()
    receipt = site.receipt(site_knowledge=thresholds)
    assert main(["knowledge", "export", str(tmp_path / "then")]) == 0
    assert str(tmp_path / "then" / "site.toml") in capsys.readouterr().out
    site._patch.delenv("SMARTAPP_SITE_KNOWLEDGE")
    assert "it is not here" in refused(capsys, receipt)
    found = told(capsys, receipt, "--knowledge", tmp_path / "then")
    assert found["identical"] and found["knowledge"]["from"].endswith("then")
    (tmp_path / "then" / "site.toml").unlink()
    assert "the plan was signed with" in refused(capsys, receipt, "--knowledge", tmp_path / "then")
    site.with_thresholds()
    assert told(capsys, receipt, "--knowledge", tmp_path / "then")["identical"], "a site's own file beside the folder"


def test_each_version_is_kept_once(site):
    site.receipt()
    store = site._harness.app.extensions["loadpath"].store
    version = json.loads((site.folder / "receipt.json").read_text(encoding="utf-8"))["record"]
    version = version["signed"]["proposal"]["assessment"]["knowledge_version"]
    kept = store.knowledge.texts_of(version)
    assert kept and "phases.toml" in kept and store.knowledge.texts_of("another") is None
    store.knowledge.keep(version, {})
    assert store.knowledge.texts_of(version) == kept


def test_what_cannot_be_replayed_is_said_in_a_line(site, capsys, tmp_path):
    file = tmp_path / "file.json"
    assert "cannot be read" in refused(capsys, file)
    for text, said in (
        ("[", "it is not JSON"), ("[]", "it is not a receipt"), ("{}", "it is not a receipt"),
        ('{"plan": "x", "artifacts": []}', "Take it along again from its page"),
        ('{"record": {"version": 99}}', "another version of Loadpath"),
    ):  # fmt: skip
        file.write_text(text, encoding="utf-8")
        assert said in refused(capsys, file)


@pytest.mark.parametrize("form", range(5))
def test_a_record_of_an_older_form_is_told_not_guessed(form, capsys, site):
    sample = SAMPLES / f"record-{form}.json"
    said = refused(capsys, sample)
    assert "the plan was signed with it, and it is not here" in said
