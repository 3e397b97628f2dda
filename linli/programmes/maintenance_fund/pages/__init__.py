"""The pages of the fund: for everybody what is posted, for an owner what it costs him and his ballot, for the staff uses and books."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_page, offer_part, offer_posted
from linli.programmes.maintenance_fund.pages import owner, public, staff, years
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from linli.rules.text import T

offer("mine", Way("mine-fund", T("维修资金", "Maintenance fund"), "wallet"), after="")
offer_page(USE.key, "mine-fund-use")
offer_posted(USE.key, "fund-use")
offer_page(SERVICE_YEAR.key, "fund-year")
offer_part(public.voting_now)
urlpatterns = [*public.urls, *owner.urls, *staff.urls, *years.urls]
