"""How entries of the directory are kept true: links for organisations, what comes back by them, reports of errors."""
