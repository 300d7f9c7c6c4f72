"""Too many, too large, too often (T19), and one renewal for all workers (R2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from smartapp import create_app
from smartapp.settings import Settings
from smartapp.web.launch import SourceLimit

from .watching import APP, Harness, Watched, launch_url, watched

SECRET = "a secret long enough for the tests"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watched]:
    with watched(folder, consent="never") as found:
        yield found


def waiting(folder: Path) -> int:
    engine = create_engine(f"sqlite:///{folder}/loadpath.db")
    with engine.connect() as db:
        return int(db.execute(text("select count(*) from launches where phase = 'pending'")).scalar_one())


@pytest.mark.req("SM-T19")
def test_one_browser_cannot_fill_the_table_of_launches(watch: Watched, folder: Path) -> None:
    browser = watch.harness.browser()
    http = browser.clients[APP]
    for _ in range(30):
        assert http.get(launch_url(watch.harness).removeprefix(APP), base_url=APP).status_code == 303
    assert waiting(folder) == 20
    assert watch.harness.open(browser, "bergstrom").status == 200


@pytest.mark.req("SM-T19")
def test_one_address_can_neither_launch_without_end_nor_lock_out_another(watch: Watched, folder: Path) -> None:
    harness = watch.harness
    harness.app.extensions["loadpath-launches"] = SourceLimit(30)
    http, target = harness.app.test_client(), launch_url(harness).removeprefix(APP)
    answers = []
    for _ in range(40):
        http.delete_cookie("__Host-browser")
        answers.append(http.get(target, base_url=APP, environ_base={"REMOTE_ADDR": "192.0.2.66"}))
    assert [each.status_code for each in answers] == [303] * 30 + [429] * 10
    assert "Too many launches" in answers[-1].text and "<h1" in answers[-1].text
    assert harness.open(harness.browser(), "bergstrom").status == 200
    harness.clock.now += 60
    assert http.get(target, base_url=APP, environ_base={"REMOTE_ADDR": "192.0.2.66"}).status_code == 303


@pytest.mark.req("SM-T19", "SM-C9")
def test_launches_nobody_finishes_end_by_themselves(watch: Watched, folder: Path) -> None:
    harness = watch.harness
    for _ in range(5):
        harness.app.test_client().get(launch_url(harness).removeprefix(APP), base_url=APP)
    assert waiting(folder) == 5
    harness.clock.now += 601
    harness.app.extensions["loadpath"].store.sessions.purge_expired()
    assert waiting(folder) == 0
    assert harness.open(harness.browser(), "bergstrom").status == 200


@pytest.mark.req("SM-T19")
def test_a_launch_value_longer_than_any_real_one_costs_nothing(watch: Watched, folder: Path) -> None:
    http = watch.harness.app.test_client()
    assert http.get(f"/launch?iss=http://localhost:8081/fhir&launch={'x' * 9000}", base_url=APP).status_code == 400
    assert waiting(folder) == 0 and watch.harness.wire.seen == []


def limited(tmp_path: Path, settings: dict[str, Any], **sandbox: Any) -> str:
    with watched(tmp_path, consent="never", settings=settings, **sandbox) as found:
        return found.harness.open(found.harness.browser(), "bergstrom").words


@pytest.mark.req("SM-T19", "SM-F4")
def test_pages_without_end_are_cut_off_and_said(tmp_path: Path) -> None:
    words = limited(tmp_path, {"pages": 2}, page_size=1, page_size_max=1)
    assert "there is more than 2 pages" in words


@pytest.mark.req("SM-T19", "SM-F4")
def test_an_answer_larger_than_allowed_is_left_and_said(tmp_path: Path) -> None:
    words = limited(tmp_path, {"answer_bytes": 3000})
    assert "larger than allowed" in words


# -- R2: refresh tokens are worth one use, whoever holds the page


@pytest.mark.req("SM-R2", "SM-R3", "SM-T19")
def test_two_workers_and_many_requests_renew_once(watch: Watched, folder: Path) -> None:
    harness = watch.harness
    page = harness.open(browser := harness.browser(), "bergstrom")
    settings = Settings(
        secret=SECRET, dev_loopback=True, issuers_file=folder / "issuers.toml",
        database=f"sqlite:///{folder}/loadpath.db", keys=folder / "keys",
    )  # fmt: skip
    second = create_app(
        settings, clock=harness.clock, session_factory=harness.wire, executor=ThreadPoolExecutor(4), env={},
        background=False,
    )  # fmt: skip
    cookie = browser.clients[APP].get_cookie("__Host-loadpath", "127.0.0.1")
    assert cookie is not None
    harness.clock.now += 400
    form = page.form("/refresh")
    # While one renews, the others must come upon a token that has ended: without this they might find the new one.
    harness.box.delay_ms = 400

    def press(app: Any) -> int:
        http = app.test_client()
        http.set_cookie("__Host-loadpath", cookie.value, domain="127.0.0.1", secure=True)
        return int(http.post(form.action, base_url=APP, data=form.fields).status_code)

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(press, [harness.app, second] * 3))
    assert answers == [303] * 6
    assert renewals(harness) == 1
    harness.clock.now += 400
    assert press(second) == 303
    assert renewals(harness) == 2  # with the new refresh token: the old one would have ended the grant


def renewals(harness: Harness) -> int:
    return sum(b"grant_type=refresh_token" in sent.body for sent in harness.wire.seen)
