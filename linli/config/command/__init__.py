"""The command line put together."""
