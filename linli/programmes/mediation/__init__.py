"""Mediation: weekly checks that find disputes, mediators, and disputes from the application to the last visit afterwards."""
