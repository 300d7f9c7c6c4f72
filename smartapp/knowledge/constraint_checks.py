"""What constraints.toml must have in common with itself and with the exercises -> every mistake, with its place."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from smartapp.core.alert_codes import AlertCode
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.knowledge.constraint_schema import ConstraintRow, TriggerRow
from smartapp.knowledge.constraints import named_sets, spelled_out
from smartapp.knowledge.rows import Rows

FILE = "constraints.toml"
PLACES = frozenset({"side", "date", "until", "limit_end", "order", "amount", "value"})  # what a text may have filled in
LEADING = ("concepts", "procedures", "orders", "medicines", "spine_operation", "alert", "measured")
LEADING_OR_COUNT = (*LEADING, "limits_at_least", "track")


def constraint_mistakes(rows: Rows) -> Iterator[str]:
    if FILE in rows.reader.unread:
        return
    counted = Counter(rows.reader.ids[FILE])
    yield from (f"{FILE}, {id_}: this id is used {count} times" for id_, count in counted.items() if count > 1)
    known = _Known(rows)
    yield from known.mistakes()
    for placed in rows.constraints:
        yield from (f"{placed.where}: {wrong}" for wrong in _constraint(placed.row, known))
        for place, trigger in enumerate(placed.row.when, 1):
            yield from (f"{placed.where}, when {place}: {wrong}" for wrong in _trigger(trigger))


class _Known:
    """What sets, swaps and constraints may name; nothing is unknown while the exercises could not be read."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.sets = named_sets(rows)
        self.told: set[str] = set()
        unread = "exercises.toml" in rows.reader.unread
        self.exercises: Collection[str] | None = None if unread else set(rows.reader.ids["exercises.toml"])
        files = ("goals.toml", "nutrition.toml", "education.toml", "referral.toml")
        self.others = {id_ for file in files for id_ in rows.reader.ids[file]}
        self.others_read = not any(file in rows.reader.unread for file in files)
        alerts = rows.alerts
        self.eased = {code for code in AlertCode if code in alerts and alerts[code].row.eased is not None}
        self.alerts_read = {code for code in AlertCode if code in alerts}
        self.variants = {code: set(alerts[code].row.variants) for code in self.alerts_read}

    def lacks(self, ids: Iterable[str]) -> Iterator[str]:
        """Ids that are no exercise, each told once: where it stands first."""
        for id_ in ids:
            if self.exercises is not None and id_ not in self.exercises and id_ not in self.told:
                self.told.add(id_)
                yield id_

    def mistakes(self) -> Iterator[str]:
        for placed in self.rows.exercise_sets:
            for name, *ids in placed.row.named:
                yield from (f"{placed.where}, {name}: there is no exercise “{id_}”" for id_ in self.lacks(ids))
        for swaps in self.rows.swaps:
            for removed, *ids in swaps.row.order:
                found = self.lacks((removed, *ids))
                yield from (f"{swaps.where}, {removed}: there is no exercise “{id_}”" for id_ in found)

    def no_set(self, names: Iterable[str]) -> Iterator[str]:
        """Names that are neither a set nor an exercise."""
        yield from (name for name in self.lacks(n for n in names if n not in self.sets))


def _constraint(row: ConstraintRow, known: _Known) -> Iterator[str]:
    for key in ("removes", "keeps", "not_alone", "one_sided"):
        for name in known.no_set(getattr(row, key)):
            yield f"“{key}”: there is no set and no exercise “{name}”"
    if known.others_read:
        missing = (name for name in row.leaves_out if name not in known.others)
        yield from (f"“leaves_out”: there is no goal and no advice “{name}”" for name in missing)
    if (row.eased or row.obeyed) and row.alert in known.alerts_read - known.eased:
        yield f"“eased”: the alert {row.alert} has no lower severity"
    for trigger in row.when:
        known_words = known.variants.get(trigger.alert) if trigger.alert else None
        if trigger.variant and known_words is not None and trigger.variant not in known_words:
            yield f"“variant”: the alert {trigger.alert} has no variant “{trigger.variant}”"
    removed = {*spelled_out(row.removes, known.sets)}
    if row.closes_prone and not row.keeps and "E15" not in removed:
        yield "“closes_prone”: the row leaves prone exercises in"
    for text in (row.text, row.patient_text, row.patient_text_es, row.question, *row.changes):
        yield from _words(text)


def _words(text: str) -> Iterator[str]:
    for name in _places(text):
        if name not in PLACES:
            yield f"“{{{name}}}” is not one of {', '.join(sorted(PLACES))}"
    if is_generic_prohibition(text):
        yield f"“{text}” forbids a movement without naming the quality that does harm"


def _places(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _trigger(row: TriggerRow) -> Iterator[str]:
    leads = [key for key in LEADING_OR_COUNT if getattr(row, key) not in ((), None)]
    if len(leads) > 1:
        yield f"only one of {', '.join(leads)} can lead"
    if not leads and not row.weight:
        yield f"one of {', '.join(LEADING_OR_COUNT)} or weight must be named"
    if row.side and not row.weight:
        yield "“side” is the side of “weight”"
    if bool(row.measured) != (row.at_least is not None or row.below is not None):
        yield "“measured” goes together with “at_least” or “below”"
    if row.variant and row.alert is None:
        yield "“variant” is one of an “alert”"
    if row.asked_to is not None and row.within is None:
        yield "“asked_to” needs “within”"
