"""THE YEAR: how it is counted, the tables it makes, and the files they are handed out in."""
