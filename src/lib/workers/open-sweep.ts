/** From a specification to a sweep that can be asked: loads the strategy from its code. */
import { loadStrategyCode } from '../plugins/index.ts';
import { createSweep, type Sweep } from '../sweep/index.ts';
import type { SweepSpec } from './spec.ts';

/** @throws SigmaError strategy/load-failed, and what `createSweep` throws */
export async function openSweep(spec: SweepSpec): Promise<Sweep> {
  const { strategy } = await loadStrategyCode(spec.strategy.code, spec.strategy.origin);
  const { artifacts, bars, detail, actions, config, engine } = spec;
  return createSweep({
    strategy,
    market: bars,
    config,
    engine,
    ...(artifacts === undefined ? {} : { artifacts }),
    ...(detail === undefined ? {} : { detail }),
    ...(actions === undefined ? {} : { actions }),
  });
}
