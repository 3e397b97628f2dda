"""议事协商: residents' ideas become topics, topics go to a meeting, decisions become tasks, and who asked hears what came of it."""
