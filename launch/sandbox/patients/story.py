"""One patient's Bundle, built line by line in the words of a clinic."""

from __future__ import annotations

from typing import Any

from .vocabulary import BMI, CALCIUM, HL7, PAIN, SMOKING, TOBACCO, VITAMIN_D, Json, Test, concept, tagged

STORY_SYSTEM = "https://loadpath.example/sandbox/story"


class Story:
    """One patient's Bundle, built line by line."""

    def __init__(self, id_: str, story: str):
        self.id, self.story, self.resources = id_, story, []  # type: ignore[var-annotated]
        self.counts: dict[str, int] = {}

    @property
    def subject(self) -> Json:
        return {"reference": f"Patient/{self.id}"}

    def add(self, type_: str, short: str, **elements: Any) -> str:
        self.counts[short] = self.counts.get(short, 0) + 1
        id_ = f"{self.id}-{short}-{self.counts[short]}"
        kept = {key: value for key, value in elements.items() if value is not None}
        self.resources.append({"resourceType": type_, "id": id_, **kept})
        return f"{type_}/{id_}"

    def patient(
        self, family: str, given: str, gender: str, born: str, mrn: str, phone: str, language: str = "en English"
    ) -> Story:
        code, _, words = language.partition(" ")
        mr = {"coding": [{"system": f"{HL7}/v2-0203", "code": "MR", "display": "Medical record number"}]}
        self.resources.append(
            {
                "resourceType": "Patient",
                "id": self.id,
                "identifier": [{"use": "usual", "type": mr, "system": "https://riverside.example/mrn", "value": mrn}],
                "active": True,
                "name": [{"use": "official", "family": family, "given": given.split()}],
                "telecom": [{"system": "phone", "value": phone, "use": "home"}],
                "gender": gender,
                "birthDate": born,
                "communication": [
                    {
                        "language": {
                            "coding": [{"system": "urn:ietf:bcp:47", "code": code, "display": words}],
                            "text": words,
                        },
                        "preferred": True,
                    }
                ],
                "managingOrganization": {"reference": "Organization/riverside-bone-health"},
            }
        )
        return self

    def visit(self, when: str, reason: str, kind: str = "AMB", words: str = "ambulatory") -> str:
        return self.add(
            "Encounter",
            "visit",
            status="finished",
            **{"class": {"system": f"{HL7}/v3-ActCode", "code": kind, "display": words}},
            type=[{"text": reason}],
            subject=self.subject,
            participant=[{"individual": {"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"}}],
            period={"start": f"{when}T09:30", "end": f"{when}T10:10"},
        )

    def problem(
        self,
        text: str,
        *codings: tuple[str, str, str],
        onset: str | None = None,
        recorded: str | None = None,
        status: str = "active",
        abated: str | None = None,
        category: str = "problem-list-item",
        encounter: str | None = None,
        site: str | None = None,
    ) -> str:
        return self.add(
            "Condition",
            "problem",
            clinicalStatus=tagged("condition-clinical", status),
            verificationStatus=tagged("condition-ver-status", "confirmed"),
            category=[tagged("condition-category", category)],
            code=concept(text, *codings),
            bodySite=[{"text": site}] if site else None,
            subject=self.subject,
            encounter={"reference": encounter} if encounter else None,
            onsetDateTime=onset,
            abatementDateTime=abated,
            recordedDate=recorded,
            recorder={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
        )

    def observe(self, test: Test, category: str, when: str, short: str, **elements: Any) -> str:
        code, name, spoken = test
        return self.add(
            "Observation",
            short,
            status="final",
            category=[tagged("observation-category", category)],
            code=concept(spoken, ("loinc", code, name)),
            subject=self.subject,
            effectiveDateTime=when,
            **elements,
        )

    def measure(
        self,
        test: Test,
        category: str,
        when: str,
        short: str,
        value: float,
        unit: str,
        ucum: str | None = None,
        **more: Any,
    ) -> str:
        quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": ucum or unit}
        return self.observe(test, category, when, short, valueQuantity=quantity, **more)

    def score(self, test: Test, value: float, when: str, site: str | None = None, note: str | None = None) -> None:
        unit = "T-Score" if "T-score" in test[1] else "Z-Score"
        where = {"text": site} if site else None
        self.measure(
            test, "imaging", when, "dxa", value, unit, "1", bodySite=where, note=[{"text": note}] if note else None
        )

    def vitamin_d(self, value: float, when: str, unit: str = "ng/mL") -> None:
        self.measure(VITAMIN_D[unit], "laboratory", f"{when}T08:05", "lab", value, unit)

    def calcium(self, value: float, when: str) -> None:
        self.measure(CALCIUM, "laboratory", f"{when}T08:05", "lab", value, "mg/dL")

    def pain(self, value: int, when: str) -> None:
        self.measure(PAIN, "survey", f"{when}T09:40", "pain", value, "{score}")

    def background(self, bmi: float, smoking: str = "never", when: str = "@-30d") -> None:
        """Body mass index, smoking, and everyday things no plan depends on."""
        self.measure(BMI, "vital-signs", f"{when}T09:35", "bmi", bmi, "kg/m2")
        code, display = SMOKING[smoking]
        value = concept(display, ("sct", code, display))
        self.observe(TOBACCO, "social-history", when, "smoking", valueCodeableConcept=value)
        self.add(
            "Immunization", "shot", status="completed", vaccineCode={"text": "Influenza vaccine, this season"},
            patient=self.subject, occurrenceDateTime="@-2m",
        )  # fmt: skip

    def procedure(self, text: str, when: str, *codings: tuple[str, str, str], site: str | None = None) -> str:
        return self.add(
            "Procedure",
            "procedure",
            status="completed",
            code=concept(text, *codings),
            subject=self.subject,
            performedDateTime=when,
            bodySite=[{"text": site}] if site else None,
        )

    def medication(self, text: str, dose: str, when: str, status: str = "active") -> str:
        return self.add(
            "MedicationRequest",
            "medication",
            status=status,
            intent="order",
            medicationCodeableConcept={"text": text},
            subject=self.subject,
            authoredOn=when,
            requester={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
            dosageInstruction=[{"text": dose}],
        )

    def bundle(self) -> Json:
        tag = {"system": STORY_SYSTEM, "code": self.id, "display": self.story}
        entries = [{"resource": resource} for resource in self.resources]
        return {"resourceType": "Bundle", "meta": {"tag": [tag]}, "type": "collection", "entry": entries}
