"""CDS Hooks as JSON: what Loadpath offers, the calls it is sent, the cards and outcomes it answers with, feedback.

CDS Hooks 2.0, with what the ballot of 3.0 adds; a card of one is a card of the other.
"""
