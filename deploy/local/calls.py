"""How every connector call is carried out: found, perhaps at fault, counted, then done.

Order: what it names is found (404), a waiting fault is applied, rate limits are counted (429); the
work itself then asks the roster (403) and checks the message (400, 413).
"""

import asyncio
from collections.abc import Callable
from typing import Any

from aiohttp import web

from deploy.local.faults import Fault, Kind
from deploy.local.rates import Operation
from deploy.local.refusals import bad_syntax
from deploy.local.stand_in import STAND_IN, StandIn
from deploy.local.world import Chat

Work = Callable[[], web.Response]
_OPERATION: dict[Kind, Operation] = {
    "send": "send",
    "update": "send",
    "delete": "send",
    "create": "create",
    "members": "members",
}


async def read_body(request: web.Request) -> dict[str, Any]:
    """The JSON object that was sent. Refuses anything else: 400."""
    try:
        body = await request.json()
    except ValueError as wrong:
        raise bad_syntax("The body is not JSON.") from wrong
    if not isinstance(body, dict):
        raise bad_syntax("The body is not an object.")
    return body


def named_chat(request: web.Request) -> tuple[StandIn, Chat, str]:
    """The conversation in the path, and the thread. Refuses unknown ones: 404."""
    stand_in = request.app[STAND_IN]
    chat, thread = stand_in.world.find_chat(request.match_info["conversation"])
    return stand_in, chat, thread


async def carry_out(
    request: web.Request, kind: Kind, conversation: str, person: str, work: Work
) -> web.Response:
    """Do the work within the limits, after any fault that waits for this call."""
    stand_in = request.app[STAND_IN]
    await asyncio.sleep(stand_in.settings.latency)
    fault = stand_in.faults.take(kind, person)
    if fault:
        return await _with_fault(request, fault, work)
    tenant = stand_in.world.directory.tenant_id
    stand_in.rates.take(_OPERATION[kind], conversation, tenant)
    return work()


async def _with_fault(request: web.Request, fault: Fault, work: Work) -> web.Response:
    """The call as the fault wants it: perhaps done, perhaps late, perhaps cut off."""
    done = work() if fault.accept else None
    await asyncio.sleep(fault.hang)
    if fault.drop:
        if request.transport:
            request.transport.abort()
        return web.Response()
    if refusal := fault.refusal():
        raise refusal
    return done or work()
