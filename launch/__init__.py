"""The EHR's side of the door: how an EHR registers and opens Loadpath, and a sandbox EHR to try it against."""
