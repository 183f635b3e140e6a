/** The last check before a run is stored or a report is written: figures that contradict each other are a bug and go nowhere. */
import { invariant } from '../core/index.ts';
import { formatTime, openTime, type Timeframe } from '../model/index.ts';
import { type Documents, type RunView, reviewRun } from '../report/index.ts';

/**
 * What is worth a warning, in words.
 * @throws Error (a broken invariant) that names every contradiction
 */
export function publishable(view: RunView, documents: Documents = {}): readonly string[] {
  const findings = reviewRun(view, documents);
  const errors = findings.filter((finding) => finding.severity === 'error');
  invariant(errors.length === 0, `run ${view.id}: ${errors.map(({ code, text }) => `${code}: ${text}`).join('; ')}`);
  return findings.map((finding) => finding.text);
}

/** One line on what the risk gate did not let through as it was asked, dated by the bar that was complete then, or by the fill that the order answers. */
export function riskWarnings(log: RunView['result']['log'], timeframe: Timeframe): readonly string[] {
  const asked = /^order \d+ (?:cut|refused)( on a fill)?:/;
  const changed = log.filter(({ source, message }) => source === 'risk' && asked.test(message));
  const [first] = changed;
  if (first === undefined) return [];
  const time = asked.exec(first.message)?.[1] === undefined ? openTime(timeframe, first.time) : first.time;
  return [
    `risk limits cut or refused ${changed.length === 1 ? 'an order' : `${changed.length} orders`}: ${first.symbol} at ${formatTime(time)}, ${first.message}`,
  ];
}
