"""The demonstration community: invented people on an invented map, made from a seed through the same door as
everything.
"""
