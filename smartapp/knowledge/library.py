"""Rows of the files a plan is made of -> the :class:`Library` of the core."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from msgspec import to_builtins

from smartapp.core.library import (
    Advice,
    Condition,
    Contraindication,
    Exercise,
    Library,
    Modification,
    PainSentence,
    Programme,
    ReferralText,
)
from smartapp.core.patient_texts import PatientWords
from smartapp.core.proposal import ActivityKind
from smartapp.core.sessions import Pace
from smartapp.knowledge.doses import doses_of, templates_of, twins_of
from smartapp.knowledge.origins import origin_of, said
from smartapp.knowledge.outcomes import goal_of, never_tests, test_of, value_of
from smartapp.knowledge.plan_schema import (
    AdviceRow,
    ConditionRow,
    ExerciseRow,
    ModificationRow,
)
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.rows import Rows


def library_of(rows: Rows) -> Library:
    """Of rows without a mistake."""
    referral, titles = rows.referral, rows.not_prescribing
    assert referral and titles  # noqa: S101 - a file without them is a mistake
    names = {placed.row.id: placed.row.title for placed in rows.exercises}
    return Library(
        exercises=MappingProxyType({placed.row.id: _exercise(placed, names) for placed in rows.exercises}),
        never=tuple(
            Contraindication(**said(each.row, "breaks"), breaks=frozenset(each.row.breaks), origin=origin_of(each))
            for each in rows.never
        ),
        programme=_programme(rows),
        templates=templates_of(rows.templates, names),
        twins=tuple(twins_of(rows.twins)),
        goals=tuple(goal_of(placed) for placed in rows.goals),
        tests=MappingProxyType({each.row.id: test_of(each) for each in rows.measures}),
        values=MappingProxyType({each.row.id: value_of(each) for each in rows.values}),
        never_tests=never_tests(rows),
        pain=MappingProxyType(
            {id_: PainSentence(id_, each.row.text, origin_of(each)) for id_, each in rows.pain.items()}
        ),
        advice=(
            *_advice(rows.nutrition, ActivityKind.NUTRITION),
            *_advice(rows.education, ActivityKind.EDUCATION),
            *_advice(rows.suggestions, ActivityKind.REFERRAL),
        ),
        patient_texts=MappingProxyType(
            {
                id_: PatientWords(id_, **said(each.row), origin=origin_of(each))
                for id_, each in rows.patient_texts.items()
            }
        ),
        referral=ReferralText(**said(referral.row), not_prescribing=MappingProxyType(to_builtins(titles.row))),
    )


def _exercise(placed: Placed[ExerciseRow], names: Mapping[str, str]) -> Exercise:
    row = placed.row
    apart = ("fitt", "fitt_in", "block", "home", "modification", "respects", "breaks", "needs", "tracks")
    return Exercise(
        **said(row, *apart),
        tracks=frozenset(row.tracks),
        doses=doses_of(row, names),
        modifications=tuple(_modification(each) for each in row.modification),
        respects=frozenset(row.respects),
        breaks=frozenset(row.breaks),
        needs=frozenset(row.needs),
        origin=origin_of(placed),
    )


def _modification(row: ModificationRow) -> Modification:
    return Modification(**said(row, "unless"), unless=_condition(row.unless))


def _condition(row: ConditionRow) -> Condition:
    found: dict[str, Any] = {k: Decimal(v) if k.endswith("_at_least") else v for k, v in said(row).items()}
    return Condition(**found)


def _programme(rows: Rows) -> Programme:
    placed, texts = rows.programme, rows.texts
    assert placed and texts  # noqa: S101 - a file without them is a mistake
    row = placed.row
    return Programme(
        **said(row, "split_pain_at_least", "seconds_between_holds", "seconds_a_meter", "steady_below_seconds"),
        split_pain_at_least=Decimal(row.split_pain_at_least),
        steady_below_seconds=Decimal(row.steady_below_seconds),
        pace=Pace(Decimal(row.seconds_between_holds), Decimal(row.seconds_a_meter)),
        origin=origin_of(placed, texts.table),
        texts=MappingProxyType(to_builtins(texts.row)),
    )


def _advice(rows: Iterable[Placed[AdviceRow]], kind: ActivityKind) -> Iterator[Advice]:
    """``kind``: of rows that name none."""
    for placed in rows:
        row = placed.row
        words = said(row, "kind", "when")
        yield Advice(**words, kind=row.kind or kind, when=_condition(row.when), origin=origin_of(placed))
