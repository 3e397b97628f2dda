"""The pages of meetings: a member's own, the secretary's screen, what is printed, what everybody may read."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_page, offer_part
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.pages import convening, member, paper, public, staff
from linli.rules.text import T

offer("mine", Way("mine-meetings", T("我的会议", "My meetings"), "presentation"), after="")
offer("around", Way("meetings", T("会议与决议", "Meetings"), "scroll-text"), after="")
offer("public", Way("meetings", T("会议与决议", "Meetings"), "scroll-text"), after="open")
offer_page(ASSEMBLY.key, "mine-meeting")
offer_part(member.waiting)
urlpatterns = [*public.urls, *member.urls, *staff.urls, *convening.urls, *paper.urls]
