"""Cases: the one door, its projections, its clock, and who sees what."""
