"""The words of returns, tables and sentences: every English message that is not in `findings.toml`, by key.

A key is a measure, `measure.version`, a status, a line of a form. The English text is the source of the
catalogues; a context (`heading`, `status` ...) parts equal English words that other languages part too.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """An English text with the context that tells a translator where it stands."""

    context: str
    text: str


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted: `{count:row}` prints 1 row, 5 rows; a language has as many forms as it needs."""

    one: str
    many: str


# ---- months, days, spans

MONTHS = (
    Message("month", "January"),
    Message("month", "February"),
    Message("month", "March"),
    Message("month", "April"),
    Message("month", "May"),
    Message("month", "June"),
    Message("month", "July"),
    Message("month", "August"),
    Message("month", "September"),
    Message("month", "October"),
    Message("month", "November"),
    Message("month", "December"),
)
MONTHS_OF_DAY = (
    Message("month of a day", "January"),
    Message("month of a day", "February"),
    Message("month of a day", "March"),
    Message("month of a day", "April"),
    Message("month of a day", "May"),
    Message("month of a day", "June"),
    Message("month of a day", "July"),
    Message("month of a day", "August"),
    Message("month of a day", "September"),
    Message("month of a day", "October"),
    Message("month of a day", "November"),
    Message("month of a day", "December"),
)
MONTHS_AS_OF = (
    Message("month, as of a day", "January"),
    Message("month, as of a day", "February"),
    Message("month, as of a day", "March"),
    Message("month, as of a day", "April"),
    Message("month, as of a day", "May"),
    Message("month, as of a day", "June"),
    Message("month, as of a day", "July"),
    Message("month, as of a day", "August"),
    Message("month, as of a day", "September"),
    Message("month, as of a day", "October"),
    Message("month, as of a day", "November"),
    Message("month, as of a day", "December"),
)
MONTHS_WITHIN = (
    Message("month, within", "January"),
    Message("month, within", "February"),
    Message("month, within", "March"),
    Message("month, within", "April"),
    Message("month, within", "May"),
    Message("month, within", "June"),
    Message("month, within", "July"),
    Message("month, within", "August"),
    Message("month, within", "September"),
    Message("month, within", "October"),
    Message("month, within", "November"),
    Message("month, within", "December"),
)
DAYS = Message("day", "{day} {month} {year}")
AS_OF = Message("day", "as of {day} {month} {year}")
SPANS = {
    "month": Message("span", "{month} {year}"),
    "months": Message("span", "{first}–{last} {year}"),
    "quarter": Message("span", "quarter {quarter} of {year}"),
    "year": Message("span", "{year}"),
    "years": Message("span", "{first}–{last}"),
}
SPANS_WITHIN = {
    "month": Message("span, within", "{month} {year}"),
    "months": Message("span, within", "{first}–{last} {year}"),
    "quarter": Message("span, within", "quarter {quarter} of {year}"),
    "year": Message("span, within", "{year}"),
    "years": Message("span, within", "{first}–{last}"),
}

# ---- what is counted, and in what

NOUNS = {
    "row": Noun("{n} row", "{n} rows"),
    "cell": Noun("{n} cell", "{n} cells"),
    "sheet": Noun("{n} sheet", "{n} sheets"),
    "table": Noun("{n} table", "{n} tables"),
    "file": Noun("{n} file", "{n} files"),
    "entry": Noun("{n} figure", "{n} figures"),
    "digit": Noun("{n} digit", "{n} digits"),
    "day": Noun("{n} day", "{n} days"),
    "month": Noun("{n} month", "{n} months"),
    "region": Noun("{n} region", "{n} regions"),
    "person": Noun("{n} person", "{n} people"),
    "finding": Noun("{n} finding", "{n} findings"),
    "error": Noun("{n} error", "{n} errors"),
    "warning": Noun("{n} warning", "{n} warnings"),
    "place": Noun("{n} place", "{n} places"),
    "rate": Noun("{n} rate", "{n} rates"),
    "record": Noun("{n} record", "{n} records"),
    "submission": Noun("{n} submission", "{n} submissions"),
    "claim": Noun("{n} claim", "{n} claims"),
}

UNITS = {
    "KZT": Message("unit", "tenge"),
    "thousand tenge": Message("unit", "thousand tenge"),
    "million tenge": Message("unit", "million tenge"),
    "billion tenge": Message("unit", "billion tenge"),
    "USD": Message("unit", "US dollars"),
    "EUR": Message("unit", "euros"),
    "RUB": Message("unit", "roubles"),
    "person": Message("unit", "people"),
    "thousand person": Message("unit", "thousand people"),
    "episode": Message("unit", "admissions"),
    "day": Message("unit", "bed-days"),
    "service": Message("unit", "services"),
    "percent": Message("unit", "%"),
}

PLACES = {
    "file": Message("place", "file {file}"),
    "sheet": Message("place", "sheet {sheet}"),
    "cell": Message("place", "cell {cell}"),
    "cells": Message("place", "cells {cells}"),
    "row": Message("place", "row {row}"),
    "rows": Message("place", "rows {rows}"),
    "column": Message("place", "column {column}"),
    "columns": Message("place", "columns {columns}"),
    "region": Message("place", "region: {region}"),
    "and more": Message("place", "{places} and {n} more"),
}

JOINS = {
    "or": Message("join", "{first} or {last}"),
    "quotes": Message("join", "“{text}”"),
    "labelled": Message("join", "{label}: {fact}"),
}

FACTS = {
    "expected": Message("fact", "expected"),
    "actual": Message("fact", "found"),
    "tolerance": Message("fact", "tolerance"),
    "text": Message("fact", "as written"),
    "value": Message("fact", "value"),
    "values": Message("fact", "values"),
    "rows": Message("fact", "rows"),
    "cells": Message("fact", "cells"),
    "line": Message("fact", "line"),
    "dates": Message("fact", "dates"),
    "numbers": Message("fact", "numbers"),
    "names": Message("fact", "names"),
    "name": Message("fact", "name"),
    "header": Message("fact", "header"),
    "candidates": Message("fact", "possible"),
    "nearest": Message("fact", "nearest"),
    "likely": Message("fact", "likely"),
    "missing": Message("fact", "missing"),
    "measure": Message("fact", "measure"),
    "other_file": Message("fact", "other file"),
    "since": Message("fact", "since"),
    "until": Message("fact", "until"),
    "encoding": Message("fact", "encoding"),
    "kind": Message("fact", "kind"),
    "bin": Message("fact", "BIN"),
    "reason": Message("fact", "reason"),
    "date": Message("fact", "date"),
    "currency": Message("fact", "currency"),
}
"""Labels of facts that a template leaves out and that are appended to it."""

_PHRASES = (
    Message("reason", "it is empty"),
    Message("reason", "it is cut short"),
    Message("reason", "it is damaged"),
    Message("reason", "it is a folder"),
    Message("reason", "it can't be opened"),
    Message("reason", "it is a PDF document"),
    Message("reason", "it is a Word document (docx)"),
    Message("reason", "it is a Word document (doc)"),
    Message("reason", "it is a Word document (rtf)"),
    Message("reason", "it is a Word document (xml)"),
    Message("reason", "it is a presentation"),
    Message("reason", "it is a message (msg)"),
    Message("reason", "it is an OpenDocument text, no spreadsheet"),
    Message("reason", "it is a picture"),
    Message("reason", "it is a scan (djvu)"),
    Message("reason", "it is a shortcut to a file, not the file"),
    Message("reason", "it is a message (eml)"),
    Message("reason", "it is of a kind that is not opened (rar, 7z, gz, tar)"),
    Message("reason", "it lies within another archive, or holds no reports"),
    Message("reason", "it holds more files than can be read safely"),
    Message("reason", "it is packed by a method that is not read"),
    Message("reason", "it is the lock file of a workbook that somebody has open"),
    Message("reason", "zero bytes stand in its text: it was not written to the end"),
    Message("reason", "its letters are UTF-8, and some of them are broken"),
    Message("reason", "it declares entities of its own, which may grow without end"),
    Message("reason", "it holds more than any program writes"),
    Message("reason", "it is a web page without a table"),
    Message("reason", "its tables stand within each other too deep"),
    Message("reason", "it holds no sheet"),
    Message("reason", "it needs more memory than there is"),
    Message("reason", "it holds more sheets than can be read safely"),
    Message("reason", "a line of it is longer than any table is wide"),
    Message("reason", "it is a database"),
    Message("reason", "it is a program"),
    Message("reason", "it is a Parquet file"),
    Message("reason", "it is no spreadsheet"),
    Message("reason", "Excel workbook (xlsx)"),
    Message("reason", "Excel binary workbook (xlsb)"),
    Message("reason", "Excel 97-2003 workbook (xls)"),
    Message("reason", "OpenDocument spreadsheet (ods)"),
    Message("reason", "text table (csv)"),
    Message("reason", "flat OpenDocument (fods)"),
    Message("reason", "XML Spreadsheet 2003"),
    Message("reason", "web archive (mht)"),
    Message("reason", "Excel 2.1-4.0 worksheet (xls)"),
    Message("reason", "1C document (mxl)"),
)
REASONS = {message.text: message for message in _PHRASES} | {
    "about": Message("qualifier", "about"),
    "more-than": Message("qualifier", "more than"),
    "less-than": Message("qualifier", "less than"),
    "is-a-folder": Message("reason", "there is a folder of this name"),
    "no-such-folder": Message("reason", "there is no such folder"),
    "not-permitted": Message("reason", "it may not be changed"),
    "encoding": Message("reason", "its encoding can't be told"),
    "not-stated": Message("reason", "no figure is stated"),
    "no-figure": Message("reason", "there is no figure"),
    "no-amount": Message("reason", "there is no amount"),
    "nobody-served": Message("reason", "nobody was served"),
    "claim-named-not-found": Message("reason", "the claim that it converts is not in the settings"),
    "republic": Message("funding", "republican budget"),
    "local": Message("funding", "local budget"),
    "targeted-general": Message("funding", "targeted part of general transfers"),
    "reserve": Message("funding", "reserve"),
    "donor": Message("funding", "donor"),
    "recipient": Message("funding", "paid by the recipient"),
    "daily": Message("reason", "official rate of the day"),
    "daily-session": Message("reason", "rate of the exchange session"),
    "daily-mean": Message("reason", "mean of the official daily rates"),
    "avg-month": Message("reason", "published average of the month"),
    "avg-quarter": Message("reason", "published average of the quarter"),
    "avg-year": Message("reason", "published average of the year"),
    "eop": Message("reason", "rate of the last day"),
}
"""What a reason, a kind or a qualifier stands for that travels as a code or as an English phrase."""

STATUSES = {
    "matched": Message("status", "Matched"),
    "over": Message("status", "Over"),
    "under": Message("status", "Under"),
    "incomplete": Message("status", "Incomplete"),
    "disputed": Message("status", "Disputed"),
    "returned": Message("status", "Returned"),
    "late": Message("status", "Returned late"),
    "missing": Message("status", "Missing"),
    "quarantined": Message("status", "Quarantined"),
    "superseded": Message("status", "Superseded"),
    "closed": Message("status", "Closed"),
    "error": Message("status", "Error"),
    "warning": Message("status", "Warning"),
    "info": Message("status", "Info"),
    "confirmed": Message("status", "Confirmed"),
    "contradicted": Message("status", "Contradicted"),
    "not-decidable": Message("status", "Not decidable"),
    "agrees": Message("status", "Agrees"),
    "differs": Message("status", "Differs"),
    "not-judged": Message("status", "Not judged"),
    "submission": Message("record", "Submission"),
    "voiding": Message("record", "Undone"),
    "closing": Message("record", "Period closed"),
    "reopening": Message("record", "Period reopened"),
    "rates": Message("record", "Rates added"),
    "purge": Message("record", "Source removed"),
    "register": Message("basis of a count", "Register"),
    "cumulative": Message("basis of a count", "Since the start of the year"),
    "stated": Message("basis of a count", "Stated for the period"),
    "single-period": Message("basis of a count", "A single period's own"),
    "added": Message("basis of a count", "Added over regions"),
}
