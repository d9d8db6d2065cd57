"""What each field does: a folder for each domain over the connectors' ports, beside them what all share."""
