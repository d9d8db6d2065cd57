"""Connectors: the hospitals' own interfaces behind vendor-neutral records and ports."""
