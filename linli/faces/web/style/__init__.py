"""The style guide at /style/: every partial in every state, with made-up examples."""
