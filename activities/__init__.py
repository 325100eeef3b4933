"""WHAT happened: work areas, events and who came, courses, engagements, surveys and visits."""
