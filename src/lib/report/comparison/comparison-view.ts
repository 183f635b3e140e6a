/** A comparison of runs as a page shows it: everything in words and texts already. */
import type { EquityLine } from './equity-lines.ts';

export type ComparisonLine = { readonly label: string; readonly values: readonly string[]; readonly differs: boolean };

export type ComparisonView = {
  readonly labels: readonly string[];
  readonly lines: readonly EquityLine[];
  readonly settings: readonly ComparisonLine[];
  readonly metrics: readonly ComparisonLine[];
  /** Where each run parts from the first, a sentence each. */
  readonly divergence: readonly string[];
  readonly code: readonly { readonly title: string; readonly diff: string }[];
  readonly advice: readonly string[];
  /** Data of at least one run was made up. */
  readonly synthetic: boolean;
};
