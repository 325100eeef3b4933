"""Tells those who keep something beside the records that many of them were written at once.

``bulk_create`` and ``bulk_update`` send no signal of Django's: whoever uses them on records that others may follow
sends ``rows_written`` with the model as its sender and ``records``, inside the same transaction.
"""

from django.dispatch import Signal

rows_written = Signal()
