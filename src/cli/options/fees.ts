/** `--fees` and `--slippage`. */
import type { FeeModel, SlippageModel } from '../../lib/execution/index.ts';
import { parseSpec } from './spec.ts';

/** `none`, `bps:5`, `bps:maker=1,taker=5,min=1`, `per-share:0.005,min=1,max-fraction=0.01`, `per-order:1`. */
export function parseFees(text: string): FeeModel {
  const spec = parseSpec(text, '--fees', ['none', 'bps', 'per-share', 'per-order'], 'bps:maker=1,taker=5');
  const model = feeModel(spec);
  spec.done();
  return model;
}

function feeModel(spec: ReturnType<typeof parseSpec>): FeeModel {
  const minimum = spec.has('min', 9) ? { minimum: spec.number('min', 9) } : {};
  switch (spec.kind) {
    case 'bps': {
      const taker = spec.has('taker', 0) ? spec.number('taker', 0) : spec.number('maker', 0);
      return { kind: 'bps', maker: spec.number('maker', 0, taker), taker, ...minimum };
    }
    case 'per-share':
      return {
        kind: 'per-share',
        amount: spec.number('amount', 0),
        ...minimum,
        ...(spec.has('max-fraction', 9) ? { maximumFraction: spec.number('max-fraction', 9) } : {}),
      };
    case 'per-order':
      return { kind: 'per-order', amount: spec.number('amount', 0) };
    default:
      return { kind: 'none' };
  }
}

/** `none`, `fixed:2`, `volume-share:0.025,0.1`, `square-root:0.6,participation=0.1`. */
export function parseSlippage(text: string): SlippageModel {
  const spec = parseSpec(text, '--slippage', ['none', 'fixed', 'volume-share', 'square-root'], 'fixed:2');
  const model = slippageModel(spec);
  spec.done();
  return model;
}

function slippageModel(spec: ReturnType<typeof parseSpec>): SlippageModel {
  switch (spec.kind) {
    case 'fixed':
      return { kind: 'fixed', bps: spec.number('bps', 0) };
    case 'volume-share':
      return {
        kind: 'volume-share',
        volumeLimit: spec.number('limit', 0, 0.025),
        priceImpact: spec.number('impact', 1, 0.1),
      };
    case 'square-root':
      return { kind: 'square-root', y: spec.number('y', 0, 0.6), participation: spec.number('participation', 1, 0.1) };
    default:
      return { kind: 'none' };
  }
}
