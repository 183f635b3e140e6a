/** Walk-forward windows (Pardo 1992): search on what was known, trade what comes after, move on. */
import { SigmaError } from '../../core/index.ts';

export type WalkForwardSpec = {
  /** Out-of-sample stretches, one after the other. */
  readonly windows: number;
  /** Length of the in-sample part over that of the out-of-sample part; of the first window when anchored. */
  readonly ratio: number;
  /** In-sample parts all begin at the first period instead of rolling along. */
  readonly anchored: boolean;
  /** Periods left out between the two parts. */
  readonly embargo: number;
};

/** Periods [from, to). */
export type Stretch = { readonly from: number; readonly to: number };
export type WalkForwardWindow = { readonly inSample: Stretch; readonly outOfSample: Stretch };

export const defaultWalkForward: WalkForwardSpec = { windows: 6, ratio: 3, anchored: false, embargo: 0 };

/** Fewest periods a part may have: below that no ratio of mean to deviation says anything. */
const FEWEST = 10;

/**
 * Windows over `periods`; the last out-of-sample part takes what does not divide.
 * @throws SigmaError study/too-short with the number of periods that would do
 */
export function walkForwardWindows(periods: number, spec: WalkForwardSpec): readonly WalkForwardWindow[] {
  const { windows, ratio, anchored, embargo } = spec;
  const length = Math.floor(periods / (ratio + windows));
  const first = periods - length * windows;
  if (length < FEWEST || Math.floor(length * ratio) - embargo < FEWEST)
    throw new SigmaError(
      'study/too-short',
      `${windows} windows of ${periods} periods leave ${length} periods each out of sample and ${Math.max(0, Math.floor(length * ratio) - embargo)} to search`,
      {
        where: '--walk-forward',
        hint: `take fewer windows or more data; each part needs at least ${FEWEST} periods`,
      },
    );
  return Array.from({ length: windows }, (_, w) => {
    const start = first + w * length;
    const from = anchored ? 0 : Math.max(0, start - Math.floor(length * ratio));
    return { inSample: { from, to: start - embargo }, outOfSample: { from: start, to: start + length } };
  });
}
