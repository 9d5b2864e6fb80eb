"""Forms for spreadsheets of other countries, each of at most twenty lines, and a small made sheet of the kind that each one reads."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from budgettool.normalise import Hints
from budgettool.period import Period
from budgettool.read.sheet import Sheet, Value
from budgettool.recognise.form import load
from sheet_kit import codes, read_sheet, sheet

FORMS = Path(__file__).parent / "forms"
FY = "2019-07..2020-06"

BOOST = sheet(
    [
        "year",
        "admin1",
        "admin2!",
        "admin2*",
        "func1 (code)",
        "func1 (label)",
        "econ2 (code)",
        "fin_source",
        "approved",
        "adjusted",
        "executed",
    ],
    ["2014", "Central", "101", "Assembly", "01", "General", "111.00", "Base", "1000", "1200", "1100.25"],
    ["2014", "Central", "101", "Assembly", "01", "General", "113.03", "Special", "500", "400", "-3.5"],
)
PLANS = sheet(
    ["countryCode", "id", "name", "code", "year", "requirements", "funding", "percentFunded"],
    ["AFG", "929", "Plan A 2020", "H20", "2020", "1000", "500", "50"],
    ["AFG", None, "Not specified", None, "2020", None, "146", None],
)
CLUSTERS = sheet(
    ["countryCode", "name", "year", "clusterCode", "cluster", "requirements", "funding", "percentFunded"],
    ["AFG", "Plan A 2020", "2020", "5253", "Aviation", "250", "79", "32"],
    ["AFG", "Plan A 2020", "2020", "5254", "Coordination", "149", "50", "34"],
)
CASELOAD = sheet(
    ["Country ISO3", "Admin 1 PCode", "Description", "Cluster", "Category", "Population", "In Need", "Targeted", "Affected", "Reached"],
    ["AFG", None, "Final HNRP Caseload", "ALL", None, "445", "236", "173", None, "184"],
    ["AFG", None, "Education", "EDU", None, None, "80", "13", None, None],
    ["AFG", "AF01", "Final HNRP Caseload", "ALL", None, "45", "26", "17", None, "18"],
    ["AFG", None, "Final HNRP Caseload", "ALL", "Adults - male", "45", "103.32", "17", None, "18"],
)
GRANTS = sheet(
    [
        "Identifier",
        "Title",
        "Award Date",
        "Award Date - website format",
        "Amount Awarded",
        "Currency",
        "Amount Awarded - website format",
        "Recipient Org:Name",
    ],
    ["360G-1", "A grant", "2013-01-22", "22/01/2013", 10000, "GBP", "£10,000", "Help Ltd"],
    ["360G-2", "Another", "2013-02-05", "05/02/2013", 2500, "GBP", "£2,500", "Aid Ltd"],
    name="ABC data - Jan 2013",
)
AWARDS = sheet(
    [
        "Award Reference (Read only)",
        "Federal Agency Prefix",
        "Federal Program Name",
        "Amount Expended",
        "Federal Program Total",
        "Cluster Total",
    ],
    ["AWARD-0001", "93", "RIGHTS", 750, 1000, 1000],
    ["AWARD-0002", "93", "RIGHTS", 250, 1000, 1000],
    [None, None, None, None, 0, 0],
    name="Form",
)
CITY = sheet(
    ["Category", "FY2012 Actual", "FY2014 Budgeted", "Department"],
    ["Personal Services", 100, 120, "Museum"],
    ["Debt Service", 11, 0, "Treasurer"],
    name="Data",
)
SUMMARY = sheet(["Category", "FY2012 Actual", "FY2014 Budgeted"], ["Total", 111, 120], name="Summary")
INHABITANT = sheet(
    [None, "Kengetallen", None, 2011],
    [None, "bedragen in Euro's per inwoner"],
    [],
    [None, None, *["provincie"] * 12],
    [None, None, *"ABCDEFGHIJKL"],
    [None, None, *(f"Provincie {n}" for n in range(12))],
    ["NR.", "Cluster"],
    [0, "Inkomsten:"],
    [1, "Belastingen", *[200] * 12],
    [2, "Overig", *[-6] * 12],
    [3, "Totaal", *[194] * 12],
    *([[]] * 30),
    ["34", "Aantal inwoners", *["566,216"] * 12],
)
YEARS = sheet(
    [
        "mandataire2",
        "mandataire",
        "lease_rsf",
        "annual_rent",
        "state_category",
        "type1",
        "budget2014",
        "budget2014",
        "budget2013",
        "budget2012",
        "evol",
    ],
    ["Culture", "Théâtre", 300, "$6,353,225", "A", 1, 300, 300, 310, "243,15", "<font>▲</font>"],
    ["Sports", "Club", 70, "$2,496,896", "A", 1, 70, 70, 60, "50", "►"],
)
FUNCTIONS = sheet(
    ["GF_ID", "FN_ID", "SF_ID", "GF", "F", "SF", "Gasto total 2011", "Descripción"],
    ["1", None, None, "Gobierno", None, None, "30,105.40", "x"],
    [None, "0", None, None, "Legislación", None, "30,105.40", "x"],
    [None, None, "1", None, None, "Cámaras", "20,000.40", "x"],
    [None, None, "2", None, None, "Auditoría", "10,105.00", "x"],
    [],
    ["Fuente: Presupuesto 2011"],
)
PAYMENTS = sheet(
    ["ID", "CODE_DEPARTEMENT", "DATE_EMISSION", "NUM_MANDAT", "MONTANT_PAIEMENT", "DATE_PAIEMENT", "NOM"],
    ["1", "'49", "10/06/2025", 526, 105, "11/06/2025", "ASSO 1"],
    ["2", "'49", "10/06/2025", 289, 132.5, "12/06/2025", "ASSO 2"],
)
_HEAD = ["\nProject Number", "Original Budget\n2019/20", "Adjusted Budget\n2019/20"]
_MONTHS = [f"M{n:02} {name} Actual\n2019/20" for n, name in enumerate(["July", "Aug", "Sept", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar"], 1)]
PROJECTS = sheet(
    ["A municipality: capital projects"],
    ["R thousands"],
    [*_HEAD, *_MONTHS, "Q1 Sept Actual\n2019/20", "YTD Actual\n2019/20"],
    ["PC1", 500, 613, None, None, 20, None, None, 5, None, None, 7, 20, 32],
    [],
    ["References"],
    ["Must reconcile with", 9],
)
COUNTS = sheet(
    ["Sex", "Age group (Life-stages)", "Highest qualification", "Sense of purpose", "Value", "Flags"],
    ["Male", "15 - 24", "Diploma", "0 - 6", 9000, "*"],
    ["Female", "65+", "Diploma", "7 - 10", 13000, None],
    name="Tidy",
)

KINDS: tuple[tuple[str, tuple[Sheet, ...], dict[tuple[str, str, str], Decimal | int | str]], ...] = (
    (
        "boost",
        (BOOST,),
        {
            ("allocation.approved", "2014", "MDL"): 1500,
            ("allocation.revised", "2014", "MDL"): 1600,
            ("disbursement", "2014", "MDL"): "1096.75",
        },
    ),
    ("fts-requirements", (PLANS,), {("allocation", "2020", "USD"): 1000, ("receipt", "2020", "USD"): 646}),
    ("fts-requirements", (CLUSTERS,), {("allocation", "2020", "USD"): 399, ("receipt", "2020", "USD"): 129}),
    ("hpc-caseload", (CASELOAD,), {("recipients", "2024", "person"): 420, ("recipients.planned", "2024", "person"): 173}),
    ("360giving", (GRANTS,), {("commitment", "2013-01-22", "GBP"): 10000, ("commitment", "2013-02-05", "GBP"): 2500}),
    ("fac-awards", (AWARDS,), {("expenditure", "2022", "USD"): 1000}),
    ("us-budget", (CITY, SUMMARY), {("disbursement", "2012", "USD"): 111, ("allocation.approved", "2014", "USD"): 120}),
    ("per-inhabitant", (INHABITANT,), {("allocation", "2011", "EUR"): 12 * 194, ("recipients", "2011", "person"): 12 * 566216}),
    (
        "grants-years",
        (YEARS,),
        {("allocation", "2014", "CHF"): 370, ("allocation", "2013", "CHF"): 370, ("allocation", "2012", "CHF"): "293.15"},
    ),
    ("functional-budget", (FUNCTIONS,), {("allocation.approved", "2011", "MXN"): 30_105_400_000}),
    ("helios", (PAYMENTS,), {("disbursement", "2025-06-11", "EUR"): 105, ("disbursement", "2025-06-12", "EUR"): "132.5"}),
    (
        "municipal-quarters",
        (PROJECTS,),
        {
            ("allocation.approved", FY, "ZAR"): 500_000,
            ("allocation.revised", FY, "ZAR"): 613_000,
            ("disbursement", "2019-09", "ZAR"): 20_000,
            ("disbursement", "2019-12", "ZAR"): 5_000,
            ("disbursement", "2020-03", "ZAR"): 7_000,
        },
    ),
    ("tidy-counts", (COUNTS,), {("recipients", "2014", "person"): 22000}),
)


@pytest.mark.parametrize(("name", "sheets", "expected"), KINDS, ids=[f"{kind[0]}-{number}" for number, kind in enumerate(KINDS)])
def test_a_kind_of_foreign_sheet_is_read_with_its_form(
    name: str, sheets: tuple[Sheet, ...], expected: dict[tuple[str, str, str], object]
) -> None:
    form = load(FORMS / f"{name}.toml")
    tables, found = read_sheet(
        *sheets, file="foreign.csv", hints=Hints(form=form, period=Period.parse("2022") if name == "fac-awards" else None)
    )
    sums: dict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
    for entry in (entry for table in tables for entry in table.entries):
        sums[entry.measure + (f".{entry.version}" if entry.version else ""), str(entry.period), entry.unit] += entry.value
    assert dict(sums) == {key: Decimal(str(value)) for key, value in expected.items()}
    assert not [held for table in tables for held in table.quarantined]
    assert all(total.verdict == "agrees" for table in tables for total in table.totals)
    assert "form-applied" in codes(found)


@pytest.mark.parametrize("path", sorted(FORMS.glob("*.toml")), ids=lambda path: path.stem)
def test_a_form_has_at_most_twenty_lines_and_is_tried(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 20
    assert path.stem in {kind[0] for kind in KINDS}
    assert load(path).tables


def test_a_form_of_another_kind_says_what_is_missing() -> None:
    tables, found = read_sheet(PLANS, file="foreign.csv", hints=Hints(form=load(FORMS / "boost.toml")))
    names: Value | object = dict(found[0].facts)["names"]
    assert tables == [] and "executed" in str(names)
