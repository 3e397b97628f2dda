"""Shapes as files hold them: read into the same rows as a spreadsheet's, and written."""
