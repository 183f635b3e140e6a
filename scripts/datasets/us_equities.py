"""us-equities: daily adjusted closes of 20 large US stocks, 1990 to 2022, from the PyPI package skfolio 1.12.2 (BSD-3-Clause).

pip install skfolio==1.12.2 pandas pyarrow; python scripts/datasets/us_equities.py
"""

from importlib import metadata, resources

import pandas as pd
from write_dataset import instrument, write_dataset

file = resources.files("skfolio.datasets.data") / "sp500_dataset.csv.gz"
with file.open("rb") as stream:
    wide = pd.read_csv(stream, compression="gzip", parse_dates=["Date"])
frame = wide.melt(id_vars="Date", var_name="symbol", value_name="close").rename(columns={"Date": "time"})

write_dataset(
    "us-equities",
    frame,
    [instrument(s, "equity") for s in sorted(frame["symbol"].unique())],
    title="20 large US stocks, daily adjusted closes 1990 to 2022",
    description=(
        "Daily closes of 20 S&P 500 constituents, adjusted for splits and dividends, rounded to 0.001. "
        "Time is the session date at 00:00 UTC. Lots are fractional because an adjusted price is not the price "
        "that was paid: adjusted 1990 prices go down to cents, so a whole share of them is no real unit. "
        "RRC hardly trades in its first years: nine closes in ten of 1990 and 1991 repeat the one before. "
        "The list was chosen with hindsight (survivorship bias). The publisher offers it for testing and examples, "
        "not as an authoritative record and not for investment, trading or commercial use."
    ),
    timeframe="1d",
    closeOnly=True,
    source={
        "package": "pypi:skfolio",
        "version": metadata.version("skfolio"),
        "file": "skfolio/datasets/data/sp500_dataset.csv.gz",
        "registry": "PyPI",
    },
    script="scripts/datasets/us_equities.py",
    licence="BSD-3-Clause",
    synthetic=False,
    hindsight=True,
    sessions="nyse",
    periodsPerYear=252,
)
