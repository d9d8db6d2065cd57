"""Hospitals: their sites, departments, people and rooms, and what is known of their work."""
