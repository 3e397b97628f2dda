"""Territory: regions, buildings, grids as a dated relation, households and their labels."""
