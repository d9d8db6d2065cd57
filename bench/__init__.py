"""Benchmarks: ours beside other GraphQL servers, over the same mock hospitals."""
