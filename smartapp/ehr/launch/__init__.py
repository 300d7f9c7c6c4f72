"""A launch by the EHR -> a connection: discovery, authorization, tokens and the person who signed in."""
