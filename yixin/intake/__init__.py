"""How tables from outside come in: safe reading, cleaned rows, findings, preview, one transaction, undo."""
