"""The process: HTTP, identity, settings, back ends, command line."""
