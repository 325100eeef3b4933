"""Everything in one file and back again: backup, restore, moving to another database, and the sum that proves it."""

from django.dispatch import Signal

# Sent inside the transaction that put a backup back: whoever keeps something made out of the records makes it anew.
restored = Signal()
