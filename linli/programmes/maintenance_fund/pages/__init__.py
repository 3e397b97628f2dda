"""The pages of the fund: for everybody what is posted, for an owner what it costs him and his ballot, for the staff uses and books."""

from __future__ import annotations

from linli.programmes.maintenance_fund.pages import owner, public, staff

urlpatterns = [*public.urls, *owner.urls, *staff.urls]
