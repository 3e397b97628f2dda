"""Calendars as other programs subscribe to them (iCalendar, RFC 5545)."""
