"""The pages of residents: reporting, following, being heard."""
