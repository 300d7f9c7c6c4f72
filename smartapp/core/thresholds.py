"""phases.toml and a site's own file -> thresholds: their order, their units, and what a site may only make stricter."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from smartapp.core.knowledge import Label, Origin, Reference, Threshold, Unit
from smartapp.core.knowledge_rows import check_names, cited_in, number, origin_of, parse_toml, string, table
from smartapp.core.limits import Limit
from smartapp.errors import KnowledgeError

SITE_FILE = "site file"

# Pairs that must stay in this order, whatever a site sets.
ASCENDING: tuple[tuple[Limit, Limit], ...] = (
    (Limit.INTERMEDIATE_FROM, Limit.ADVANCED_FROM),
    (Limit.STRICT_ALWAYS_BEFORE, Limit.STRICT_UNLESS_HEALED_BEFORE),
    (Limit.PRONE_CONDITIONAL_FROM, Limit.PRONE_ALLOWED_FROM),
    (Limit.PAIN_PERMITS_TO, Limit.PAIN_SEVERE_FROM),
    (Limit.T_OSTEOPOROSIS, Limit.T_NORMAL),
    (Limit.VITD_SEVERE_BELOW, Limit.VITD_DEFICIENT_BELOW),
    (Limit.VITD_DEFICIENT_BELOW, Limit.VITD_INSUFFICIENT_BELOW),
    (Limit.VITD_INSUFFICIENT_BELOW, Limit.VITD_TARGET_TO),
    (Limit.VITD_TARGET_TO, Limit.VITD_TOXIC_ABOVE),
    (Limit.VITD_DOSE_LOW, Limit.VITD_DOSE_HIGH),
)

# The most vitamin D any text of this app may name, IU a day; beyond it a clinician sets the dose (rule book 2.7).
VITAMIN_D_DOSE_CAP = Decimal(1000)

# What a site may only make stricter: ceilings it may lower, floors it may raise (rule book 2.7, 2.8).
CEILINGS = (Limit.VITD_DOSE_HIGH, Limit.VITD_TOXIC_ABOVE)
FLOORS = (Limit.SYMPTOM_NEW_WITHIN, Limit.ADULT_FROM_AGE, Limit.PREGNANCY_UNCLEAR_AFTER)


def thresholds_of(
    rows: Mapping[str, Any], sources: Mapping[str, Reference], statements: Collection[str]
) -> dict[Limit, Threshold]:
    check_names(rows, set(Limit), "phases.toml")
    found = {}
    for name in Limit:
        row, where = table(rows, name, "phases.toml"), f"phases.toml, {name}"
        unit = string(row, "unit", where)
        if unit not in set(Unit):
            raise KnowledgeError(f"{where}: unit “{unit}” is not one the rules read.")
        value, meaning = number(row.get("value"), where), string(row, "meaning", where)
        origin, cited = origin_of(row, where, sources), cited_in(row, where, statements)
        found[name] = Threshold(name, value, Unit(unit), meaning, origin, cited)
    _check_values(found, "phases.toml")
    return found


def _check_values(thresholds: Mapping[Limit, Threshold], name: str) -> None:
    for lower, higher in ASCENDING:
        if thresholds[lower].value >= thresholds[higher].value:
            raise KnowledgeError(f"{name}: “{lower}” must be lower than “{higher}”.")
    if thresholds[Limit.VITD_DOSE_HIGH].value > VITAMIN_D_DOSE_CAP:
        raise KnowledgeError(f"{name}: “{Limit.VITD_DOSE_HIGH}” may not be above {VITAMIN_D_DOSE_CAP} IU a day.")
    for threshold in thresholds.values():
        if threshold.unit is not Unit.SD and threshold.value < 0:
            raise KnowledgeError(f"{name}: “{threshold.name}” cannot be negative.")
        whole = threshold.unit in (Unit.MONTHS, Unit.WEEKS, Unit.DAYS, Unit.YEARS)
        if whole and threshold.value != int(threshold.value):
            raise KnowledgeError(f"{name}: “{threshold.name}” must be a whole number of {threshold.unit}.")


def with_site(packaged: Mapping[Limit, Threshold], site: str | None) -> tuple[dict[Limit, Threshold], tuple[str, ...]]:
    """Our thresholds with the site's own in their place, and a sentence for each that differs."""
    thresholds, changes = dict(packaged), []
    for name, row in parse_toml(site or "", SITE_FILE).items():
        if name not in set(Limit):
            raise KnowledgeError(f"{SITE_FILE}: “{name}” is not a threshold of phases.toml.")
        where, ours = f"{SITE_FILE}, {name}", packaged[Limit(name)]
        if not isinstance(row, dict):
            raise KnowledgeError(f"{where}: a table with “value” and “reason” is expected here.")
        value, reason = number(row.get("value"), where), string(row, "reason", where)
        _check_only_stricter(value, ours, where)
        if value != ours.value:
            origin = Origin(Label.OURS, ours.origin.reference, f"Set by this site: {reason}", "awaiting")
            thresholds[ours.name] = Threshold(
                ours.name, value, ours.unit, ours.meaning, origin, ours.statements, ours.value
            )
            changes.append(f"{ours.meaning}: {value} {ours.unit} here, {ours.value} as delivered. {reason}")
    _check_values(thresholds, SITE_FILE)
    return thresholds, tuple(changes)


def _check_only_stricter(value: Decimal, ours: Threshold, where: str) -> None:
    if ours.name in CEILINGS and value > ours.value:
        raise KnowledgeError(f"{where}: a site may lower this limit, never raise it above {ours.value} {ours.unit}.")
    if ours.name in FLOORS and value < ours.value:
        raise KnowledgeError(f"{where}: a site may raise this limit, never lower it below {ours.value} {ours.unit}.")
