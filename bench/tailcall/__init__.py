"""Posts with their users: the scenario of the public tailcall GraphQL benchmarks, served by our machinery."""
