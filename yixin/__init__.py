"""The ground: settings, addresses, and how dates, quantities and names are read. It knows no app."""
