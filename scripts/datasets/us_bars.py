"""us-bars: daily bars of five US stocks, 2000 to 2013, from the PyPI package bokeh-sampledata 2026.1 (Quandl WIKI prices, public domain).

pip install bokeh-sampledata==2026.1 pandas pyarrow; python scripts/datasets/us_bars.py
"""

from importlib import metadata, resources

import pandas as pd
from write_dataset import instrument, write_dataset

file = resources.files("bokeh_sampledata") / "_data" / "stocks.csv.gz"
with file.open("rb") as stream:
    frame = pd.read_csv(stream, compression="gzip", parse_dates=["Date"])
frame = frame.rename(columns={"Ticker": "symbol", "Date": "time", "Adj Close": "adjusted"}).rename(columns=str.lower)

# Prices on the scale of the adjusted close; volume on the inverse scale keeps the money that changed hands.
factor = frame["adjusted"] / frame["close"]
for column in ["open", "high", "low", "close"]:
    frame[column] = frame[column] * factor
frame["volume"] = frame["volume"] / factor

write_dataset(
    "us-bars",
    frame,
    [instrument(s, "equity") for s in sorted(frame["symbol"].unique())],
    title="Five US stocks, daily adjusted bars 2000 to 2013",
    description=(
        "Daily open, high, low, close and volume of AAPL, FB, GOOG, IBM and MSFT up to 2013-03-01, scaled to the adjusted close "
        "(splits and dividends); volume is scaled the other way, so that price x volume is the money that changed hands. "
        "Time is the session date at 00:00 UTC. FB begins on 2012-05-18, GOOG on 2004-08-19. "
        "Lots are fractional because an adjusted price is not the price that was paid. "
        "The list was chosen with hindsight (survivorship bias)."
    ),
    timeframe="1d",
    closeOnly=False,
    source={
        "package": "pypi:bokeh-sampledata",
        "version": metadata.version("bokeh-sampledata"),
        "file": "bokeh_sampledata/_data/stocks.csv.gz",
        "registry": "PyPI",
    },
    script="scripts/datasets/us_bars.py",
    licence="LicenseRef-Public-Domain",
    synthetic=False,
    hindsight=True,
    sessions="nyse",
    periodsPerYear=252,
)
