"""Who was there: the roster of one event, sheets to sign, and who came to which session of a course."""
