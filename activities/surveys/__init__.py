"""The staff's work with surveys: whom we still go to see, what the visits found, and what they cost."""
