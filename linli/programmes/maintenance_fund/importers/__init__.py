"""The tables of the maintenance fund that others keep: homes with their owners, and the bank's lists of deposits.

The rows of a file become one act for each account, so that the register tells in one entry what came in with it. A row that stands in
the account already is left as it is.
"""

from __future__ import annotations

from linli.programmes.maintenance_fund.importers.deposits import DEPOSITS
from linli.programmes.maintenance_fund.importers.titles import TITLES

TABLES = (TITLES, DEPOSITS)
