"""The balances of a row, and its status: what the figures of one region say about each other.

Received 450, paid 470, paid back by providers 30, returned 0: the balance is 450 - (470 - 30) = 10.
The first status that holds is the row's: disputed, incomplete, over, under, matched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from budgettool.findings import Finding
from budgettool.period import Period

from .answer import ALLOCATION_OF_YEAR, NOT_STATED, UNSTATED, ZERO, Amount, added, negated
from .contrasts import DISPUTES
from .tolerance import Limit, exceeds

STATUSES = ("disputed", "incomplete", "over", "under", "matched")
"""In the order in which they are tried."""

LINKS = (
    ("allocation", "transfer"),
    ("transfer", "receipt"),
    ("allocation", "commitment"),
    ("commitment", "disbursement"),
    ("receipt", "disbursement"),
    ("allocation", "disbursement"),
    ("disbursement", "expenditure"),
)
"""Upstream and downstream: the second may not exceed the first."""

Look: TypeAlias = Callable[[str], Amount]


def balances(amounts: Mapping[str, Amount], period: Period, *, of_year: bool) -> dict[str, Amount]:
    """The three balances. Of a year's plan, what a later part of the year leaves unpaid can't be told from that part alone."""
    allocation = amounts.get("allocation", UNSTATED)
    if of_year and (period.first.month, period.first.day) != (1, 1):
        unpaid = uncommitted = Amount(reason=ALLOCATION_OF_YEAR)
    else:
        unpaid = _less(allocation, amounts.get("disbursement", UNSTATED))
        uncommitted = _less(allocation, amounts.get("commitment", UNSTATED))
    return {"balance": _balance(amounts), "plan_unpaid": unpaid, "plan_uncommitted": uncommitted}


def _less(one: Amount, *others: Amount) -> Amount:
    """One amount less others; None, with the first reason, where one of them is."""
    amounts = [one, *(negated(other) for other in others)]
    return next((amount for amount in amounts if amount.value is None), None) or added(amounts)


def _balance(amounts: Mapping[str, Amount]) -> Amount:
    """Money that should still be there; a refund or recovery that nobody states is none."""
    received = _received(amounts)
    back = [amounts.get(name, UNSTATED) for name in ("refund", "recovery")]
    refund, recovery = (Amount(ZERO) if each.reason == NOT_STATED else each for each in back)
    return _less(received, amounts.get("disbursement", UNSTATED), refund, negated(recovery))


def _received(amounts: Mapping[str, Amount]) -> Amount:
    receipt = amounts.get("receipt", UNSTATED)
    return amounts.get("transfer", UNSTATED) if receipt.value is None and receipt.reason == NOT_STATED else receipt


def status(
    amounts: Mapping[str, Amount],
    findings: Iterable[Finding],
    wanted: Iterable[str],
    limits: Mapping[str, Limit],
    again: Look | None = None,
) -> str:
    """The first status that holds. `wanted` are the links that may not be null; `again` looks a measure up since 1 January."""
    if any(finding.code in DISPUTES for finding in findings):
        return "disputed"
    if any(amounts.get(link, UNSTATED).value is None for link in wanted):
        return "incomplete"
    if any(_is_over(amounts, link, limits, again) for link in LINKS):
        return "over"
    return "under" if beyond(amounts.get("transfer", UNSTATED), amounts.get("receipt", UNSTATED), limits) else "matched"


def _is_over(amounts: Mapping[str, Amount], link: tuple[str, str], limits: Mapping[str, Limit], again: Look | None) -> bool:
    """Whether money went further than the link before it allows, since January where that is known: March's money may be paid in May."""
    if again is not None and link != ("transfer", "receipt"):
        upstream, downstream = again(link[0]), _net(again, link[1])
        if upstream.value is not None and downstream.value is not None:
            return beyond(downstream, upstream, limits)
    return beyond(_net(amounts.get, link[1]), amounts.get(link[0], UNSTATED), limits)


def _net(look: Callable[[str], Amount | None], measure: str) -> Amount:
    """An amount; of what was paid, what providers paid back is taken off."""
    amount = look(measure) or UNSTATED
    recovery = look("recovery") or UNSTATED
    return _less(amount, recovery) if measure == "disbursement" and recovery.value is not None else amount


def beyond(upper: Amount, lower: Amount, limits: Mapping[str, Limit]) -> bool:
    """Whether the first amount is larger than the second beyond tolerance; no where one is null."""
    if upper.value is None or lower.value is None:
        return False
    return exceeds(upper.value, lower.value, upper.spread + lower.spread, limits)
