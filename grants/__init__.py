"""MONEY: what funders give us, what we give on, what was paid."""
