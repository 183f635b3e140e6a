/** Catalogue: channels and bands. */

import { bars as b } from '../bars.ts';
import { bollinger } from '../channels/bollinger.ts';
import { donchian } from '../channels/donchian.ts';
import { ichimoku } from '../channels/ichimoku.ts';
import { chandelier, keltner } from '../channels/keltner.ts';
import type { IndicatorEntry } from './entry.ts';

const { close } = b;

export const channels: readonly IndicatorEntry[] = [
  {
    name: 'bollinger',
    group: 'channel',
    title: 'Bollinger bands',
    usage: 'bollinger(x, n = 20, k = 2)',
    formula: 'SMA plus or minus k population standard deviations',
    source: 'Bollinger 1983, TA-Lib BBANDS',
    units: 'units of x; width a fraction; percentB 0 to 1 within the bands',
    flat: { upper: 100, middle: 100, lower: 100, width: 0, percentB: 0.5 },
    example: bollinger(close, 20, 2),
  },
  {
    name: 'donchian',
    group: 'channel',
    title: 'Donchian channel',
    usage: 'donchian(bars, n = 20)',
    formula: 'highest high, lowest low and their middle',
    source: 'Donchian 1960s',
    units: 'units of price',
    flat: 'price',
    example: donchian(b, 20),
    scaling: 'proportional',
  },
  {
    name: 'keltner',
    group: 'channel',
    title: 'Keltner channel',
    usage: 'keltner(bars, n = 20, m = 10, k = 2)',
    formula: 'EMA(close, n) plus or minus k ATR(m)',
    source: 'Keltner 1960, Raschke',
    units: 'units of price',
    flat: 'price',
    example: keltner(b),
    scaling: 'proportional',
  },
  {
    name: 'chandelier',
    group: 'channel',
    title: 'Chandelier exit',
    usage: 'chandelier(bars, n = 22, k = 3)',
    formula: 'highest high - k ATR; lowest low + k ATR',
    source: 'Le Beau',
    units: 'units of price',
    flat: 'price',
    example: chandelier(b),
    scaling: 'proportional',
  },
  {
    name: 'ichimoku',
    group: 'channel',
    title: 'Ichimoku kinko hyo',
    usage: 'ichimoku(bars, short = 9, middle = 26, long = 52)',
    formula: 'middles of ranges; spans as of 26 bars ago',
    source: 'Hosoda 1969',
    units: 'units of price',
    flat: 'price',
    example: ichimoku(b),
    scaling: 'proportional',
  },
];
