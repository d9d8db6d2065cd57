"""Examinations, laboratory tests and nucleic-acid tests: what can be done where and when, and booking it."""
