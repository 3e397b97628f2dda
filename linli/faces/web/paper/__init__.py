"""Sheets of paper: what is on one is said once, in points from its upper left corner, and written as SVG or as PDF."""
