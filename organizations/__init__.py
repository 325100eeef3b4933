"""WHO: regions, organisations and their names, people, contacts, network groups; the public directory."""
