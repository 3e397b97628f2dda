"""Books kept twice over: accounts, vouchers, and the gate before every payment.

Money is whole cents. A leg above zero is a debit (借), below zero a credit (贷); the legs of a voucher sum to exactly zero.
"""
