"""Every code with which deliberation refuses, in the words that people read; what decides stands in the file of each case type."""

from __future__ import annotations

from linli.programmes.deliberation import council_rules, idea_rules, task_rules, topic_rules, voting

REFUSALS = {
    **idea_rules.REFUSALS,
    **topic_rules.REFUSALS,
    **voting.REFUSALS,
    **council_rules.REFUSALS,
    **task_rules.REFUSALS,
}
