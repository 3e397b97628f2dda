"""The rules of the house: sizes, names, floors, purity, clean files. No file or function is exempt by name."""
