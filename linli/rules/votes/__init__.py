"""How owners decide together: who is a head, which ballot counts, what the law asks, and what would decide it differently.

Areas are whole numbers of 0.01 m². A share is two whole numbers, and what it asks is compared by multiplying out. There is no
division anywhere, so exactly two thirds are two thirds.
"""
