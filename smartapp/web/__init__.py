"""Requests of browsers and EHRs -> pages. The only room that knows Flask; the rest of Loadpath reaches it as values."""
