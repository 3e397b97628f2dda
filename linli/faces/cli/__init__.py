"""The command line: what it prints others rely on."""
