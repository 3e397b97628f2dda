"""普法与公共法律服务: partners and their hours, sessions to book, questions with answers, law that comes to the door."""
