"""SignedPlan -> Receipt: a write method for each artifact, and the engine that brings it into the EHR exactly once."""
