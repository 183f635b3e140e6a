"""The trend strategy of the event benchmark in other engines: same bars, same rules where the engine allows them.

usage: peers.py ENGINE BARS_FILE COUNT -> prints {"seconds": …, "trades": …, "final": …}
BARS_FILE holds open, high, low, close as float64 columns one after another.
"""
import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")
engine, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
raw = np.fromfile(path, dtype=np.float64)
n = len(raw) // 4
o, h, l, c = (raw[k * n : k * n + count].copy() for k in range(4))


def with_backtrader():
    import backtrader as bt
    import pandas as pd

    class Trend(bt.Strategy):
        def __init__(self):
            self.ema = bt.ind.EMA(period=50)
            self.rsi = bt.ind.RSI(period=14)
            self.atr = bt.ind.ATR(period=14)
            self.exits = []
            self.count = 0

        def notify_order(self, order):
            if order.status == order.Completed and order.isbuy():
                size, atr, close = order.executed.size, order.info.atr, order.info.close
                limit = self.sell(exectype=bt.Order.Limit, price=close + 20 * atr, size=size)
                trail = self.sell(exectype=bt.Order.StopTrail, trailamount=10 * atr, size=size, oco=limit)
                self.exits = [limit, trail]
            elif order.status == order.Completed:
                self.count += 1

        def next(self):
            if self.position.size != 0:
                return
            if self.data.close[0] > self.ema[0] and self.rsi[0] > 60:
                self.buy(size=1).addinfo(atr=self.atr[0], close=self.data.close[0])

    index = pd.date_range("2000-01-01", periods=count, freq="min")
    frame = pd.DataFrame({"open": o, "high": h, "low": l, "close": c, "volume": 1000.0}, index=index)
    cerebro = bt.Cerebro(stdstats=False)
    cerebro.addstrategy(Trend)
    cerebro.adddata(bt.feeds.PandasData(dataname=frame))
    cerebro.broker.setcash(100_000)
    cerebro.broker.setcommission(0.0005)
    start = time.perf_counter()
    result = cerebro.run()
    seconds = time.perf_counter() - start
    return seconds, result[0].count, cerebro.broker.getvalue()


def with_backtesting():
    import pandas as pd
    import talib
    from backtesting import Backtest, Strategy

    class Trend(Strategy):
        def init(self):
            self.ema = self.I(talib.EMA, self.data.Close, 50)
            self.rsi = self.I(talib.RSI, self.data.Close, 14)
            self.atr = self.I(talib.ATR, self.data.High, self.data.Low, self.data.Close, 14)

        def next(self):
            high = self.data.High[-1]
            for trade in self.trades:
                trade.sl = max(trade.sl or 0, high - trade.tag)
            if self.position or self.orders:
                return
            close, atr = self.data.Close[-1], self.atr[-1]
            if close > self.ema[-1] and self.rsi[-1] > 60:
                self.buy(size=1, sl=close - 10 * atr, tp=close + 20 * atr, tag=10 * atr)

    index = pd.date_range("2000-01-01", periods=count, freq="min")
    frame = pd.DataFrame({"Open": o, "High": h, "Low": l, "Close": c, "Volume": 1000.0}, index=index)
    backtest = Backtest(frame, Trend, cash=100_000, commission=0.0005, finalize_trades=True)
    start = time.perf_counter()
    result = backtest.run()
    seconds = time.perf_counter() - start
    return seconds, int(result["# Trades"]), float(result["Equity Final [$]"])


seconds, trades, final = {"backtrader": with_backtrader, "backtesting.py": with_backtesting}[engine]()
print(json.dumps({"seconds": seconds, "trades": trades, "final": final}))
