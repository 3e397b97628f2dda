"""Divisions that are being thought about, and the one that is accepted: who may plan, who may look."""

from __future__ import annotations

from linli.rules.roles import COMMUNITY, LEADER, STREET

PLANNERS = frozenset({COMMUNITY.key, STREET.key})
"""Who makes plans and accepts one: the community for itself, its street for it."""
PLAN_READERS = frozenset({LEADER.key})
