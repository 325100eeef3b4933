"""Who may see and do what: roles, and which columns hold personal or sensitive data."""
