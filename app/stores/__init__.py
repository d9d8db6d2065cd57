"""Where the process keeps things: in memory, or in Redis when several replicas share them."""
