"""居民诉求: a resident's demand goes from report to close-out."""
