"""What the town is drawn from: departments, illnesses, drugs, tests. All of it invented or textbook."""
