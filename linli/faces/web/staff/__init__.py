"""The pages of those who work: today, the cases, one case, the ledger, the figures."""
