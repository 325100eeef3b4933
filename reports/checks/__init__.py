"""Checks: what the records and the text of a year say against each other, as polite questions."""
