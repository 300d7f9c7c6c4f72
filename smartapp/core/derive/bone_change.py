"""Better bone density (rule book 2.4, bmdImproved): attested, gained on the same scanner, or no longer low."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from smartapp.core.assessment import BoneDensity
from smartapp.core.chart import AttestationName, Measurement, Quantity, Site, Source
from smartapp.core.derive.bone import NORMAL
from smartapp.core.derive.bone_scans import over_material, reads_high
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import finding_of, unique
from smartapp.core.threshold_names import ThresholdName


@dataclass(frozen=True)
class Better:
    """What shows better bone density, in words, and the facts that say so."""

    text: str
    sources: tuple[Source, ...]


def improved(density: BoneDensity | None, fractures: Fractures, facts: Facts) -> Better | None:
    """bmdImproved (2.4): attested, or gained beyond the least significant change, or lowest T above -1.0."""
    return _attested_improved(fractures, facts) or _gained(fractures, facts) or _above_normal(density, fractures, facts)


def _attested_improved(fractures: Fractures, facts: Facts) -> Better | None:
    said = facts.attested(AttestationName.BMD_IMPROVED, _newest_fracture(fractures))
    if said is None:
        return None
    return Better(f"Better bone density attested on {said.on}.", (said.source,))


def _newest_fracture(fractures: Fractures) -> date | None:
    return max((e.start.earliest for e in fractures.episodes if e.start), default=None)


def _above_normal(density: BoneDensity | None, fractures: Fractures, facts: Facts) -> Better | None:
    since = _newest_fracture(fractures)
    if density is None or density.cls != NORMAL or density.value is None or density.on is None:
        return None
    after = since is None or density.on >= since
    if density.value > facts.knowledge.number(ThresholdName.T_NORMAL) and after:
        return Better(density.reason.text, density.reason.sources)
    return None


def _gained(fractures: Fractures, facts: Facts) -> Better | None:
    """Same site, same scanner, gain of at least the least significant change over every earlier scan (g/cm2)."""
    least = {
        Site.LUMBAR_SPINE: ThresholdName.LSC_LUMBAR_SPINE,
        Site.TOTAL_HIP: ThresholdName.LSC_TOTAL_HIP,
        Site.FEMORAL_NECK: ThresholdName.LSC_FEMORAL_NECK,
    }
    gains = [gain for site, limit in least.items() for gain in _changes(site, limit, fractures, facts)]
    if any(percent <= -floor for percent, floor, _ in gains):
        return None
    return next((better for percent, floor, better in gains if percent >= floor), None)


Row = tuple[date, Decimal, Measurement]
Change = tuple[Decimal, Decimal, Better]  # percent, the least significant change, and the words


def _changes(site: Site, limit: ThresholdName, fractures: Fractures, facts: Facts) -> list[Change]:
    """Per scanner at one site: percent change of the newest scan since the fracture over the best earlier one."""
    since, floor = _newest_fracture(fractures), facts.knowledge.number(limit)
    found = []
    for series in _by_scanner(site, fractures, facts).values():
        newest = series[-1]
        earlier = [row for row in series if row[0] < newest[0]]
        if earlier and (since is None or newest[0] >= since):
            found.append(_change(site, max(earlier, key=lambda row: row[1]), newest, floor))
    return found


def _by_scanner(site: Site, fractures: Fractures, facts: Facts) -> dict[str, list[Row]]:
    """Dated densities at one site by scanner, oldest first; lumbar ones only where nothing makes them read high."""
    found: dict[str, list[Row]] = {}
    for m in facts.measured(Quantity.AREAL_BMD):
        day = facts.day_of(m.when)
        if m.site is not site or not m.device or m.value is None or m.value <= 0 or day is None:
            continue
        over = finding_of(over_material(m, day, facts), facts.knowledge).value
        if not over and not reads_high(m, day, fractures, facts):
            found.setdefault(m.device, []).append((day, m.value, m))
    return {
        device: sorted(found[device], key=lambda row: (row[0], -row[1], row[2].source.reference))
        for device in sorted(found)
    }


def _change(site: Site, best: Row, newest: Row, floor: Decimal) -> Change:
    percent = (newest[1] - best[1]) / best[1] * 100
    text = (
        f"{site} {best[1]} ({best[0]}) to {newest[1]} g/cm2 ({newest[0]}) on the same scanner: "
        f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)} percent."
    )
    sources = unique((best[2].source, newest[2].source))
    return percent, floor, Better(text, sources)
