"""Two entries that are one organisation: found, laid side by side, merged, and taken apart again."""
