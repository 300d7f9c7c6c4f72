"""The sandbox's own patients: one readable Bundle per story, and the script that writes them."""
