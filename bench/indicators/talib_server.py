"""Times TA-Lib on request: argv is a file of five float64 columns; each line on stdin names an indicator, each answer is seconds."""

import sys
import time

import numpy as np
import talib

columns = np.fromfile(sys.argv[1], dtype=np.float64).reshape(5, -1)
o, h, l, c, v = (np.ascontiguousarray(x) for x in columns)
work = {
    "sma": lambda: talib.SMA(c, 20),
    "ema": lambda: talib.EMA(c, 20),
    "rsi": lambda: talib.RSI(c, 14),
    "macd": lambda: talib.MACD(c, 12, 26, 9),
    "atr": lambda: talib.ATR(h, l, c, 14),
    "bollinger": lambda: talib.BBANDS(c, 20, 2, 2),
    "stochastic": lambda: talib.STOCH(h, l, c, 14, 3, 0, 3, 0),
    "adx": lambda: talib.ADX(h, l, c, 14),
    "highest": lambda: talib.MAX(c, 20),
    "obv": lambda: talib.OBV(c, v),
}
print("ready", flush=True)
for line in sys.stdin:
    run = work[line.strip()]
    start = time.perf_counter()
    run()
    print(time.perf_counter() - start, flush=True)
