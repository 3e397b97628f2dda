"""The pages for everybody: figures, the community's map, the proof of the journal. Nothing personal stands on them."""
