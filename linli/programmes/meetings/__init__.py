"""会议与决议: a body meets, hears, decides, and what it decided is followed to its end."""
