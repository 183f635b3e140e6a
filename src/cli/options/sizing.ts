/** `--sizing`: how a target becomes a quantity. */
import type { SizingConfig } from '../../lib/portfolio/index.ts';
import { parseSpec, type Spec } from './spec.ts';

/** `weight`, `fixed:100`, `notional:10000`, `atr:14,3,0.01`, `volatility:20,0.15,2`, `kelly:60,0.5,1`. */
export function parseSizing(text: string): SizingConfig {
  const spec = parseSpec(
    text,
    '--sizing',
    ['weight', 'fixed', 'notional', 'atr', 'volatility', 'kelly'],
    'atr:14,3,0.01',
  );
  const sizing = sizingOf(spec);
  spec.done();
  return sizing;
}

function sizingOf(spec: Spec): SizingConfig {
  switch (spec.kind) {
    case 'fixed':
      return { kind: 'fixed', quantity: spec.number('quantity', 0) };
    case 'notional':
      return { kind: 'fixed', notional: spec.number('notional', 0) };
    case 'atr':
      return {
        kind: 'atr',
        period: spec.number('period', 0, 14),
        multiple: spec.number('multiple', 1, 3),
        risk: spec.number('risk', 2, 0.01),
      };
    case 'volatility':
      return {
        kind: 'volatility',
        period: spec.number('period', 0, 20),
        target: spec.number('target', 1, 0.15),
        maxLeverage: spec.number('max-leverage', 2, 1),
      };
    case 'kelly':
      return {
        kind: 'kelly',
        period: spec.number('period', 0, 60),
        fraction: spec.number('fraction', 1, 0.5),
        maxLeverage: spec.number('max-leverage', 2, 1),
      };
    default:
      return { kind: 'weight' };
  }
}
