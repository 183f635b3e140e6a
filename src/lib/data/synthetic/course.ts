/** Where chance is bent: a price that returns to its drift line, or that follows another. */
import type { AssetSetting } from './asset-path.ts';

/** The log return of a bar, given the one that chance alone would make. */
export type Course = (row: number, log: number, free: number) => number;

export function courseOf({ asset, barYears, script, leader, rng }: AssetSetting): Course {
  const start = Math.log(asset.price);
  const { follows, reversion } = asset;
  if (follows !== null && leader !== undefined) {
    const keep = 0.5 ** (1 / follows.halfLifeBars);
    const step = follows.deviation * Math.sqrt(1 - keep * keep);
    const noise = rng.fork('spread');
    const origin = Math.log(leader[0]!);
    let spread = 0;
    let scripted = 0;
    return (row, log) => {
      spread = keep * spread + step * noise.normal();
      const now = leader[Math.min(row, leader.length - 1)]!;
      const target = start + follows.ratio * (Math.log(now) - origin) + spread + scripted + script.gap[row]!;
      scripted += script.gap[row]! + script.drift[row]!;
      return target - log;
    };
  }
  if (reversion !== null) {
    const pull = 1 - 0.5 ** (1 / reversion.halfLifeBars);
    return (row, log, free) => free + pull * (start + asset.drift * barYears * row - log);
  }
  return (_row, _log, free) => free;
}
