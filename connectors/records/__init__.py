"""Vendor-neutral records, one file per domain: what connectors return and the schema shows."""
