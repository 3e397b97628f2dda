"""入户走访: household visits, what was met with, asked and promised."""
