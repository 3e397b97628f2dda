"""Linli 邻里: the programmes of a neighbourhood, defined once, kept in one journal."""

__version__ = "0.1.0"
