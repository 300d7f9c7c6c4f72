"""FHIR JSON on both sides of the line, without a network: what an EHR sent -> Chart, SignedPlan -> resources."""
