"""住宅专项维修资金: owners decide, and the fund pays."""
