"""Renderers: from finished tables to the files they are handed out in. They only format."""
