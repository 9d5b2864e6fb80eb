"""Make the sample ledger: two regions, three months and a plan, in the columns of the ledger csv."""

from __future__ import annotations

from pathlib import Path

COLUMNS = "reporter,region,programme,funding,provider,contract,period,cumulative,measure,version,as_of,category,value,unit,qualifier"


def rows() -> list[str]:
    """The lines of the csv, its header first."""
    lines = [COLUMNS]
    for region, factor in (("KZ-15", 1), ("KZ-55", 2)):
        lines.append(f",{region},,republic,,,2019,false,allocation,revised,,,{1200000 * factor}.00,KZT,")
        for month, people in (("2019-01", 10), ("2019-02", 12), ("2019-03", 11)):
            for measure, value in (("transfer", 100000), ("receipt", 100000), ("commitment", 95000), ("disbursement", 90000)):
                lines.append(f",{region},,republic,,,{month},false,{measure},,,,{value * factor}.00,KZT,")
            lines.append(f",{region},,republic,,,{month},false,recipients,,,,{people * factor},person,")
        lines.append(f",{region},,republic,,,2019-01..2019-03,true,recipients,,,,{15 * factor},person,")
    return lines


def main() -> None:
    """Write the csv anew."""
    (Path(__file__).parent / "ledger.csv").write_text("\n".join(rows()) + "\n", "utf-8")


if __name__ == "__main__":
    main()
