"""Moves of a referral under death: none lost, none doubled, in the EHR's Task and in the ledger alike."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from smartapp.ehr.ledger import kept_referral, ledger_content
from smartapp.fhir.systems import EXAMPLE
from smartapp.store import AuditTrail, Outbox, Referrals, Whose, open_store
from tests.conftest import ROOT
from tests.crash.moving import REFERRAL
from tests.crash.world import SECRET, Fuse, Killed
from tests.ehr.test_ledger import ANN, BASE, TASK, WHOSE, order
from tests.journey.harness import APP, EHR, ISSUERS, Browser, Harness, Page, make_harness
from tests.journey.test_ledger import the_one
from tests.journey.test_receipt import NOTE
from tests.journey.test_referrals import enter, form_of, tasks
from tests.journey.whole import sign


def history(harness: Harness) -> list[str]:
    """The lines of the one referral, wherever it is kept."""
    kept = harness.app.extensions["loadpath"].store.referrals.kept_here(Whose(f"{EHR}/fhir"))
    task = kept[0].content["task"] if kept else tasks(harness)[0]
    return [note["text"] for note in task.get("note", [])]  # type: ignore[union-attr, attr-defined]


def opened(harness: Harness, browser: Browser) -> Page:
    inbox = enter(harness, browser)
    found = tasks(harness)
    return browser.get(f"{inbox.url}/{found[0]['id']}") if found else the_one(harness, browser, inbox)


def _fused(do: Any, fuse: Fuse) -> Any:
    def act(*args: Any, **named: Any) -> Any:
        fuse.moment()
        result = do(*args, **named)
        fuse.moment()
        return result

    return act


def _lay(fuse: Fuse, harness: Harness, patch: pytest.MonkeyPatch) -> None:
    """A moment of death before and after each request, each move of the ledger, and each event of the trail."""
    patch.setattr(Referrals, "move", _fused(Referrals.move, fuse))
    patch.setattr(AuditTrail, "append", _fused(AuditTrail.append, fuse))
    patch.setattr(harness.wire, "before", lambda sent: fuse.moment())
    patch.setattr(harness.wire, "after", lambda *_: fuse.moment())


@pytest.mark.parametrize("site", ["", f"\n[sandbox.site]\n{NOTE}\n"], ids=["task", "ledger"])
def test_dead_at_any_moment_of_a_move_and_sent_again_it_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    harness = make_harness(tmp_path, issuers=f"{ISSUERS}{site}")
    clinician, browser = harness.browser(), harness.browser()
    sign(clinician, harness.open(clinician, "bergstrom"))
    page, deaths = opened(harness, browser), 0
    for at in range(1, 300):
        fuse, text = Fuse(at), f"Call {at}"
        with monkeypatch.context() as patch:
            _lay(fuse, harness, patch)
            try:
                page = browser.press(page, form_of(page, "contact"), text=text)
                break
            except Killed:
                deaths += 1
        page = browser.press(page, form_of(page, "contact"), text=text)
        assert page.status == 200 and history(harness).count(f"Contact: {text}") == 1, (at, page.words[:300])
    assert deaths > 5 and history(harness) == [f"Contact: Call {number}" for number in range(1, deaths + 2)]
    harness.box.store.close()


def test_dead_at_any_moment_of_a_question_or_its_answer_the_next_look_makes_it_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    harness = make_harness(tmp_path)
    clinician, browser = harness.browser(), harness.browser()
    sign(clinician, harness.open(clinician, "bergstrom"))
    page, deaths = opened(harness, browser), 0
    where = page.url
    for at in range(1, 300):
        lived = 0
        for action, ends_as in (("ask", "requested"), ("answer", "completed")):
            with monkeypatch.context() as patch:
                _lay(Fuse(at), harness, patch)
                try:
                    browser.press(page, form_of(page, action), text=f"{action} {at}")
                    lived += 1
                except Killed:
                    deaths += 1
            harness.clock.now += 61
            page = browser.get(where)
            if not any(
                line.endswith(f"{action} {at}") for line in history(harness)
            ):  # it died before the move was written
                page = browser.press(page, form_of(page, action), text=f"{action} {at}")
            found = [t for t in harness.in_chart("Task", "bergstrom") if t.get("description") == f"ask {at}"]
            assert [each["status"] for each in found] == [ends_as], (at, action, history(harness))
        if lived == 2:
            break
    assert deaths > 10 and len(history(harness)) == 2 * at
    harness.box.store.close()


@pytest.mark.parametrize("site", ["", f"\n[sandbox.site]\n{NOTE}\n"], ids=["task", "ledger"])
def test_dead_at_any_moment_of_sending_again_it_is_sent_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, site: str
) -> None:
    harness = make_harness(tmp_path, issuers=f"{ISSUERS}{site}")
    clinician, browser = harness.browser(), harness.browser()
    sign(clinician, harness.open(clinician, "bergstrom"))
    page = opened(harness, browser)
    browser.press(page, form_of(page, "decline"), reason="no-capacity")
    deaths = 0
    for at in range(1, 300):  # dead at a later moment each time, of what the deaths before have left
        status = clinician.get(f"{APP}/l/{harness.open(clinician, 'bergstrom').launch_id}/referral")
        if "/again" not in status.text:
            break
        with monkeypatch.context() as patch:
            fuse = Fuse(at)
            _lay(fuse, harness, patch)
            for room, name in ((Outbox, "save_rows"), (Referrals, "place")):
                patch.setattr(room, name, _fused(getattr(room, name), fuse))
            try:
                assert clinician.press(status, status.form("/again")).status == 200
            except Killed:
                deaths += 1
        harness.clock.now += 80  # the lease of who died is over
    assert deaths > 5
    kept = harness.app.extensions["loadpath"].store.referrals.kept_here(Whose(f"{EHR}/fhir"))
    sent: list[Any] = [row.content["task"] for row in kept] if kept else tasks(harness)
    assert sorted(each["status"] for each in sent) == ["rejected", "requested"]
    harness.box.store.close()


@pytest.fixture
def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/moves.db"
    store = open_store(url, SECRET)
    content = ledger_content(TASK, [order()], BASE, "a" * 32, ANN)
    store.referrals.place(WHOSE, kept_referral({**content, "task": {**content["task"], "id": REFERRAL}}, EXAMPLE))
    store.close()
    return url


def life(database: str, who: str, most: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.crash.moving", database, who, str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def check(database: str, most: int, *names: str) -> None:
    store = open_store(database, SECRET)
    row = store.referrals.read(WHOSE, REFERRAL)
    assert row is not None
    made = Counter((note["authorReference"]["display"], note["text"]) for note in row.content["task"]["note"])  # type: ignore[index]
    assert made == Counter({(who, f"Contact: Call {n}"): 1 for who in names for n in range(1, most + 1)})
    assert row.version == len(names) * most + 1
    store.close()


def test_two_processes_killed_at_random_lose_and_double_no_move(database: str) -> None:
    dice, most = random.Random(7), 40
    for _ in range(4):
        lives = [life(database, who, most) for who in ("Ann", "Ben")]
        assert all(each.stdout is not None and each.stdout.readline() == "ready\n" for each in lives)
        time.sleep(dice.uniform(0.0, 0.15))
        for each in lives:
            each.send_signal(signal.SIGKILL)
            each.communicate()
    lives = [life(database, who, most) for who in ("Ann", "Ben")]
    assert all("done" in each.communicate(timeout=60)[0] for each in lives)
    check(database, most, "Ann", "Ben")
