"""What each field does: one file per domain over the connectors' ports."""
