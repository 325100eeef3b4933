"""Standing by an organisation: its story on one page, and the talks that go on with it."""
