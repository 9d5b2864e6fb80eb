"""Stories that show the tool at work: each folder has an inbox, its commands, and what they print."""
