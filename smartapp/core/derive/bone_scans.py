"""Bone density scans (rule book 2.6.1-2.6.3): which values may classify, which read too high, and whether the density
got better (2.4, bmdImproved): attested, gained on the same scanner, or no longer low.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import BoneDensity
from smartapp.core.chart import Measurement, Procedure, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.hip_scans import over_hip_metal
from smartapp.core.derive.notes import Noting, alert, finding_of, gap, rule_missed, unique
from smartapp.core.derive.surgery import LEAVES_MATERIAL, OPERATED, completed_surgery
from smartapp.core.frozen import frozen
from smartapp.core.kinds import AttestationName, Quantity, Site
from smartapp.core.quotes import quoted
from smartapp.core.thresholds import ThresholdName

NORMAL = "normal"  # class of a bone density
CENTRAL = (Site.LUMBAR_SPINE, Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR)
SCANNED = frozenset({"L1", "L2", "L3", "L4"})  # the region of a lumbar spine scan where the report names none


@frozen
class Scan:
    """One T- or Z-score that may classify. ``doubtful``: a lumbar scan over a fracture, which reads too high."""

    value: Decimal
    site: Site
    on: date
    measurement: Measurement
    doubtful: bool = False


def valid_scans(quantity: Quantity, fractures: Fractures, facts: Facts) -> Noting[list[Scan]]:
    """Dated, plausible values at a site that classifies (2.6.1-2.6.3)."""
    plausible = facts.knowledge.number(ThresholdName.T_PLAUSIBLE)
    central, radius = [], []
    for measured in facts.measurements_of(quantity):
        value, day, site = measured.value, facts.day_of(measured.when), measured.site
        if value is None or abs(value) > plausible:
            yield rule_missed("bmd.implausible", f"{value} is not a believable score.", (), [measured.source])
        elif site not in CENTRAL and site is not Site.RADIUS_THIRD:
            yield rule_missed(
                "bmd.site", f"A score at site {quoted(site or 'not stated')} does not classify.", (), [measured.source]
            )
        elif day is None:
            yield rule_missed("bmd.undated", f"{value} has no date.", (), [measured.source])
            yield gap("dxa-date", "When was the bone density scan done?", "Age at scan decides how it is read.")
        elif is_single_vertebra(measured):
            yield rule_missed("bmd.single-vertebra", f"{value} is of a single vertebra.", ("S45",), [measured.source])
            why = f"The value {value} is of a single vertebra, which never classifies."
            yield alert(AlertCode.LS_UNRELIABLE, why, [measured.source], eased=_region_read(facts))
        elif site is Site.RADIUS_THIRD:
            radius.append(Scan(value, site, day, measured))
        elif not (
            (yield from over_material(measured, day, facts)) or (yield from over_hip_metal(measured, day, facts))
        ):
            central.append(Scan(value, site, day, measured, reads_high(measured, day, fractures, facts)))
    return central + radius if _radius_counts(central, facts) else central


def is_single_vertebra(measured: Measurement) -> bool:
    """Fewer than two vertebrae do not classify (2.6.3)."""
    return measured.site is Site.LUMBAR_SPINE and len(measured.levels) == 1


def _region_read(facts: Facts) -> bool:
    scores = (*facts.measurements_of(Quantity.T_SCORE), *facts.measurements_of(Quantity.Z_SCORE))
    return any(m.site in CENTRAL and not is_single_vertebra(m) for m in scores)


def _radius_counts(central: list[Scan], facts: Facts) -> bool:
    """The third radius only where hip and spine cannot be used, or with hyperparathyroidism (ISCD)."""
    usable = [scan for scan in central if not scan.doubtful]
    overactive = facts.live(Concept.HYPERPARATHYROIDISM, Concept.HYPERPARATHYROIDISM_PRIMARY)
    return not usable or bool(overactive)


def over_material(measured: Measurement, day: date, facts: Facts) -> Noting[bool]:
    """Cement or metal in the region of interest makes a lumbar value invalid (2.6.3)."""
    for procedure in _material(measured, facts):
        if procedure.performed is not None and procedure.performed.earliest <= day:
            why = f"Cement or metal lies in the lumbar region of interest ({measured.value} is not used)."
            yield alert(AlertCode.LS_UNRELIABLE, why, [measured.source, procedure.source], eased=_hip_read(facts))
            return True
    return False


def _material(measured: Measurement, facts: Facts) -> list[Procedure]:
    """What was left in the bone a lumbar scan looked at, whenever it was done."""
    if measured.site is not Site.LUMBAR_SPINE:
        return []
    region = measured.levels or SCANNED
    left = (p for p in completed_surgery(facts) if p.kind in LEAVES_MATERIAL and p.region in OPERATED)
    return [p for p in left if not p.levels or p.levels & region]


def _hip_read(facts: Facts) -> bool:
    scores = (*facts.measurements_of(Quantity.T_SCORE), *facts.measurements_of(Quantity.Z_SCORE))
    return any(m.site in CENTRAL and m.site is not Site.LUMBAR_SPINE for m in scores)


def reads_high(measured: Measurement, day: date, fractures: Fractures, facts: Facts) -> bool:
    """A lumbar scan after a fracture in its region, of one vertebra only, or perhaps over undated cement or metal."""
    if measured.site is not Site.LUMBAR_SPINE:
        return False
    if is_single_vertebra(measured) or any(p.performed is None for p in _material(measured, facts)):
        return True
    region = measured.levels or SCANNED
    return any(
        (not episode.level or episode.level in region) and (episode.start is None or episode.start.earliest <= day)
        for episode in fractures.lumbar
    )


def newest_by_site(scans: list[Scan]) -> list[Scan]:
    """One value per site: the newest, of the same day the lowest; beside a doubtful one that of the same scan without
    the fractured vertebra, which proves what the other cannot."""
    best: dict[Site, Scan] = {}
    for scan in scans:
        held = best.get(scan.site)
        if held is None or (scan.on, -scan.value) > (held.on, -held.value):
            best[scan.site] = scan
    chosen = [best[site] for site in sorted(best)]
    clean = [s for s in scans if best[s.site].doubtful and not s.doubtful and s.on == best[s.site].on]
    return [*chosen, *sorted(clean, key=lambda scan: scan.value)[:1]]


# -- better


@frozen
class Better:
    """What shows better bone density, in words, and the facts that say so."""

    text: str
    sources: tuple[Source, ...]


def better_density(density: BoneDensity | None, fractures: Fractures, facts: Facts) -> Better | None:
    """bmdImproved (2.4): attested, or gained beyond the least significant change, or lowest T above -1.0."""
    return (
        _better_by_attestation(fractures, facts)
        or _better_by_gain(fractures, facts)
        or _better_by_class(density, fractures, facts)
    )


def _better_by_attestation(fractures: Fractures, facts: Facts) -> Better | None:
    said = facts.attestation_of(AttestationName.BMD_IMPROVED, _newest_fracture(fractures))
    if said is None:
        return None
    return Better(f"Better bone density confirmed on {said.on}.", (said.source,))


def _newest_fracture(fractures: Fractures) -> date | None:
    return max((e.start.earliest for e in fractures.episodes if e.start), default=None)


def _better_by_class(density: BoneDensity | None, fractures: Fractures, facts: Facts) -> Better | None:
    since = _newest_fracture(fractures)
    if density is None or density.cls != NORMAL or density.value is None or density.on is None:
        return None
    after = since is None or density.on >= since
    if density.value > facts.knowledge.number(ThresholdName.T_NORMAL) and after:
        return Better(density.reason.text, density.reason.sources)
    return None


def _better_by_gain(fractures: Fractures, facts: Facts) -> Better | None:
    """Same site, same scanner, gain of at least the least significant change over every earlier scan (g/cm2)."""
    changes = density_changes(fractures, facts)
    if any(change.lost for change in changes):
        return None
    return next((Better(change.text, change.sources) for change in changes if change.gained), None)


@frozen
class DensityChange:
    """The newest density of one site and scanner against the best before, in percent; ``least`` can be told at all."""

    percent: Decimal
    least: Decimal
    text: str
    before: Measurement
    after: Measurement

    @property
    def gained(self) -> bool:
        return self.percent >= self.least

    @property
    def lost(self) -> bool:
        return self.percent <= -self.least

    @property
    def sources(self) -> tuple[Source, ...]:
        return unique((self.before.source, self.after.source))


def density_changes(fractures: Fractures, facts: Facts) -> tuple[DensityChange, ...]:
    """Of each site and scanner with a scan since the fracture and one before that one (g/cm2)."""
    if not facts.measurements_of(Quantity.AREAL_BMD):
        return ()
    least = {
        Site.LUMBAR_SPINE: ThresholdName.LSC_LUMBAR_SPINE,
        Site.TOTAL_HIP: ThresholdName.LSC_TOTAL_HIP,
        Site.FEMORAL_NECK: ThresholdName.LSC_FEMORAL_NECK,
    }
    return tuple(change for site, limit in least.items() for change in _changes(site, limit, fractures, facts))


_Row = tuple[date, Decimal, Measurement]


def _changes(site: Site, limit: ThresholdName, fractures: Fractures, facts: Facts) -> list[DensityChange]:
    """Per scanner at one site: percent change of the newest scan since the fracture over the best earlier one."""
    since, floor = _newest_fracture(fractures), facts.knowledge.number(limit)
    found = []
    for series in _by_scanner(site, fractures, facts).values():
        newest = series[-1]
        earlier = [row for row in series if row[0] < newest[0]]
        if earlier and (since is None or newest[0] >= since):
            found.append(_change(site, max(earlier, key=lambda row: row[1]), newest, floor))
    return found


def _by_scanner(site: Site, fractures: Fractures, facts: Facts) -> dict[str, list[_Row]]:
    """Dated densities at one site by scanner, oldest first; lumbar ones only where nothing makes them read high."""
    found: dict[str, list[_Row]] = {}
    for m in facts.measurements_of(Quantity.AREAL_BMD):
        day = facts.day_of(m.when)
        if m.site is not site or not m.device or m.value is None or m.value <= 0 or day is None:
            continue
        over = finding_of(over_material(m, day, facts), facts.knowledge).value
        metal = finding_of(over_hip_metal(m, day, facts), facts.knowledge).value
        if not over and not metal and not reads_high(m, day, fractures, facts):
            found.setdefault(m.device, []).append((day, m.value, m))
    return {
        device: sorted(found[device], key=lambda row: (row[0], -row[1], row[2].source.reference))
        for device in sorted(found)
    }


def _change(site: Site, best: _Row, newest: _Row, floor: Decimal) -> DensityChange:
    percent = (newest[1] - best[1]) / best[1] * 100
    text = (
        f"{site} {best[1]} ({best[0]}) to {newest[1]} g/cm2 ({newest[0]}) on the same scanner: "
        f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)} percent."
    )
    return DensityChange(percent, floor, text, best[2], newest[2])
