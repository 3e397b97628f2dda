"""The pages of the volunteers: help in large letters, teams and services for residents, the captain's page, certificates, the desk."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_opening, offer_page
from linli.programmes.volunteering.certificate import CERTIFICATE
from linli.programmes.volunteering.helping import HELP
from linli.programmes.volunteering.pages import captain, certificates, desk, helping, joined
from linli.rules.text import T

offer("around", Way("volunteer", T("志愿服务", "Volunteering"), "heart-handshake"), after="")
offer("mine", Way("volunteer-hours", T("我的志愿时长", "My volunteer hours"), "heart-handshake"), after="")
offer(
    "public",
    Way("volunteer-check", T("核对志愿证明", "Check a certificate"), "badge-check", first=False),
    after="open-verify",
)
offer(
    "staff",
    Way("staff-volunteering", T("志愿", "Volunteers"), "heart-handshake", first=False, roles=desk.OFFERED),
    after="cases",
)
offer_page(HELP.key, "help-mine")
offer_page(CERTIFICATE.key, "volunteer-certificate")
offer_opening(HELP.key, "help", first=True)
urlpatterns = [*helping.urls, *joined.urls, *captain.urls, *certificates.urls, *desk.urls]
