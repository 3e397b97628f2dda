"""The journal: what happened, appended, chained, anchored; nothing else in Linli decides what is true."""
