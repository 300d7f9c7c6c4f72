"""Tests mirror the rooms of smartapp; journey goes through the front door, quality holds the house rules."""
