"""The pages of deliberation: for everybody the ideas, topics and meetings of a community; for the staff what is to be done next."""

from __future__ import annotations

from linli.faces.web.ways import Way, offer, offer_page, offer_part, offer_posted
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.ideas import IDEA
from linli.programmes.deliberation.pages import council, hub, ideas, staff, topic
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.programmes.deliberation.words import FACILITATOR
from linli.rules.roles import COMMUNITY, STREET
from linli.rules.text import T

WORKING = frozenset((FACILITATOR.key, COMMUNITY.key, STREET.key))
offer("around", Way("deliberation", T("议事协商", "Deliberation"), "messages-square"), after="")
offer("around", Way("ideas", T("金点子", "Ideas"), "lightbulb"), after="deliberation")
offer(
    "public", Way("deliberation", T("议事协商", "Deliberation"), "messages-square", first=False), after="open"
)
offer(
    "staff",
    Way("deliberation-staff", T("议事", "Deliberation"), "messages-square", first=False, roles=WORKING),
    after="cases",
)
for case_type, route in ((IDEA, "idea"), (TOPIC_TYPE, "topic"), (COUNCIL, "council")):
    offer_page(case_type.key, route)
    offer_posted(case_type.key, route)
offer_part(topic.voting_now)
urlpatterns = [*hub.urls, *ideas.urls, *topic.urls, *council.urls, *staff.urls]
