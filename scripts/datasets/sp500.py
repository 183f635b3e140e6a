"""sp500: S&P 500 index, daily open, high, low, close and volume, 1999 to 2018, from the PyPI package arch 8.0.0 (NCSA).

pip install arch==8.0.0 pandas pyarrow; python scripts/datasets/sp500.py

Not from vega-datasets, whose file reaches to 2020: its README and datapackage.json say that BSD-3-Clause covers its code
alone, and its entry for the index file names Yahoo Finance and no licence.
"""

from importlib import metadata, resources

import pandas as pd
from write_dataset import instrument, write_dataset

file = resources.files("arch.data.sp500") / "sp500.csv.gz"
with file.open("rb") as stream:
    frame = pd.read_csv(stream, compression="gzip", parse_dates=["Date"])
frame = frame.rename(columns={"Date": "time", **{c: c.lower() for c in ["Open", "High", "Low", "Close", "Volume"]}})
frame["symbol"] = "SPX"

write_dataset(
    "sp500",
    frame,
    [instrument("SPX", "index")],
    title="S&P 500 index, daily bars 1999 to 2018",
    description=(
        "Daily open, high, low, close and volume of the S&P 500 price index (no dividends). Time is the session date "
        "at 00:00 UTC. No time is doubled and every bar is consistent, but the open equals the close of the day before on "
        "2,004 of the 5,031 days: where it does, it is no price that anyone could have traded at, so prefer fills at the close."
    ),
    timeframe="1d",
    closeOnly=False,
    source={
        "package": "pypi:arch",
        "version": metadata.version("arch"),
        "file": "arch/data/sp500/sp500.csv.gz",
        "registry": "PyPI",
    },
    script="scripts/datasets/sp500.py",
    licence="NCSA",
    synthetic=False,
    sessions="nyse",
    periodsPerYear=252,
)
