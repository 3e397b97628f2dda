"""Tests of public events."""
