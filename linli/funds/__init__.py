"""The books of the money of owners: vouchers, balances, titles, and the authorities by which money may leave the bank."""
