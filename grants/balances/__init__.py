"""How much of a funding is left, and the page that shows it."""
