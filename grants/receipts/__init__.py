"""What somebody signs who was paid: a page to print, and a Word file."""
