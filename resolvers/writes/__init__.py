"""What all writes share: checks of what was sent, done once, on record, and the answer's form."""
