"""The programme of meetings: its demonstration, its acts that other acts cause, its pages."""
