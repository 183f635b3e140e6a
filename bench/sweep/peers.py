"""Moving-average cross over many pairs of windows in other engines: long above, short or flat below, fees of 5 bps, filled at the next open.

vectorbt-stats is one run of the first pair with all statistics that vectorbt reports.

usage: peers.py ENGINE BARS_FILE ROWS WINDOWS SHORT -> prints {"seconds": …, "growth": …}
BARS_FILE holds float64 opens, then closes. WINDOWS is comma-separated; every pair fast < slow is a set. SHORT is 1 or 0.
Moving averages, signals, the simulation and total return, Sharpe ratio, drawdown, trades and fees are timed; compilation is not.
`growth` is the mean of the total returns.
"""
import itertools
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
engine, path, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
windows = [int(w) for w in sys.argv[4].split(",")]
short = sys.argv[5] == "1"
opens, closes = np.fromfile(path, dtype=np.float64).reshape(2, rows)
pairs = list(itertools.combinations(windows, 2))
FEE, SLIP = 0.0005, 0.0002


def with_numba():
    """A loop made for this one strategy: signals, position, costs, equity, moments and drawdown of a set in one pass."""
    from numba import njit

    @njit
    def averages(close, window):
        out = np.full(close.size, np.nan)
        total = 0.0
        for i in range(close.size):
            total += close[i]
            if i >= window:
                total -= close[i - window]
            if i >= window - 1:
                out[i] = total / window
        return out

    @njit
    def one(opens, close, fast, slow, start, down):
        cash, units, equity, peak, worst = 100_000.0, 0.0, 100_000.0, 100_000.0, 0.0
        total, squares, fees, trades, target, ordered = 0.0, 0.0, 0.0, 0, 0.0, 0.0
        for i in range(close.size):
            if target != ordered:
                reference = opens[i]
                wanted = target * equity / close[i - 1]
                quantity = wanted - units
                price = reference * (1 + SLIP if quantity > 0 else 1 - SLIP)
                fee = abs(quantity) * price * FEE
                cash -= quantity * price + fee
                fees += fee
                if units != 0:
                    trades += 1
                units = wanted
                ordered = target
            value = cash + units * close[i]
            r = value / equity - 1
            equity = value
            total += r
            squares += r * r
            if equity > peak:
                peak = equity
            depth = equity / peak - 1
            if depth < worst:
                worst = depth
            if i >= start:
                if fast[i] > slow[i]:
                    target = 1.0
                elif fast[i] < slow[i]:
                    target = down
        mean = total / (close.size - 1)
        variance = (squares - total * mean) / (close.size - 2)
        return equity / 100_000.0 - 1, mean / np.sqrt(variance) * np.sqrt(252), worst, trades, fees

    @njit
    def every(opens, close, columns, windows, pairs, down):
        out = np.empty((pairs.shape[0], 5))
        for s in range(pairs.shape[0]):
            a, b = pairs[s, 0], pairs[s, 1]
            growth, sharpe, worst, trades, fees = one(opens, close, columns[a], columns[b], windows[b] - 1, down)
            out[s, 0], out[s, 1], out[s, 2], out[s, 3], out[s, 4] = growth, sharpe, worst, trades, fees
        return out

    index = np.array(list(itertools.combinations(range(len(windows)), 2)))
    lengths = np.array(windows)

    def once():
        start = time.perf_counter()
        columns = np.stack([averages(closes, w) for w in windows])
        out = every(opens, closes, columns, lengths, index, -1.0 if short else 0.0)
        return time.perf_counter() - start, float(out[:, 0].mean())

    once()
    return min(once() for _ in range(5))


def with_vectorbt():
    import pandas as pd
    import vectorbt as vbt

    index = pd.date_range("1980-01-01", periods=rows, freq="D")
    close, price = pd.Series(closes, index=index), pd.Series(opens, index=index)
    chunk = max(1, 30_000_000 // rows)

    def once():
        start = time.perf_counter()
        totals = []
        averages = {w: close.rolling(w).mean().to_numpy() for w in windows}
        for at in range(0, len(pairs), chunk):
            part = pairs[at : at + chunk]
            fast = np.stack([averages[a] for a, _ in part], axis=1)
            slow = np.stack([averages[b] for _, b in part], axis=1)
            above, below = np.zeros(fast.shape, bool), np.zeros(fast.shape, bool)
            above[1:], below[1:] = fast[:-1] > slow[:-1], fast[:-1] < slow[:-1]
            sides = dict(short_entries=below) if short else dict(exits=below)
            portfolio = vbt.Portfolio.from_signals(close, entries=above, price=price, fees=FEE, slippage=SLIP, init_cash=100_000, freq="D", **sides)
            totals.append(portfolio.total_return().to_numpy())
            portfolio.sharpe_ratio(), portfolio.max_drawdown(), portfolio.trades.count(), portfolio.orders.fees.sum()
        return time.perf_counter() - start, float(np.concatenate(totals).mean())

    once()
    return once()


def with_vectorbt_stats():
    import pandas as pd
    import vectorbt as vbt

    index = pd.date_range("1980-01-01", periods=rows, freq="min")
    close, price = pd.Series(closes, index=index), pd.Series(opens, index=index)

    def once():
        start = time.perf_counter()
        fast, slow = (close.rolling(w).mean().to_numpy() for w in pairs[0])
        above, below = np.zeros(rows, bool), np.zeros(rows, bool)
        above[1:], below[1:] = fast[:-1] > slow[:-1], fast[:-1] < slow[:-1]
        sides = dict(short_entries=below) if short else dict(exits=below)
        portfolio = vbt.Portfolio.from_signals(close, entries=above, price=price, fees=FEE, slippage=SLIP, init_cash=100_000, freq="min", **sides)
        portfolio.stats()
        return time.perf_counter() - start, float(portfolio.total_return())

    once()
    return min(once() for _ in range(2))


seconds, growth = {"vectorbt-stats": with_vectorbt_stats, "numba": with_numba, "vectorbt": with_vectorbt}[engine]()
print(json.dumps({"seconds": seconds, "growth": growth}))
