"""Search: bigrams of our own, because neither database finds two-character Chinese words."""
