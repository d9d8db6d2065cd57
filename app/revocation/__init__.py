"""Ends tokens before they expire."""
