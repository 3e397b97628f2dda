"""Sign-in by a person's own organisation (OpenID Connect): for linked accounts only, and nothing of its answer is kept but the id."""

from __future__ import annotations

from uuid import UUID

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.http import HttpRequest

from linli.people.entries import Change, once, write
from linli.people.models import Account
from linli.rules.actor import Actor


class OrganisationAdapter(DefaultSocialAccountAdapter):
    """The organisations' side of sign-in."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Drop names and addresses that the organisation sent along: they are not ours to keep."""
        sociallogin.account.extra_data = {}
        sociallogin.email_addresses = []

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An organisation's account that is linked to nobody signs nobody in."""
        return False


def link(account: Account, provider: str, uid: str, *, by: Actor, at: int, key: str) -> None:
    """Let an organisation's account (its ``uid`` at the provider of openid.json) sign a person in; an entry."""

    def do(digest: bytes) -> UUID:
        assert account.person_id is not None
        SocialAccount.objects.get_or_create(user=account, provider=provider, uid=uid)
        effect = {"id": str(account.id), "provider": provider}
        write(Change(account.person_id, "organisation-linked", by, at, key, effect), digest)
        return account.id

    once(key, {"do": "link", "account": str(account.id), "provider": provider, "uid": uid}, do)


def ways(request: HttpRequest) -> list[tuple[str, str]]:
    """The organisations by which one can sign in: name and address."""
    providers = OrganisationAdapter().list_providers(request)
    return [(p.name, p.get_login_url(request, process="login")) for p in providers]
