"""Monthly cross-sectional momentum in other engines: long the top decile by 252-day return, equal weights, 5 bps, filled on closes, no borrowing.

usage: peers.py ENGINE CLOSES_FILE DAYS INSTRUMENTS WARM_UPS REPEATS -> prints {"seconds": …, "final": …}
CLOSES_FILE holds float64 closes, one instrument after another. Loading and WARM_UPS runs are not timed; momentum, ranks, weights and the simulation are. The best of REPEATS runs counts.
"""
import json
import sys
import time
import warnings

import numpy as np
import pandas as pd

warnings.filterwarnings("ignore")
engine, path = sys.argv[1:3]
days, instruments, warm_ups, repeats = (int(x) for x in sys.argv[3:7])
closes = np.fromfile(path, dtype=np.float64).reshape(instruments, days).T.copy()
index = pd.date_range("2010-01-01", periods=days, freq="D")
frame = pd.DataFrame(closes, index=index, columns=[f"S{i:03d}" for i in range(instruments)])
top = instruments // 10


def with_vectorbt():
    import vectorbt as vbt

    def once():
        start = time.perf_counter()
        momentum = frame / frame.shift(252) - 1
        known_at = index + pd.Timedelta(days=1)
        first = pd.Series(known_at.to_period("M"), index=index).diff().map(lambda d: d is not pd.NaT and getattr(d, "n", 1) != 0)
        chosen = momentum.rank(axis=1, ascending=False) <= top
        weights = chosen.astype(float) / top
        weights[momentum.isna().any(axis=1)] = np.nan
        weights[~first.to_numpy(dtype=bool)] = np.nan
        portfolio = vbt.Portfolio.from_orders(
            frame, size=weights, size_type="targetpercent", fees=0.0005, init_cash=1_000_000, group_by=True, cash_sharing=True, call_seq="auto", freq="D"
        )
        final = float(portfolio.value().iloc[-1])
        portfolio.total_return(), portfolio.sharpe_ratio(), portfolio.max_drawdown()
        return time.perf_counter() - start, final

    return once


def with_bt():
    import bt

    def once():
        strategy = bt.Strategy(
            "momentum",
            [bt.algos.RunAfterDays(252), bt.algos.RunMonthly(run_on_first_date=False), bt.algos.SelectAll(), bt.algos.SelectMomentum(n=top, lookback=pd.DateOffset(days=252)), bt.algos.WeighEqually(), bt.algos.Rebalance()],
        )
        test = bt.Backtest(strategy, frame, initial_capital=1_000_000, commissions=lambda q, p: abs(q) * p * 0.0005, integer_positions=False, progress_bar=False)
        start = time.perf_counter()
        bt.run(test)
        return time.perf_counter() - start, float(test.strategy.values.iloc[-1])

    return once


once = {"vectorbt": with_vectorbt, "bt": with_bt}[engine]()
for _ in range(warm_ups):
    once()
seconds, final = min(once() for _ in range(repeats))
print(json.dumps({"seconds": seconds, "final": final}))
