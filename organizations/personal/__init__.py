"""What is kept about one person: shown to them, taken out on their word, or forgotten once it is old."""
