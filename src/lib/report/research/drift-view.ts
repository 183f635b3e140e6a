/** What the page of a drift measurement shows, as plain data. */
import type { DriftReport, PanelScores } from '../../research/index.ts';

export type DriftView = {
  readonly hash: string;
  readonly data: string;
  readonly synthetic: boolean;
  readonly report: DriftReport;
  readonly counts: PanelScores['counts'];
};
