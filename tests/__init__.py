"""What Linli promises, checked: one folder per floor, `house/` for the rules of the house itself."""
