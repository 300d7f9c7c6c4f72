"""Pure medicine: facts of the chart to phase, restrictions, plan and signature; no clock, no network, no FHIR."""
