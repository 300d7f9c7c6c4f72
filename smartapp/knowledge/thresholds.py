"""Thresholds, ours and a site's own: their order, their units, and what a site may only make stricter."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from smartapp.core.course import SiteSetting
from smartapp.core.signatures import Label, Origin
from smartapp.core.threshold_words import thresholds_in
from smartapp.core.thresholds import Threshold, ThresholdName, Unit
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.schema import SiteRow, ThresholdRow

SITE_FILE = "site file"

# Pairs that must stay in this order, whatever a site sets.
ASCENDING: tuple[tuple[ThresholdName, ThresholdName], ...] = (
    (ThresholdName.INTERMEDIATE_FROM, ThresholdName.ADVANCED_FROM),
    (ThresholdName.STRICT_ALWAYS_BEFORE, ThresholdName.STRICT_UNLESS_HEALED_BEFORE),
    (ThresholdName.PRONE_CONDITIONAL_FROM, ThresholdName.PRONE_ALLOWED_FROM),
    (ThresholdName.PAIN_PERMITS_TO, ThresholdName.PAIN_SEVERE_FROM),
    (ThresholdName.T_OSTEOPOROSIS, ThresholdName.T_NORMAL),
    (ThresholdName.VITD_SEVERE_BELOW, ThresholdName.VITD_DEFICIENT_BELOW),
    (ThresholdName.VITD_DEFICIENT_BELOW, ThresholdName.VITD_INSUFFICIENT_BELOW),
    (ThresholdName.VITD_INSUFFICIENT_BELOW, ThresholdName.VITD_TARGET_TO),
    (ThresholdName.VITD_TARGET_TO, ThresholdName.VITD_TOXIC_ABOVE),
    (ThresholdName.VITD_DOSE_LOW, ThresholdName.VITD_DOSE_HIGH),
    (ThresholdName.PRESSURE_REVIEW_SYSTOLIC, ThresholdName.PRESSURE_STOP_SYSTOLIC),
    (ThresholdName.PRESSURE_REVIEW_DIASTOLIC, ThresholdName.PRESSURE_STOP_DIASTOLIC),
    (ThresholdName.PRESSURE_ALONE_WITHIN, ThresholdName.PRESSURE_TWICE_WITHIN),
)

# The most vitamin D any text of this app may name, IU a day; beyond it a clinician sets the dose (rule book 2.7).
VITAMIN_D_DOSE_CAP = Decimal(1000)

# What a site may only make stricter: ceilings it may lower, floors it may raise (rule book 2.7, 2.8).
CEILINGS = (
    ThresholdName.VITD_DOSE_HIGH,
    ThresholdName.VITD_TOXIC_ABOVE,
    ThresholdName.SOFT_SIGNS_FROM,
    ThresholdName.INFLAMMATION_AFTER,
    ThresholdName.NEW_PAIN_AFTER,
    ThresholdName.FEVER_AT,
    ThresholdName.HEIGHT_LOSS_SEVERE,
    ThresholdName.KYPHOSIS_SEVERE,
    ThresholdName.CANAL_LOSS_SEVERE,
)
FLOORS = (
    ThresholdName.SYMPTOM_NEW_WITHIN,
    ThresholdName.REPORT_DANGER_WITHIN,
    ThresholdName.ADULT_FROM_AGE,
    ThresholdName.PREGNANCY_UNCLEAR_AFTER,
    ThresholdName.WEAKNESS_BESIDE_WITHIN,
    ThresholdName.HEALED_LONG_FROM,
    ThresholdName.PRESUMED_HEALED_FROM,
    ThresholdName.FEVER_WITHIN,
    ThresholdName.INFLAMMATION_WITHIN,
    ThresholdName.CANCER_TREATMENT_WITHIN,
    ThresholdName.ATYPICAL_TO_LEVEL,
    ThresholdName.SUDDEN_PAIN_WITHIN,
    ThresholdName.NEW_PAIN_WITHIN,
    ThresholdName.PARS_NEW_WITHIN,
    ThresholdName.CLUSTER_WITHIN,
)

Ours = Mapping[str, Placed[ThresholdRow]]
Sites = Mapping[str, Placed[SiteRow]]


def threshold_mistakes(ours: Ours, site: Sites, named: Iterable[str]) -> Iterator[str]:
    """Of our file as delivered, and of what a site makes of it; ``named``: every threshold the site names."""
    packaged = {name: placed.row.value for name, placed in ours.items()}
    yield from _value_mistakes(packaged, ours, "phases.toml")
    known = {*ThresholdName, *SiteSetting}
    yield from (f"{SITE_FILE}: “{name}” is not a threshold of phases.toml" for name in named if name not in known)
    for name, placed in site.items():
        if name in set(SiteSetting):
            yield from _setting_mistakes(placed, SiteSetting(name))
        if name in packaged:
            yield from _laxer(name, placed, packaged[name], ours[name].row.unit)
    set_here = {name: placed.row.value for name, placed in site.items() if name in packaged}
    told = set(_value_mistakes(packaged, ours, SITE_FILE))
    yield from (wrong for wrong in _value_mistakes(packaged | set_here, ours, SITE_FILE) if wrong not in told)


def _value_mistakes(values: Mapping[str, int | Decimal], ours: Ours, file: str) -> Iterator[str]:
    for lower, higher in ASCENDING:
        if lower in values and higher in values and values[lower] >= values[higher]:
            yield f"{file}: “{lower}” must be lower than “{higher}”"
    if values.get(ThresholdName.VITD_DOSE_HIGH, 0) > VITAMIN_D_DOSE_CAP:
        yield f"{file}: “{ThresholdName.VITD_DOSE_HIGH}” may not be above {VITAMIN_D_DOSE_CAP} IU a day"
    for name, value in values.items():
        unit = ours[name].row.unit
        if unit is not Unit.SD and value < 0:
            yield f"{file}: “{name}” cannot be negative"
        if unit in (Unit.MONTHS, Unit.WEEKS, Unit.DAYS, Unit.YEARS) and value != int(value):
            yield f"{file}: “{name}” must be a whole number of {unit}"


def _setting_mistakes(placed: Placed[SiteRow], name: SiteSetting) -> Iterator[str]:
    value = placed.row.value
    if value <= 0:
        yield f"{placed.where}: it must be above 0"
    if name is SiteSetting.REPORT_WITHIN and value != int(value):
        yield f"{placed.where}: it must be a whole number of days"


def _laxer(name: str, placed: Placed[SiteRow], packaged: int | Decimal, unit: Unit) -> Iterator[str]:
    if name in CEILINGS and placed.row.value > packaged:
        yield f"{placed.where}: a site may lower this limit, never raise it above {packaged} {unit}"
    if name in FLOORS and placed.row.value < packaged:
        yield f"{placed.where}: a site may raise this limit, never lower it below {packaged} {unit}"


def unknown_numbers(where: str, texts: Iterable[str]) -> Iterator[str]:
    """Texts name thresholds in braces, so that a site's own values show."""
    for name in thresholds_in("".join(texts)):
        if name not in set(ThresholdName):
            yield f"{where}: “{{{name}}}” is not a threshold of phases.toml"


def with_site(
    packaged: Mapping[ThresholdName, Threshold], site: Sites
) -> tuple[dict[ThresholdName, Threshold], tuple[str, ...]]:
    """Our thresholds with the site's own in their place, and a sentence for each that differs."""
    thresholds, changes = dict(packaged), []
    for name, placed in site.items():
        if name in set(SiteSetting):
            changes.append(f"{_MEANING[SiteSetting(name)].format(value=placed.row.value)}. {placed.row.reason}")
            continue
        ours, value, reason = packaged[ThresholdName(name)], Decimal(placed.row.value), placed.row.reason
        if value != ours.value:
            said = f"Set by this site: {reason}"
            origin = Origin(Label.OURS, ours.origin.sources, said, ours.origin.statements)
            thresholds[ours.name] = Threshold(ours.name, value, ours.unit, ours.meaning, origin, ours.value)
            changes.append(f"{ours.meaning}: {value} {ours.unit} here, {ours.value} as delivered. {reason}")
    return thresholds, tuple(changes)


_MEANING = {
    SiteSetting.VISIT_PRICE: "Price of a visit of physical therapy: {value} US dollars",
    SiteSetting.REPORT_WITHIN: "A progress report at least every {value} days",
}


def site_settings(site: Sites) -> dict[SiteSetting, Decimal]:
    """What only a site can say."""
    return {SiteSetting(name): Decimal(placed.row.value) for name, placed in site.items() if name in set(SiteSetting)}
