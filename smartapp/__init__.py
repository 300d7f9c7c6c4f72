"""Loadpath: rehabilitation phase, movement restrictions and physical-therapy referral from the patient's chart."""
