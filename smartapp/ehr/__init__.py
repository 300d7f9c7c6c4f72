"""The EHR edge: the only room that speaks HTTP to the EHR and knows FHIR resources."""
