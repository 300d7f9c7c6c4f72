"""One edition of a plan: the proposal with all that is not medicine: who, when, draft or active, and what it follows.

Made from a :class:`SignedPlan` or, unsigned, from a :class:`Proposal`; every resource is built from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Decision, Proposal, SignatureKind, SignedPlan, Signer
from smartapp.fhir.build.codings import Coding, codings
from smartapp.fhir.build.elements import Element, instant, reference
from smartapp.fhir.build.identifiers import part_value, plan_value, urn
from smartapp.fhir.systems import EXAMPLE, Systems


@dataclass(frozen=True)
class App:
    """This installation, as the assembler named in Provenance."""

    version: str
    url: str = ""
    name: str = "Loadpath"
    systems: Systems = EXAMPLE


@dataclass(frozen=True)
class BuildContext:
    proposal: Proposal
    plan_id: str
    knowledge: Knowledge
    app: App
    signer: Signer | None = None  # None: a proposal nobody signed
    signed_at: datetime | None = None
    active: bool = False
    decisions: tuple[Decision, ...] = ()
    left_open: tuple[str, ...] = ()
    replaces: str = ""
    replaces_request: str = ""
    signs: SignatureKind = SignatureKind.PLAN
    care_plan: str = ""  # reference of the plan that goes on or ends; empty where one is written
    outcome: tuple[str, ...] = ()  # of a plan that ends
    encounter: str = ""
    organization: str = ""  # on whose behalf the signer acts, where the EHR says so

    @property
    def knowledge_version(self) -> str:
        return self.knowledge.version

    @property
    def systems(self) -> Systems:
        return self.app.systems

    def codings(self, concept: str) -> tuple[Coding, ...]:
        return codings(self.knowledge.codes, concept)

    @property
    def subject(self) -> Element:
        patient = self.proposal.assessment.chart.patient
        made = reference(patient.reference, patient.name, "Patient")
        if made is None or "reference" not in made:
            raise ValueError("the plan names no patient of this EHR")
        return made

    @property
    def author(self) -> Element | None:
        return reference(self.signer.reference, self.signer.name) if self.signer else None

    @property
    def written(self) -> str:
        """When it was signed, or the day it was proposed for."""
        return instant(self.signed_at) if self.signed_at else self.proposal.assessment.as_of.isoformat()

    @property
    def plan_value(self) -> str:
        return plan_value(self.plan_id)

    @property
    def request_value(self) -> str:
        return part_value(self.plan_id, "referral")

    @property
    def task_value(self) -> str:
        return part_value(self.plan_id, "task")

    @property
    def provenance_value(self) -> str:
        return part_value(self.plan_id, "provenance")

    def goal_value(self, goal: str) -> str:
        return part_value(self.plan_id, goal)

    def plan_link(self, display: str = "") -> Element:
        """The plan of this edition: the one it writes, or the one that goes on."""
        on = reference(self.care_plan, display, "CarePlan") if self.care_plan else None
        return on or self.link(self.plan_value, "CarePlan", display)

    def link(self, value: str, kind: str, display: str = "") -> Element:
        """Reference to another artifact of this edition by its temporary id."""
        made = reference(urn(value), display, kind)
        if made is None:
            raise ValueError(f"no temporary id for {value}")
        return made


def signed_context(
    signed: SignedPlan, knowledge: Knowledge, app: App, encounter: str = "", organization: str = ""
) -> BuildContext:
    return BuildContext(
        proposal=signed.proposal,
        plan_id=signed.plan_id,
        knowledge=knowledge,
        app=app,
        signer=signed.signer,
        signed_at=signed.signed_at,
        active=signed.active,
        decisions=signed.decisions,
        left_open=signed.left_open,
        replaces=signed.replaces,
        replaces_request=signed.replaces_request,
        signs=signed.signs,
        care_plan=signed.care_plan,
        outcome=signed.outcome,
        encounter=encounter,
        organization=organization,
    )


def unsigned_context(proposal: Proposal, knowledge: Knowledge, app: App) -> BuildContext:
    content = proposal.content_hash or proposal.fingerprint
    whose = proposal.assessment.chart.patient.reference
    return BuildContext(
        proposal=proposal,
        plan_id="proposal-" + sha256(f"{whose}\n{content}".encode()).hexdigest()[:32],
        knowledge=knowledge,
        app=app,
        decisions=proposal.decisions,
    )


def of_resource(resource: Mapping[str, Any]) -> str:
    """``Type/id`` of a resource as read from the EHR."""
    return f"{resource.get('resourceType', '')}/{resource.get('id', '')}"
