"""What every vendor package is built from: calls, envelopes, mappings, the way to a hospital."""
