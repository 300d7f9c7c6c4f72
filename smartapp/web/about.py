"""What anyone may ask without a launch: the root address, which says what this is; the page about Loadpath (intended
use, evidence, source attributes, version, licenses); and for the operator whether the process is alive and can serve
(store, knowledge, issuers).
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import Blueprint, current_app, jsonify, render_template
from flask.typing import ResponseReturnValue

from smartapp.core.knowledge import Knowledge, origins
from smartapp.core.signatures import Label, Origin
from smartapp.web.catalog import Lazy, _
from smartapp.web.pages import Evidence
from smartapp.web.wiring import wiring

about = Blueprint("about", __name__)
health = Blueprint("health", __name__)

LABELS = {
    Label.SEED: Lazy("seed document"),
    Label.GUIDELINE: Lazy("guideline"),
    Label.OURS: Lazy("our engineering choice"),
}


@dataclass(frozen=True)
class Attribute:
    """One thing a reader of decision support should know, by its name."""

    name: str
    value: str


@dataclass(frozen=True)
class Reviews:
    """How many entries of the knowledge there are, and how many named clinicians have signed off; ``by``: each of them
    with their number, the most first. ``lapsed``: changed since they were signed."""

    entries: int
    signed: int
    lapsed: int
    by: tuple[tuple[str, int], ...]


@about.get("/", endpoint="home")
def show_home() -> ResponseReturnValue:
    """Nothing here is about a patient."""
    made = wiring()
    offered = [issuer for issuer in made.smart.issuers if issuer.standalone]
    coordinated = any(issuer.roles.coordinators for issuer in made.smart.issuers)
    return render_template("home.html", issuers=offered, coordinated=coordinated, version=made.version)


@about.get("/about", endpoint="about")
def show_about() -> ResponseReturnValue:
    knowledge = wiring().knowledge
    return render_template(
        "about.html",
        knowledge=knowledge,
        version=wiring().version,
        reviews=reviews(knowledge),
        attributes=attributes(knowledge, wiring().version),
        purpose=PURPOSE,
        logic=LOGIC,
        notices=NOTICES,
        origin_words=origin_words,
        review_words=review_words,
    )


@about.get("/about/source-attributes.json", endpoint="attributes_file")
def give_attributes() -> ResponseReturnValue:
    """For a site's own library of decision support interventions."""
    made = wiring()
    response = jsonify(
        intervention=_("Loadpath"),
        version=made.version,
        knowledge=made.knowledge.version,
        purpose={row.name: row.value for row in PURPOSE},
        logic={row.name: row.value for row in LOGIC},
        evidence=made.knowledge.evidence_note,
        changedAtThisSite=list(made.knowledge.site_changes),
        sourceAttributes={row.name: row.value for row in attributes(made.knowledge, made.version)},
    )
    response.headers["Content-Disposition"] = 'attachment; filename="loadpath-source-attributes.json"'
    return response


def origin_words(origin: Origin) -> str:
    return f"{LABELS[origin.label]}, {', '.join(origin.sources)}"


def evidence_of(knowledge: Knowledge, ids: Iterable[str]) -> tuple[Evidence, ...]:
    """Statements and thresholds' statements as they stand beside a conclusion; unknown ids are left out."""
    rows = (knowledge.statements.get(id_) for id_ in ids)
    return tuple(Evidence(r.id, r.text, origin_words(r.origin), review_words(r.origin)) for r in rows if r)


def review_words(origin: Origin) -> str:
    if origin.review == "signed":
        return _(
            "signed off by %(reviewer)s, %(reviewed_on)s", reviewer=origin.reviewer, reviewed_on=origin.reviewed_on
        )
    if origin.lapsed:
        return _("signed off by %(name)s and changed since: awaiting clinical sign-off again", name=origin.lapsed)
    return _("awaiting clinical sign-off")


def reviews(knowledge: Knowledge) -> Reviews:
    rows = [origin for _, origin in origins(knowledge)]
    by = Counter(origin.reviewer for origin in rows if origin.review == "signed")
    return Reviews(len(rows), by.total(), sum(bool(origin.lapsed) for origin in rows), tuple(by.most_common()))


def review_status(knowledge: Knowledge) -> str:
    """How much of the knowledge a named clinician has signed off, in words."""
    found = reviews(knowledge)
    changed = _(" (%(lapsed)s changed since they were signed)", lapsed=found.lapsed) if found.lapsed else ""
    if not found.signed:
        return _("awaiting clinical sign-off%(changed)s", changed=changed)
    if found.signed == found.entries:
        return _("signed off by named clinicians")
    others = _("the others awaiting clinical sign-off%(changed)s", changed=changed)
    return _(
        "%(signed)s of %(entries)s entries signed off by named clinicians, %(others)s",
        signed=found.signed,
        entries=found.entries,
        others=others,
    )


def attributes(knowledge: Knowledge, version: str) -> tuple[Attribute, ...]:
    """Of evidence-based decision support, in the order of 45 CFR 170.315(b)(11)(iv)(A); then what else a site asks."""
    return (
        Attribute(_("Bibliographic citation of the intervention"), _("See Statements and Sources on this page")),
        Attribute(_("Developer"), _("The Loadpath authors (open source, Apache License 2.0)")),
        Attribute(_("Funding source of the technical implementation"), _("None declared")),
        Attribute(
            _("Release and revision dates"),
            _(
                "Loadpath %(version)s; knowledge %(knowledge_version)s, dated by this hash of its files; %(knowledge)s",
                version=version,
                knowledge_version=knowledge.version,
                knowledge=review_status(knowledge),
            ),
        ),
        Attribute(_("Use of race"), _("Not used")),
        Attribute(_("Use of ethnicity"), _("Not used")),
        Attribute(
            _("Use of language"), _("By no rule; the handout is in Spanish for patients whose record prefers it")
        ),
        Attribute(_("Use of sexual orientation"), _("Not used")),
        Attribute(_("Use of gender identity"), _("Not used")),
        Attribute(_("Use of sex"), _("Used: bone-density classification and calcium intake differ by sex")),
        Attribute(_("Use of date of birth"), _("Used: age decides on T- or Z-score, calcium intake and eligibility")),
        Attribute(_("Use of social determinants of health data"), _("Not used")),
        Attribute(
            _("Use of health status assessments data"), _("Used: pain, falls, function tests; smoking and alcohol")
        ),
        Attribute(_("Kind"), _("Evidence-based decision support: published rules, no machine learning")),
        Attribute(_("Validation"), _("Tested against written cases and synthetic records; not validated in patients")),
    )


# What a reader needs to judge it, short; everything behind it is made of the knowledge.
PURPOSE = (
    Attribute(
        Lazy("Intended use"),
        Lazy(
            "From the chart of an adult with osteopenia and a lumbar fracture it derives the rehabilitation "
            "phase and the movement restrictions, with reasons, and proposes an exercise plan and a "
            "referral to physical therapy. A clinician reviews, edits and signs; nothing is saved to the "
            "chart before that."
        ),
    ),
    Attribute(
        Lazy("Users"),
        Lazy(
            "Physicians, physical therapists and other licensed clinicians who can judge each conclusion by "
            "themselves: every one shows its facts, its rule and its source. It is not for patients."
        ),
    ),
    Attribute(
        Lazy("What it does not do"),
        Lazy(
            "It reads no images and no waveforms, chooses no medicines and computes no repletion doses. It "
            "is not for emergencies, children, pregnant patients, fractures of the neck, chest or pelvis "
            "alone, fractures from cancer or infection, or unstable fractures: there it says so and "
            "proposes no exercise. What is missing in the chart is shown as missing and never assumed; of "
            "several limits the strictest holds."
        ),
    ),
)
LOGIC = (
    Attribute(
        Lazy("What it reads"),
        Lazy(
            "Diagnoses with their dates, operations, bone density, vitamin D and blood tests, pain and "
            "other measures, medicines, devices, orders, the words of imaging reports, and what clinicians "
            "state. Each is shown with its record and date. What is missing, what could not be read and "
            "what was not understood are told apart and named, and none of it makes a plan less careful."
        ),
    ),
    Attribute(
        Lazy("How it concludes"),
        Lazy(
            "The time since the fracture sets the highest phase; healing, stability, pain and operations "
            "may hold it lower. Phase, bone and the whole patient decide which movements are forbidden or "
            "changed, and which exercises remain. A hard stop ends in a referral without exercise. The same "
            "chart, day and version always give the same answer; nothing learns, and nothing is computed "
            "with effect sizes."
        ),
    ),
    Attribute(
        Lazy("How to check it"),
        Lazy(
            "Each conclusion can be reviewed without relying on Loadpath: the facts with their dates, the "
            "rule in words, who says so and who has reviewed it, what else was possible, and which fact "
            "would change it. It is not for decisions that cannot wait (FDA guidance on clinical decision "
            "support software, criterion 4)."
        ),
    ),
    Attribute(
        Lazy("Cards in the EHR"),
        Lazy(
            "Where an EHR asks by CDS Hooks, a card says what the pages would say. Overrides and their "
            "reasons are counted for the site by rule, without the patient."
        ),
    ),
)


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    return jsonify(status="alive")


@health.get("/readyz")
def readyz() -> ResponseReturnValue:
    """200 with one line per part, 503 if one of them is not ready. Says no more than which part it is.

    ``backgroundAge``: seconds since this process last went through what it does without being asked (delivery of signed
    plans, clearing up); null before the first time. It decides nothing here: pages can be served without it.
    """
    parts = {name: is_well(check) for name, check in wiring().checks.items()}
    ready = all(parts.values())
    age = current_app.extensions["loadpath-rounds"].age
    return jsonify(
        ready=ready, backgroundAge=age, **{name: "ok" if good else "failed" for name, good in parts.items()}
    ), (200 if ready else 503)


def is_well(check: Callable[[], bool]) -> bool:
    """Whether a part is ready; one that raises is not."""
    try:
        return check()
    except Exception:
        return False


NOTICES = (
    "Loadpath is licensed under the Apache License 2.0. Codes of the systems below are shipped as codes, with our own "
    "words where their owner asks for it; whoever runs Loadpath needs the owners' licenses for their country.",
    "SNOMED CT: This material includes SNOMED Clinical Terms (SNOMED CT) which is used by permission of SNOMED "
    "International. All rights reserved. SNOMED CT was originally created by the College of American Pathologists. "
    "“SNOMED” and “SNOMED CT” are registered trademarks of SNOMED International.",
    "LOINC: This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, "
    "Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under "
    "the license at http://loinc.org/license. LOINC is a registered United States trademark of Regenstrief Institute, "
    "Inc.",
    "CPT is a registered trademark of the American Medical Association. CPT codes appear as bare numbers with our own "
    "words; no CPT descriptor is included. Use of CPT requires a license of the American Medical Association.",
    "UCUM: copyright Regenstrief Institute, Inc. and the UCUM Organization. ICD is copyright World Health "
    "Organization. HL7 and FHIR are registered trademarks of Health Level Seven International; their use does not "
    "constitute endorsement by HL7.",
)
