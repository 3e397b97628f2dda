"""Public events: programmes that tour venues, their sessions, sign-up with a waiting list, tickets, the gate, feedback."""
