"""What only a site can say: the price of a visit (VI11) and its payer's report by days (VI7); without it, nothing."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest

from smartapp.core.derive import derive
from smartapp.core.follow_up import follow_up
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan import plan
from smartapp.core.proposal import Proposal
from smartapp.core.therapist import Report, ReportKind
from smartapp.core.therapy import Therapy, ToldReport
from smartapp.errors import KnowledgeError
from smartapp.knowledge import load, parse, texts
from tests.core.charts import chart

TODAY = date(2026, 3, 1)
FACTS = ("man of 68", "osteopenia", "L3 fracture on 2025-10-28, routine healing")  # preset B: 25 visits


@cache
def site(**said: object) -> Knowledge:
    rows = "".join(
        f'["{name.replace("__", ".").replace("_", "-")}"]\nvalue = {v}\nreason = "Ours."\n' for name, v in said.items()
    )
    return parse(texts(), rows, try_phrases=False)


def planned(knowledge: Knowledge, *more: str, day: date = TODAY) -> Proposal:
    return plan(derive(chart((*FACTS, *more), day), day, knowledge), knowledge)


# -- KX (VI11)


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("99.19", ""),  # 2,479.75 dollars
        (
            "99.20",
            "PT adds KX; say why skill is needed: 25 visits at 99.20 dollars are 2,480, and from 2,480 on (2026",
        ),
        ("119.99", "Medicare asks for it."),
        ("120", "from 3,000 on it may review the record."),
    ],
)
def test_kx_is_named_from_the_sum_of_the_year_on(price, said):
    made = planned(site(visit__price=price))
    assert said in made.visits.setting and bool(made.visits.setting) == bool(said)
    assert (said in made.referral.note) if said else ("KX" not in made.referral.note)


def test_without_a_price_nothing_is_computed():
    assert "KX" not in str(planned(load()))


def test_the_sum_of_a_year_that_is_not_known_is_said_to_be_unknown():
    knowledge = site(visit__price="99.20")
    course = replace(knowledge.course, billing={})
    made = planned(replace(knowledge, course=course))
    assert made.visits.setting == "KX: from which sum on it is needed in 2026 is not known here; PT looks it up."


def test_beside_home_health_both_are_said():
    setting = planned(site(visit__price="200"), "homebound").visits.setting
    assert setting.startswith("Home-bound:") and "PT adds KX" in setting


# -- the report by days (VI7)


def by_day(made: Proposal) -> list[tuple[str, str]]:
    return [(review.id, str(review.day)) for review in made.reviews if review.id.startswith("VI7-days")]


def test_a_report_by_days_stands_among_the_dates_until_the_order_ends():
    knowledge = site(report__within_days=30)
    made = planned(knowledge)
    assert by_day(made) == [("VI7-days-1", "2026-04-14"), ("VI7-days-2", "2026-05-14")]  # see by 03-15, order to 05-30
    (first, _) = [review for review in made.reviews if review.id.startswith("VI7-days")]
    assert first.what == "Progress report, at least every 30 days (state or payer)" and first.decides == "therapist"
    assert by_day(planned(load())) == [] and by_day(planned(knowledge, "palliative")) == []


def test_a_report_by_days_is_due_until_somebody_tells_of_one(monkeypatch):
    monkeypatch.setattr("smartapp.core.follow_up.due._MOST_DATES", 9)  # each is named here
    knowledge = site(report__within_days=30)
    signed = planned(knowledge)

    def due(day: date, *reports: date) -> str:
        told = tuple(ToldReport(Report(ReportKind.PROGRESS, on, values=(("nrs", "2"),)), on) for on in reports)
        found = follow_up(signed, planned(knowledge, day=day), knowledge, Therapy(None, told))
        return next((change.signed for change in found if change.rule == "FU6"), "")

    assert "state or payer" not in due(date(2026, 4, 13)) and "state or payer" in due(date(2026, 4, 14))
    assert "state or payer" not in due(date(2026, 4, 20), date(2026, 4, 10))
    second = date(2026, 5, 14)
    assert "state or payer" in due(second, date(2026, 4, 10)), "one report is not two"
    assert "state or payer" not in due(second, date(2026, 4, 10), second - timedelta(days=1))


# -- the site's file


def test_what_a_site_sets_is_told():
    knowledge = site(visit__price="110.5", report__within_days=30)
    assert knowledge.site_changes == (
        "Price of a visit of physical therapy: 110.5 US dollars. Ours.",
        "A progress report at least every 30 days. Ours.",
    )
    assert knowledge.version != load().version and set(map(type, knowledge.course.site.values())) == {Decimal}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"visit__price": 0}, "site file, visit.price: it must be above 0"),
        ({"report__within_days": "30.5"}, "site file, report.within-days: it must be a whole number of days"),
        ({"visit__cost": 100}, "site file: “visit.cost” is not a threshold of phases.toml"),
    ],
)
def test_a_mistake_in_it_is_named(said, wrong):
    with pytest.raises(KnowledgeError) as told:
        site(**said)
    assert str(told.value) == wrong
