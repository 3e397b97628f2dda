"""The face that writes spreadsheets: what a list shows, as a file for the office."""
