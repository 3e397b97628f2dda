"""The reference: pages drawn from the definitions themselves. ``make docs`` writes them, a test compares them."""
