"""The upstream systems, simulated: a small town with three hospitals. Imports nothing of what it tests."""
