"""Exchange rates: which rate belongs to which days, what it makes of an amount, and which rate a published pair implies."""

from budgettool.rates.basis import AVERAGE, MAX_AGE, Basis, read_basis, spans
from budgettool.rates.conversion import Dollars, Part, convert
from budgettool.rates.explaining import DayRate, Explanation, Outcome, days_within, explain, flat_within
from budgettool.rates.reading import read_rates
from budgettool.rates.table import DAILY_MEAN, FIXED, HOME, Missing, Quote, Table

__all__ = [
    "AVERAGE",
    "DAILY_MEAN",
    "FIXED",
    "HOME",
    "MAX_AGE",
    "Basis",
    "DayRate",
    "Dollars",
    "Explanation",
    "Missing",
    "Outcome",
    "Part",
    "Quote",
    "Table",
    "convert",
    "days_within",
    "explain",
    "flat_within",
    "read_basis",
    "read_rates",
    "spans",
]
