"""Grids: a community's buildings divided into connected, balanced, compact parts, with a proof of how good a division is.

Pure like the rest of the ground floor: no clock, no chance but a seed, no file. Unlike the rest it reckons with metres,
so it reckons with floats; households and tolerances stay exact.
"""
