"""What hospitals tell: messages and notices, education, whom they want to hear from."""
