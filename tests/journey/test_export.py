"""``smartapp export`` through the front door: a population fetched from the sandbox EHR, and what may go wrong."""

import errno
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import requests

from launch.sandbox import RegisteredClient
from launch.sandbox.clients import EVERYTHING
from smartapp.audit import open_trail
from smartapp.cli import main
from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.ehr.answer import NoAnswer
from smartapp.ehr.export import ExportFailed, ExportResult
from smartapp.ehr.export.folder import JOURNAL, unfinished
from smartapp.ehr.http_client import AddressRefused, HttpClient
from smartapp.ehr.launch.keys import make_key, read_keys
from smartapp.errors import EhrForbidden, EhrUnavailable, InputError, SettingsError
from smartapp.export_command import export_from, in_words
from smartapp.fhir.audit_event import check_event
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.files import read_files
from smartapp.knowledge import load
from smartapp.render import assessment_json
from tests.clock import Clock
from tests.databases import empty_database
from tests.journey.harness import APP, EHR, ISSUERS
from tests.journey.live import _free_port, _served
from tests.sandboxes import sandbox_ehr
from tests.wsgi_transport import Sent, Wire, wsgi_sessions


@dataclass
class Site:
    """An EHR and an installation of Loadpath that may export from it; ``said``: what a person saw."""

    box: Any
    wire: Wire
    env: dict[str, str]
    clock: Clock
    folder: Path
    said: list[str] = field(default_factory=list)
    slept: list[float] = field(default_factory=list)

    def export(self, folder: Path | None = None, **asked: Any) -> ExportResult:
        def sleep(seconds: float) -> None:
            self.slept.append(seconds)
            self.clock.now += seconds

        return export_from(
            self.env, "sandbox", folder or self.folder, say=self.said.append, sleep=sleep, clock=self.clock,
            http_client=lambda settings: HttpClient(settings, self.wire), **asked,
        )  # fmt: skip

    def asked(self, what: str) -> list[Sent]:
        return [sent for sent in self.wire.seen if what in sent.url]

    def events(self) -> list[dict[str, Any]]:
        _, store = open_trail(self.env)
        try:
            return list(store.audit.events())
        finally:
            store.close()


@pytest.fixture
def at(tmp_path, monkeypatch):
    """A way to have a site; libraries that look at the clock see the site's."""
    boxes = []

    def made(scope=f"{EVERYTHING} system/*.rs", export="export = {}", env=None, **sandbox) -> Site:
        clock = Clock()
        monkeypatch.setattr(time, "time", clock)
        make_key(tmp_path / "keys", "ES384", 0)
        client = RegisteredClient(
            "loadpath", (f"{APP}/callback",), auth="private_key_jwt", scope=scope,
            jwks=read_keys(tmp_path / "keys").public_jwks(),
        )  # fmt: skip
        ehr = sandbox_ehr(clock=clock, clients=(client,), **sandbox)
        boxes.append(ehr.extensions["sandbox"])
        (tmp_path / "issuers.toml").write_text(ISSUERS.replace("[sandbox.roles]", f"{export}\n[sandbox.roles]"))
        settings = {
            "SMARTAPP_SECRET": "a secret long enough for the tests",
            "SMARTAPP_DEV_LOOPBACK": "1",
            "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
            "SMARTAPP_DATABASE": empty_database(tmp_path / "loadpath.db"),
            "SMARTAPP_KEYS": str(tmp_path / "keys"),
        }
        return Site(boxes[-1], wsgi_sessions({EHR: ehr}), settings | (env or {}), clock, tmp_path / "population")

    yield made
    for box in boxes:
        box.store.close()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != JOURNAL}


def resources(result: ExportResult) -> list[dict[str, Any]]:
    return [json.loads(line) for path in result.files for line in path.read_text("utf-8").splitlines()]


def references(result: ExportResult) -> set[str]:
    return {f"{each['resourceType']}/{each['id']}" for each in resources(result)}


def in_ehr(site: Site, *types: str) -> set[str]:
    return {f"{kind}/{each['id']}" for kind in types for each in site.box.all(kind)}


def test_every_patient_is_fetched_by_type_and_the_ehr_told_that_it_may_forget_them(at):
    site = at()
    result = site.export()
    kinds = ("Patient", "Condition", "Observation", "MedicationRequest", "CarePlan")
    assert in_ehr(site, *kinds) <= references(result)
    assert not result.missing and not unfinished(site.folder)
    assert result.counts["Patient"] == len(in_ehr(site, "Patient"))
    (kicked, *others) = site.asked("$export")
    assert kicked.headers["Prefer"] == "respond-async" and not [each for each in others if "Medication%2C" in each.url]
    assert site.box.exports.jobs == [] and [s.method for s in site.asked("export-status")][-1] == "DELETE"
    assert any("% done" in words for words in site.said), "how far it is, is shown"
    assert "is whole" in list(in_words(result))[-1]


def test_what_the_ehr_does_not_export_of_patients_is_left_out_and_said(at):
    site = at()
    result = site.export()
    assert "Medication" not in result.counts
    assert any("does not export Medication here" in words for words in result.remarks)
    whole = site.export(site.folder.with_name("system"), system=True)
    assert whole.remarks == () and len(references(whole)) >= len(references(result))


def test_a_group_is_fetched_without_anybody_else(at):
    site = at(export='export = { group = "clinic" }')
    member = {"entity": {"reference": "Patient/bergstrom"}}
    site.box.store.put({"resourceType": "Group", "id": "clinic", "type": "person", "actual": True, "member": [member]})
    result = site.export()
    assert "/Group/clinic/$export" in site.asked("$export")[0].url
    assert [each["id"] for each in resources(result) if each["resourceType"] == "Patient"] == ["bergstrom"]
    assert all(each["subject"]["reference"] == "Patient/bergstrom" for each in resources(result) if "subject" in each)
    with pytest.raises(ExportFailed, match="Group/other is not known here"):
        site.export(site.folder.with_name("other"), group="other")


def test_only_what_has_changed_since(at):
    site = at()
    nobody = site.export(since="2100-01-01T00:00:00+00:00")
    assert nobody.counts == {} and nobody.files == ()


def test_with_filters_no_more_is_asked_for_than_of_a_chart(at):
    site = at(export="export = { filters = true }")
    result = site.export()
    assert len(site.asked("$export")[-1].url) < 8000, "proxies cut longer addresses off"
    everything = site.export(site.folder.with_name("unfiltered"), system=True)  # the same table, and all there is
    assert references(result) <= references(everything)
    plans = {f"CarePlan/{each['id']}" for each in site.box.search("CarePlan", category="assess-plan")}
    assert {each for each in references(result) if each.startswith("CarePlan/")} == plans


def test_with_filters_every_patient_is_judged_as_without(at):
    site = at(export="export = { filters = true }")
    knowledge = load()
    folders = (site.export().folder, site.export(site.folder.with_name("all"), system=True).folder)
    for patient in site.box.all("Patient"):
        judged = [assessment_json(judge(folder, patient["id"], knowledge)) for folder in folders]
        assert judged[0] == judged[1], patient["id"]


def judge(folder: Path, patient: str, knowledge: Knowledge) -> Assessment:
    values, unreadable = read_files(folder, patient, knowledge)
    return derive(read_chart(values, knowledge, patient, unreadable), date(2026, 3, 1), knowledge)


def test_the_token_is_that_of_an_app_by_itself_and_stands_nowhere(at):
    site = at(access_token_seconds=31, export_seconds=40.0)
    site.export()
    tokens = {sent.headers["Authorization"] for sent in site.wire.seen if "Authorization" in sent.headers}
    assert len(tokens) > 1, "renewed in the middle"
    kept = b"".join(path.read_bytes() for path in site.folder.iterdir())
    assert not [token for token in tokens if token.removeprefix("Bearer ").encode() in kept]
    assert b"export-files" not in kept, "an address of a file may open it for anybody"


def test_a_token_the_ehr_has_ended_is_renewed_where_it_is_refused(at):
    site = at()
    ended: list[Sent] = []

    def end_once(sent: Sent) -> None:
        if "export-files" in sent.url and not ended:
            ended.append(sent)
            site.box.ledger.by_access(sent.headers["Authorization"].removeprefix("Bearer ")).revoked = True

    site.wire.before = end_once
    assert not site.export().missing and len(site.asked("/auth/token")) == 2


@pytest.mark.parametrize("fault", ["export_429", "export_half_file", "export_links_expired", "export_removed"])
def test_what_passes_leaves_no_trace(at, fault):
    site = at(export_lines=40)
    good = site.export(site.folder.with_name("good"))
    site.box.faults.export = fault
    result = site.export()
    assert not result.missing and files(site.folder) == files(good.folder)


def test_more_than_a_thousand_small_files(at):
    site = at(export_lines=1, env={"SMARTAPP_EXPORT_DOWNLOADS": "8"})
    for number in range(1000):
        patient = {"reference": "Patient/bergstrom"}
        site.box.store.put({"resourceType": "Observation", "id": f"many-{number}", "subject": patient})
    result = site.export()
    assert len(result.files) == sum(result.counts.values()) > 1000
    assert references(result) >= in_ehr(site, "Patient", "Condition")


def test_a_busy_ehr_is_left_alone_for_as_long_as_it_asks(at):
    site = at()
    site.box.faults.export = "export_429"
    site.export()
    busy = [sent for sent in site.wire.seen if "export-files" in sent.url]
    assert len(busy) == 3 * len({sent.url for sent in busy}) and site.slept.count(1.0) >= 4


def test_half_a_file_is_never_seen_under_its_name(at):
    site = at(export_lines=40)
    site.box.faults.export = "export_half_file"
    seen: set[int] = set()

    def look(_: Sent) -> None:
        for path in site.folder.glob("*.ndjson"):
            lines = path.read_text("utf-8").splitlines()
            seen.add(len(lines))
            assert all(json.loads(line)["resourceType"] for line in lines)

    site.wire.before = look
    site.export()
    assert seen


def test_a_file_that_never_comes_whole_is_told_and_fetched_by_the_next_call(at, monkeypatch):
    site = at()
    monkeypatch.setattr(type(site.box.exports), "seldom", lambda *_: True)
    site.box.faults.export = "export_half_file"
    result = site.export()
    assert result.missing and unfinished(site.folder) and site.box.exports.jobs, "the EHR must not forget it yet"
    assert "NOT whole" in list(in_words(result))[-1] and not list(site.folder.glob("Observation*.ndjson"))
    site.box.faults.export = None
    assert not site.export().missing and not unfinished(site.folder)
    assert len(site.asked("$export")) == 2, "nothing was begun anew (the second is without Medication)"


def test_an_export_that_is_gone_is_asked_for_anew_and_that_is_said(at):
    site = at()
    site.box.faults.export = "export_removed"
    assert not site.export().missing
    assert any("asked to make it anew" in words for words in site.said)


def test_an_ehr_that_always_removes_it_is_not_asked_for_ever(at):
    site = at()
    site.wire.before = lambda sent: site.box.exports._jobs.clear() if "status" in sent.url else None
    with pytest.raises(ExportFailed, match="removed the export 3 times"):
        site.export()


def test_links_that_are_over_are_asked_for_once_more(at):
    site = at()
    site.box.faults.export = "export_links_expired"
    site.export()
    assert len([s for s in site.asked("export-status") if s.method == "GET"]) >= 3
    assert any("fresh ones" in words for words in site.said)


def test_links_that_are_over_at_once_make_it_begin_anew(at, monkeypatch):
    site = at()
    begun = len(site.box.exports.jobs)

    def over(_: Any, job: Any, links: int, name: str) -> bytes:
        from launch.sandbox.outcome import Refused

        if job is site.box.exports.jobs[-1] and not begun and len(site.asked("$export")) < 3:
            raise Refused(410, "over")
        return real(site.box.exports, job, links, name)

    real = type(site.box.exports).file
    monkeypatch.setattr(type(site.box.exports), "file", over)
    assert not site.export().missing
    assert any("make the export anew" in words for words in site.said)


def test_a_request_whose_answer_was_lost_is_not_sent_again(at):
    site = at()

    def lose(sent: Sent) -> None:
        if "$export" in sent.url:
            raise requests.ConnectionError("gone")

    site.wire.after = lose
    with pytest.raises(NoAnswer):
        site.export()
    assert len(site.asked("$export")) == 1, "the EHR may be at work already"


def test_an_ehr_without_an_answer_is_asked_again_how_far_it_is(at):
    site = at()
    left = [4]

    def lose(sent: Sent) -> None:
        if "status" in sent.url and left[0]:
            left[0] -= 1
            raise requests.ConnectionError("gone")

    site.wire.before = lose
    assert not site.export().missing and not left[0]


def test_an_export_that_fails_is_told_in_the_words_of_the_ehr(at):
    site = at()
    site.box.faults.export = "export_fails"
    with pytest.raises(ExportFailed, match="a table is locked"):
        site.export()
    site.box.faults.export = None
    assert not site.export().missing, "and begun anew by the next call"


def test_a_failure_the_ehr_calls_passing_is_no_end(at):
    site = at()
    times: list[str] = []

    def locked(_: Any, __: Any) -> float:
        from launch.sandbox.outcome import Refused

        times.append("asked")
        if len(times) == 1:
            raise Refused(500, "try again", code="lock-error")
        return 0.0

    site.box.exports.ready_in = locked.__get__(site.box.exports)
    assert not site.export().missing and len(site.asked("$export")) == 2


def test_what_error_files_say_is_missing(at):
    site = at()
    site.box.faults.export = "export_errors"
    result = site.export()
    assert result.missing == ("The EHR says: three conditions could not be exported",)
    assert not unfinished(site.folder), "all that the EHR has is here"


def test_a_record_of_two_patients_is_counted_for_neither(at):
    site = at()
    good = site.export(site.folder.with_name("good"))
    site.box.faults.export = "export_two_patients"
    result = site.export()
    assert result.counts == good.counts and references(result) == references(good)
    assert result.set_aside == 2
    told = " ".join(result.remarks)
    assert "Observation/of-two-patients" in told and "names more than one patient" in told
    assert "Observation/of-somebody-else" in told and "is of a patient who is not in this export" in told
    (beside,) = site.folder.glob("*.set-aside")
    assert len(beside.read_text("utf-8").splitlines()) == 2 and beside.suffix != ".ndjson"


def test_files_at_another_host_are_fetched_without_the_token_and_only_where_the_site_lists_it(at):
    site = at()
    site.box.faults.export = "export_elsewhere"
    with pytest.raises(AddressRefused, match=r"elsewhere\.example.*hosts"):
        site.export()
    listed = at(export='export = {}\nhosts = ["https://elsewhere.example"]')
    listed.box.faults.export = "export_elsewhere"
    elsewhere: list[Sent] = []

    def answer(environ: Any, start: Any) -> list[bytes]:
        kind = environ["PATH_INFO"].strip("/").split(".")[0]
        found = [s.resource for s in listed.box.store.every(kind) if kind == "Patient" or s.owner]
        start("200 OK", [("Content-Type", "application/fhir+ndjson")])
        return [json.dumps(each).encode() + b"\n" for each in found]

    listed.wire.apps = {**listed.wire.apps, "https://elsewhere.example": answer}
    listed.wire.before = lambda sent: elsewhere.append(sent) if "elsewhere" in sent.url else None
    assert not listed.export(listed.folder.with_name("listed")).missing
    assert elsewhere and not [sent for sent in elsewhere if "Authorization" in sent.headers]


ELSEWHERE = "https://elsewhere.example"


@pytest.mark.parametrize("needs_token", [True, False])
def test_the_token_goes_to_the_ehrs_own_host_and_only_where_it_is_wanted(at, monkeypatch, needs_token):
    site = at(export=f'export = {{}}\nhosts = ["{ELSEWHERE}"]')

    def move(made: dict[str, Any], _: int) -> None:
        made["requiresAccessToken"] = needs_token
        for each in made["output"]:
            each["url"] = each["url"].replace(EHR, ELSEWHERE)
            del each["count"]

    lists(site, monkeypatch, move)
    site.wire.apps = {**site.wire.apps, ELSEWHERE: lambda environ, start: (start("200 OK", []), [b""])[1]}
    if needs_token:
        with pytest.raises(AddressRefused, match="is not sent there"):
            site.export()
        assert not site.asked(ELSEWHERE)
        return
    site.export()
    asked = site.asked(ELSEWHERE)
    assert asked and not [sent for sent in asked if "Authorization" in sent.headers]


def test_a_disk_that_is_full_is_told(at, monkeypatch):
    site = at()

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("smartapp.ehr.export.folder.os.fsync", full)
    with pytest.raises(InputError, match="No space left"):
        site.export()


def test_an_ehr_that_takes_longer_than_it_may(at):
    site = at(export_seconds=5000.0, env={"SMARTAPP_EXPORT_SECONDS": "600"})
    with pytest.raises(EhrUnavailable, match="SMARTAPP_EXPORT_SECONDS"):
        site.export()
    site.clock.now += 5000
    assert not site.export().missing and len(site.asked("$export")) == 2, "the same export, hours later"


@pytest.mark.parametrize("setting", ["SMARTAPP_EXPORT_FILE_BYTES", "SMARTAPP_EXPORT_BYTES"])
def test_more_bytes_than_may_be_are_not_fetched(at, setting):
    site = at(env={setting: "20000"})
    with pytest.raises(ExportFailed, match=r"larger than"):
        site.export()
    assert sum(path.stat().st_size for path in site.folder.glob("*.ndjson")) <= 20000


# -- interrupted


class Killed(BaseException):
    pass


def killed_at(site: Site, request: int) -> None:
    """Let the process end before the answer to this request comes."""
    left = [request]

    def count(_: Sent) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise Killed

    site.wire.after = count
    with pytest.raises(Killed):
        site.export()
    site.wire.after = lambda sent: None


@pytest.mark.parametrize("request_", [1, 3, 4, 5, 6, 8, 11, 15, 17])
def test_killed_in_the_middle_and_begun_again_the_files_are_the_same(at, request_):
    site = at(export_lines=40, env={"SMARTAPP_EXPORT_DOWNLOADS": "1"})
    good = site.export(site.folder.with_name("good"))
    killed_at(site, request_)
    before = len(site.asked("$export"))
    result = site.export()
    assert not result.missing and files(site.folder) == files(good.folder) and result.counts == good.counts
    if request_ > 6:
        assert len(site.asked("$export")) == before, "the same export went on"


@pytest.mark.slow
def test_ended_by_the_system_at_random_the_files_are_the_same(tmp_path):
    """Processes on real sockets, each killed some time after its start, until one comes through."""
    chance, port = random.Random(17), _free_port()
    make_key(tmp_path / "keys", "ES384", 0)
    client = RegisteredClient(
        "loadpath", (f"{APP}/callback",), auth="private_key_jwt", scope=f"{EVERYTHING} system/*.rs",
        jwks=read_keys(tmp_path / "keys").public_jwks(),
    )  # fmt: skip
    url = f"http://localhost:{port}"
    ehr = sandbox_ehr(clients=(client,), public_url=url, export_seconds=1.0, export_lines=4, delay_ms=40)
    table = ISSUERS.replace("[sandbox.roles]", "export = {}\n[sandbox.roles]").replace(EHR, url)
    (tmp_path / "issuers.toml").write_text(table)
    env = os.environ | {
        "SMARTAPP_SECRET": "a secret long enough for the tests",
        "SMARTAPP_DEV_LOOPBACK": "1",
        "SMARTAPP_ISSUERS": str(tmp_path / "issuers.toml"),
        "SMARTAPP_DATABASE": f"sqlite:///{tmp_path}/loadpath.db",
        "SMARTAPP_KEYS": str(tmp_path / "keys"),
    }

    def export(folder: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "smartapp", "export", "sandbox", "--out", str(tmp_path / folder)]
        return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)

    with _served(ehr, "localhost", port):
        assert export("good").wait(120) == 0
        killed = 0
        while killed < 10:
            process = export("killed")
            try:
                assert process.wait(chance.uniform(0.5, 3.5)) == 0
                break
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                killed += 1
        assert export("killed").wait(120) == 0
    assert killed and files(tmp_path / "killed") == files(tmp_path / "good")
    assert not unfinished(tmp_path / "killed")


def test_files_that_are_here_are_not_fetched_again_unless_they_were_changed(at):
    site = at(export_lines=60, env={"SMARTAPP_EXPORT_DOWNLOADS": "1"})
    killed_at(site, 15)
    here = sorted(site.folder.glob("*.ndjson"))
    here[-1].write_bytes(here[-1].read_bytes()[:-10])
    before = len(site.wire.seen)
    site.export()
    again = [sent.url.rpartition("/")[2] for sent in site.wire.seen[before:] if "export-files" in sent.url]
    assert len(here) > 1 and len(again) == len({*again}) == len(list(site.folder.glob("*.ndjson"))) - len(here) + 1


def lists(site: Site, monkeypatch: pytest.MonkeyPatch, change: Callable[[dict[str, Any], int], object]) -> None:
    """Let ``change`` alter each list of files; it is told how many were given before."""
    real, given = type(site.box.exports).manifest, list[str]()

    def manifest(*told: Any) -> dict[str, Any]:
        made = real(*told)
        change(made, len(given))
        given.append("once")
        return made

    monkeypatch.setattr(type(site.box.exports), "manifest", manifest)


def test_a_list_in_another_order_is_of_the_same_files(at, monkeypatch):
    site = at(export_lines=60, env={"SMARTAPP_EXPORT_DOWNLOADS": "1"})
    good = site.export(site.folder.with_name("good"))
    lists(site, monkeypatch, lambda made, given: made["output"].reverse() if given else None)
    killed_at(site, 15)
    before = len(site.wire.seen)
    result = site.export()
    assert sorted(map(str, resources(result))) == sorted(map(str, resources(good))), "none twice, none left out"
    again = [sent for sent in site.wire.seen[before:] if "export-files" in sent.url]
    assert len(again) < len(result.files), "those that are here are known"


def test_a_list_of_other_files_replaces_those_that_are_here(at, monkeypatch):
    site = at(export_lines=60, env={"SMARTAPP_EXPORT_DOWNLOADS": "1"})
    good = site.export(site.folder.with_name("good"))
    lists(site, monkeypatch, lambda made, given: made.update(transactionTime=f"2026-03-01T12:00:0{given}Z"))
    killed_at(site, 15)
    before = len(site.wire.seen)
    assert files(site.folder) and site.export().counts == good.counts
    again = [sent for sent in site.wire.seen[before:] if "export-files" in sent.url]
    assert len(again) == len(good.files), "of another moment: each anew"


def test_a_line_the_process_died_in_is_passed_over(at):
    site = at()
    killed_at(site, 8)
    with (site.folder / JOURNAL).open("ab") as journal:
        journal.write(b'{"file":{"na')
    assert not site.export().missing and not unfinished(site.folder)


def test_a_folder_is_of_one_export(at):
    site = at()
    site.export()
    seen = len(site.asked("$export"))
    assert not site.export().missing and len(site.asked("$export")) == seen, "it is there already"
    with pytest.raises(InputError, match="another export"):
        site.export(since="2026-01-01T00:00:00+00:00")
    other = site.folder.with_name("other")
    other.mkdir()
    (other / "notes.txt").touch()
    with pytest.raises(InputError, match="other files"):
        site.export(other)


def test_two_processes_do_not_share_a_folder(at):
    site = at()
    done: list[str] = []

    def second(sent: Sent) -> None:
        if "export-status" in sent.url and not done:
            done.append("tried")
            with pytest.raises(InputError, match="another process"):
                site.export()

    site.wire.before = second
    assert not site.export().missing and done


# -- the command


@pytest.fixture
def command(monkeypatch, tmp_path):
    """The command, with what it asked for; ``result`` is what comes of it."""
    asked: dict[str, Any] = {}

    def run(*words: str, missing: tuple[str, ...] = (), stop: bool = False) -> int:
        def export(env: Any, name: str, folder: Path, **more: Any) -> ExportResult:
            if stop:
                raise KeyboardInterrupt
            asked.update(more, name=name, folder=folder)
            return ExportResult(folder, "2026-03-01T12:00:00Z", (), {"Patient": 3}, 0, (), missing)

        monkeypatch.setattr("smartapp.export_command.export_from", export)
        return main(["export", "sandbox", "--out", str(tmp_path / "out"), *words])

    run.asked = asked
    return run


def test_the_command_asks_for_what_is_typed_and_says_what_came(command, tmp_path, capsys):
    assert command() == 0
    assert command.asked["folder"] == tmp_path / "out" and command.asked["name"] == "sandbox"
    assert (command.asked["group"], command.asked["system"], command.asked["since"]) == ("", False, "")
    assert "Patient: 3" in capsys.readouterr().out
    assert command("--group", "12", "--since", "2026-03-01T08:00:00-05:00") == 0
    assert (command.asked["group"], command.asked["since"]) == ("12", "2026-03-01T08:00:00-05:00")
    assert command("--system", "--since", "2026-03-01") == 0
    assert command.asked["system"] and datetime.fromisoformat(command.asked["since"]).tzinfo


def test_the_command_ends_badly_where_something_is_missing_or_somebody_stopped_it(command, capsys):
    assert command(missing=("The EHR says: no",)) == 1
    assert "MISSING  The EHR says: no" in capsys.readouterr().out
    assert command(stop=True) == 1
    assert "goes on from here" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--since", "soon"], ["--since", "2026-03-01T08:00:00"], ["--group", "1", "--system"]]
)
def test_the_command_understands_no_such_thing(command, words):
    with pytest.raises(SystemExit):
        command(*words)


@pytest.fixture
def screened(monkeypatch):
    """The folders that were screened, once what was to be fetched is there."""
    asked: list[Path] = []
    made = ModuleType("smartapp.screen.command")
    made.screen_command = lambda paths, *more: asked.extend(paths) or ()
    monkeypatch.setitem(sys.modules, "smartapp.screen.command", made)
    return asked


def test_a_population_is_fetched_before_it_is_screened(command, screened, tmp_path):
    folder = tmp_path / "population"
    words = ["screen", str(folder), "--from", "sandbox", "--out", str(tmp_path / "rows.csv")]
    assert command() == 0  # stands in for the export
    assert main(words) == 0 and screened == [folder]
    assert (command.asked["name"], command.asked["folder"], command.asked["since"]) == ("sandbox", folder, "")
    assert main(["screen", str(tmp_path / "more"), *words[1:]]) == 2 and len(screened) == 1
    assert command(missing=("no",)) == 1
    assert main(words) == 1 and len(screened) == 1, "what is not whole is not counted"


def test_half_an_export_is_not_screened(at, screened, capsys):
    site = at()
    killed_at(site, 10)
    words = ["screen", str(site.folder.parent), "--out", str(site.folder.with_name("rows.csv"))]
    assert main(words) == 2 and not screened
    assert "is not all here" in capsys.readouterr().err
    site.export()
    assert main(words) == 0 and screened == [site.folder.parent]


# -- who may, and what is kept of it


@pytest.mark.parametrize(
    ("scope", "says"),
    [(EVERYTHING, "does not grant Loadpath access of its own"), (f"{EVERYTHING} system/Task.rs", "access of its own"),
     (f"{EVERYTHING} system/Condition.rs", "export Patient")],
)  # fmt: skip
def test_without_the_scopes_there_is_no_export(at, scope, says):
    site = at(scope=scope)
    with pytest.raises(EhrForbidden, match=says):
        site.export()
    assert not site.asked("$export") and not site.folder.exists()


def test_types_that_are_not_granted_are_said(at):
    site = at(scope=f"{EVERYTHING} system/Patient.rs system/Condition.rs")
    assert set(site.export().counts) == {"Patient", "Condition"}
    assert "Not granted, so not in the export: Observation." in site.said


def test_an_ehr_without_the_table_or_unknown_is_asked_for_nothing(at):
    site = at(export="")
    with pytest.raises(SettingsError, match="no table “export”"):
        site.export()
    with pytest.raises(InputError, match="only sandbox"):
        export_from(site.env, "elsewhere", site.folder)
    assert not site.wire.seen


def test_the_audit_trail_says_who_what_and_how_many_and_nothing_of_a_patient(at):
    site = at()
    result = site.export()
    asked, ended = site.events()
    assert check_event(asked) and check_event(ended)
    assert asked["subtype"][0]["code"] == "operation" and ended["type"]["code"] == "110107"
    assert f"{result.counts['Patient']} Patient" in ended["entity"][0]["description"]
    assert "Patient/$export of Patient, Condition" in ended["entity"][0]["name"] and ended["outcome"] == "0"
    assert all(agent["who"] for agent in ended["agent"]) and "bergstrom" not in json.dumps([asked, ended]).lower()


def test_what_went_wrong_is_in_the_trail_too(at):
    site = at()
    site.box.faults.export = "export_fails"
    with pytest.raises(ExportFailed):
        site.export()
    ended = site.events()[-1]
    assert ended["outcome"] == "4" and ended["outcomeDesc"] == "ExportFailed"


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda m: m.pop("transactionTime"), "of which moment"),
        (lambda m: m.pop("requiresAccessToken"), "who may read"),
        (lambda m: m.update(output={}), "moment|list|type|address"),
        (lambda m: m["output"].append({"type": "../x", "url": "https://ehr.example"}), "without its type"),
        (lambda m: m["output"].append({"type": "Patient"}), "its address"),
        (lambda m: m.update(link=[{"relation": "next", "url": "https://ehr.example/2"}]), "several pages"),
        (lambda m: m["output"].append({"type": "Patient", "url": "http://ehr.example/x"}), "not secure"),
        (lambda m: m["output"].append({"type": "Patient", "url": "file:///etc/passwd"}), "not secure"),
    ],
)
def test_a_list_of_files_that_cannot_be_used(at, monkeypatch, change: Change, says: str):
    site = at()
    lists(site, monkeypatch, lambda made, _: change(made))
    if says.startswith("moment"):
        assert site.export().files == ()
        return
    with pytest.raises((ExportFailed, AddressRefused), match=says):
        site.export()
