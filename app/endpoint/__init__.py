"""GraphQL over HTTP: what comes in, what goes out, and with which status."""
