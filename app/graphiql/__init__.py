"""GraphiQL, built from npm packages at set-up and served without any outside address."""
