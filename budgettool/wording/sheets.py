"""The words of a return: column headings, titles with their sheets' names, and the fixed lines of a form.

A heading is a tuple of levels, the spanning one first: `План финансирования на отчетный период › по
платежам` is one column under a merged cell. The source of the words is usage in the forms of the
treasury and of the ministry; § 1 of the officer's notes is where they were gathered.
"""

from __future__ import annotations

from dataclasses import dataclass

from budgettool.wording.words import Message


@dataclass(frozen=True, slots=True)
class Title:
    """What a return is called, and its sheet: at most 31 letters, as a spreadsheet allows."""

    text: Message
    sheet: Message


_PLAN = Message("heading", "Financing plan for the reporting period")
_ADVANCE = Message("heading", "Advance")
_PAID = Message("heading", "Obligations paid (cash expenditure)")
_COST = Message("heading", "Expenditure per recipient")
_PEOPLE = Message("heading", "Recipients of services, people")
_OF_YEAR = Message("heading", "since the start of the year")
_OF_MONTH = Message("heading", "in the reporting month")

HEADINGS: dict[str, tuple[Message, ...]] = {
    "number": (Message("heading", "No."),),
    "region": (Message("heading", "Name of region"),),
    "territory": (Message("heading", "Comparable territory"),),
    "programme": (Message("heading", "Budget programme (code)"),),
    "provider": (Message("heading", "Service provider (NGO)"),),
    "bin": (Message("heading", "BIN"),),
    "funding": (Message("heading", "Source of funding"),),
    "contract": (Message("heading", "No. and date of contract"),),
    "contract.sum": (Message("heading", "Sum of contract"),),
    "period": (Message("heading", "Period"),),
    "year": (Message("heading", "Year"),),
    "allocation": (Message("heading", "Plan of the year"),),
    "allocation.approved": (Message("heading", "Approved plan of the year"),),
    "allocation.revised": (Message("heading", "Revised plan of the year"),),
    "allocation.corrected": (Message("heading", "Corrected plan of the year"),),
    "allocation.plan_obligations": (_PLAN, Message("heading", "by obligations")),
    "allocation.plan_payments": (_PLAN, Message("heading", "by payments")),
    "transfer": (Message("heading", "Transferred from the republican budget"),),
    "transfer.district": (Message("heading", "Passed on to districts (cities)"),),
    "receipt": (Message("heading", "Received by the local budget"),),
    "commitment": (Message("heading", "Obligations accepted"),),
    "not_accepted": (Message("heading", "Obligations not accepted"),),
    "acceptance": (Message("heading", "Accepted by acts of services given"),),
    "advance": (_ADVANCE, Message("heading", "paid")),
    "advance.settled": (_ADVANCE, Message("heading", "settled by acts")),
    "disbursement": (_PAID,),
    "disbursement.year": (_PAID, _OF_YEAR),
    "disbursement.month": (_PAID, _OF_MONTH),
    "unpaid": (Message("heading", "Obligations not paid"),),
    "expenditure": (Message("heading", "Spent by NGO"),),
    "recovery": (Message("heading", "Paid back by the provider (restored)"),),
    "refund": (Message("heading", "Returned to the republican budget"),),
    "balance": (Message("heading", "Balance of money received"),),
    "plan_unpaid": (Message("heading", "Balance of the plan"),),
    "plan_uncommitted": (Message("heading", "Balance of obligations not accepted"),),
    "execution": (Message("heading", "Execution of the plan of the year, %"),),
    "execution.period": (Message("heading", "Execution of the plan of the period, %"),),
    "recipients": (_PEOPLE,),
    "recipients.served": (_PEOPLE, Message("heading", "served")),
    "recipients.planned": (_PEOPLE, Message("heading", "planned")),
    "recipients.month": (_PEOPLE, _OF_MONTH),
    "recipients.year": (_PEOPLE, _OF_YEAR),
    "recipients.new": (_PEOPLE, Message("heading", "of them for the first time")),
    "recipients.repeat": (_PEOPLE, Message("heading", "again")),
    "recipients.opening": (Message("heading", "Present at the start"),),
    "recipients.admitted": (Message("heading", "Admitted"),),
    "recipients.discharged": (Message("heading", "Discharged"),),
    "recipients.closing": (Message("heading", "Present at the end of the period"),),
    "yearly_counts": (Message("heading", "Sum of yearly counts, people"),),
    "recipients_basis": (Message("heading", "Basis of the count"),),
    "episodes": (Message("heading", "Admissions"),),
    "person_days": (Message("heading", "Bed-days"),),
    "services": (Message("heading", "Services, number"),),
    "compensation": (Message("heading", "Compensation to victims"),),
    "per_capita": (_COST,),
    "per_capita.KZT": (_COST, Message("heading", "tenge")),
    "per_capita.USD": (_COST, Message("heading", "US dollars")),
    "amount.KZT": (Message("heading", "Amount, tenge"),),
    "amount.USD": (Message("heading", "Amount, US dollars"),),
    "reason": (Message("heading", "Reasons of non-execution"),),
    "note": (Message("heading", "Note"),),
    "status": (Message("heading", "Status"),),
    "measure": (Message("heading", "Measure"),),
    "value": (Message("heading", "Value"),),
    "unit": (Message("heading", "Unit"),),
    "from": (Message("heading", "From"),),
    "to": (Message("heading", "To"),),
    "rate": (Message("heading", "Rate, tenge"),),
    "rate.kind": (Message("heading", "Kind of rate"),),
    "rate.date": (Message("heading", "Date of rate"),),
    "rate.basis": (Message("heading", "Basis of rate"),),
    "source": (Message("heading", "Source"),),
    "code": (Message("heading", "Code"),),
    "severity": (Message("heading", "Severity"),),
    "place": (Message("heading", "Place"),),
    "message": (Message("heading", "Finding"),),
    "hint": (Message("heading", "What to do"),),
    "file": (Message("heading", "File"),),
    "sha256": (Message("heading", "Digest (SHA-256)"),),
    "entries": (Message("heading", "Figures"),),
}
"""By key: the columns of returns, of the blank forms, and of the lists behind a return."""

MEASURES: dict[str, Message] = {
    "allocation": Message("measure", "plan"),
    "allocation.approved": Message("measure", "approved plan"),
    "allocation.revised": Message("measure", "revised plan"),
    "allocation.corrected": Message("measure", "corrected plan"),
    "allocation.plan_obligations": Message("measure", "plan by obligations"),
    "allocation.plan_payments": Message("measure", "plan by payments"),
    "transfer": Message("measure", "transferred"),
    "transfer.district": Message("measure", "passed on to districts"),
    "receipt": Message("measure", "received"),
    "commitment": Message("measure", "contracted"),
    "acceptance": Message("measure", "accepted by acts"),
    "advance": Message("measure", "paid in advance"),
    "advance.settled": Message("measure", "advance settled"),
    "disbursement": Message("measure", "paid"),
    "expenditure": Message("measure", "spent by NGO"),
    "recovery": Message("measure", "paid back by provider"),
    "refund": Message("measure", "returned to the republican budget"),
    "recipients": Message("measure", "recipients"),
    "recipients.planned": Message("measure", "recipients planned"),
    "recipients.new": Message("measure", "recipients, first time"),
    "recipients.repeat": Message("measure", "recipients, again"),
    "recipients.opening": Message("measure", "recipients at the start"),
    "recipients.admitted": Message("measure", "recipients admitted"),
    "recipients.discharged": Message("measure", "recipients discharged"),
    "recipients.closing": Message("measure", "recipients at the end"),
    "episodes": Message("measure", "admissions"),
    "person_days": Message("measure", "bed-days"),
    "services": Message("measure", "services"),
    "compensation": Message("measure", "compensation"),
    "balance": Message("measure", "balance"),
    "plan_unpaid": Message("measure", "plan not paid"),
    "plan_uncommitted": Message("measure", "plan not contracted"),
    "per_capita": Message("measure", "cost of one recipient"),
}
"""Short names, for narrow tables and within sentences."""

TITLES: dict[str, Title] = {
    "consolidated": Title(
        Message(
            "title",
            "Consolidated report on the execution of targeted current transfers from the republican budget"
            " for placing the state social order with non-governmental organisations",
        ),
        Message("sheet", "Consolidated"),
    ),
    "regional": Title(
        Message("title", "Report on the execution of targeted current transfers by budget programmes and service providers"),
        Message("sheet", "Region"),
    ),
    "providers": Title(
        Message("title", "Statement on the financing of non-governmental organisations under contracts of the state social order"),
        Message("sheet", "Providers"),
    ),
    "donor": Title(
        Message("title", "Information on the financing and results of the state social order, in US dollars"),
        Message("sheet", "For donors"),
    ),
    "recipients": Title(Message("title", "Statement on the recipients of special social services"), Message("sheet", "Recipients")),
    "reconciliation": Title(Message("title", "Results of the reconciliation of figures"), Message("sheet", "Reconciliation")),
    "dynamics": Title(Message("title", "Dynamics of financing and of coverage with services, {period}"), Message("sheet", "Dynamics")),
    "findings": Title(Message("title", "Findings"), Message("sheet", "Findings")),
    "rates": Title(Message("title", "Exchange rates"), Message("sheet", "Exchange rates")),
    "sources": Title(Message("title", "Sources of data"), Message("sheet", "Sources of data")),
}

LINES: dict[str, Message] = {
    "form.to": Message("line", "Submitted to: {organisation}"),
    "form.posted": Message("line", "The form is posted on the internet resource: {address}"),
    "form.name": Message("line", "Name of form"),
    "form.index": Message("line", "Index of form"),
    "form.monthly": Message("line", "Frequency: monthly"),
    "form.period": Message("line", "Reporting period: {period}"),
    "form.who": Message("line", "Circle of persons that submit the information"),
    "form.when": Message("line", "Term of submission: by day {day} of the month after the reporting one"),
    "total.region": Message("line", "Total for the region"),
    "including": Message("line", "including:"),
    "of them": Message("line", "of them:"),
    "e-sign": Message("line", "Signed with an electronic digital signature"),
    "approve": Message("line", "Approved"),
    "agreed": Message("line", "Agreed"),
}
"""The fixed lines of a form that is filled in; those of a return stand where it is made."""

NON_EXECUTION: tuple[Message, ...] = (
    Message("reason", "savings in procurement"),
    Message("reason", "the tender did not take place"),
    Message("reason", "the contract was signed later than planned"),
    Message("reason", "the acts arrived after the reporting date"),
    Message("reason", "no valid licence"),
    Message("reason", "fewer recipients than planned"),
)
"""Reasons of non-execution for the drop-down list of a form."""
