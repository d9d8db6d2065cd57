"""Peers: the same operation in other GraphQL servers, as small applications with their documented fast settings."""
