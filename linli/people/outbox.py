"""Messages leave from here after the commit. Recipient and text stand sealed, and nowhere once the message is out.

``settings.LINLI_SMS`` names the channel: an apprise address with ``{phone}`` where the number belongs, such as a text-message
service or an organisation's gateway. Without it messages go to the console channel, which says that one left and neither the
number nor the text.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from uuid import UUID

import apprise
from django.conf import settings
from django.db import transaction
from django.db.models import F

from linli.people.contact import is_mobile, phone_of
from linli.people.keys import seal, unseal
from linli.people.models import Message
from linli.people.refusals import refused
from linli.rules.ids import new_id

CONSOLE, SMS = "console", "sms"
TRIES = 5
log = logging.getLogger(__name__)
# Its own lines name the recipient's address.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)


def put(*, phone: str, text: str, purpose: str, person: UUID | None, at: int) -> UUID:
    """Lay a message ready; it is sent once the transaction is committed. ``at`` is µs UTC.

    Raises: Refused ``bad-phone``, ``not-mobile``.
    """
    number = phone_of(phone)
    if not is_mobile(number):
        raise refused("not-mobile", field="phone")
    message = Message.objects.create(
        id=new_id(),
        person=person,
        channel=SMS if settings.LINLI_SMS else CONSOLE,
        purpose=purpose,
        recipient_sealed=seal(number),
        text_sealed=seal(text),
        made=at,
    )
    transaction.on_commit(partial(send, message.id), robust=True)
    return message.id


def send(message: UUID) -> bool:
    """Try to send one message; True when it is out. One that failed waits for the next try, TRIES times at most.

    The try is noted before and the end after the network is used, so that no lock is held meanwhile and no two processes
    send the same message.
    """
    row = Message.objects.filter(id=message, sent=None, tries__lt=TRIES).first()
    if row is None or not Message.objects.filter(id=message, tries=row.tries).update(tries=F("tries") + 1):
        return False
    if not _CHANNELS[row.channel](row):
        return False
    now = time.time_ns() // 1000
    Message.objects.filter(id=message).update(sent=now, recipient_sealed="", text_sealed="")
    return True


def send_waiting(at_most: int = 200) -> int:
    """Send what still waits, the oldest first; gives how many are out. For the clock."""
    waiting = (
        Message.objects.filter(sent=None, tries__lt=TRIES).order_by("made", "id").values_list("id", flat=True)
    )
    return sum(send(i) for i in list(waiting[:at_most]))


def _console(row: Message) -> bool:
    log.info("message %s (%s) handed to the console channel", row.id, row.purpose)
    return True


def _sms(row: Message) -> bool:
    gateway = apprise.Apprise()
    if not gateway.add(settings.LINLI_SMS.replace("{phone}", unseal(row.recipient_sealed))):
        log.error("LINLI_SMS is no address that messages can be sent to; message %s waits", row.id)
        return False
    out = bool(gateway.notify(body=unseal(row.text_sealed)))
    log.log(
        logging.INFO if out else logging.WARNING,
        "message %s (%s) %s",
        row.id,
        row.purpose,
        "sent" if out else "failed",
    )
    return out


_CHANNELS: dict[str, Callable[[Message], bool]] = {CONSOLE: _console, SMS: _sms}
