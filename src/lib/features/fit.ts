/** Fits a specification on training days in four steps, each by the stream as far as it is fitted: the season, the whitening, the threshold of surprise, the principal components of what stands out. */
import { SigmaError } from '../core/index.ts';
import { fitPca, type Matrix, rowOf, stacked, trimmedCovariance } from '../learning/index.ts';
import { eachCandidate } from './candidates.ts';
import { surpriseColumn } from './columns.ts';
import type { DayRange, FeatureModel } from './feature-model.ts';
import type { Panel } from './panel.ts';
import { rowsOf } from './rows-of-days.ts';
import { fitSeasonal } from './seasonal.ts';
import { type FeatureSpec, featureSpecHash } from './specification.ts';
import { forestSurprise } from './surprise.ts';
import { eachWindow, type WindowBlock } from './window-block.ts';

/** Windows that the covariance is estimated from, taken evenly: neighbours share most of their rows, so that more add little. */
const MOST_WINDOWS = 100_000;

/**
 * @param days training days; nothing outside them is looked at
 * @throws SigmaError features/invalid when the panel has other channels, study/too-short when the days have too few full
 * windows, data/singular when a channel does not vary or channels are copies of each other
 */
export function fitFeatures(spec: FeatureSpec, panel: Panel, days: DayRange): FeatureModel {
  checkPanel(spec, panel);
  const scaled = scaledOnly(spec, panel, days);
  const whitened = { ...scaled, whitening: fitWhitening(spec, scaled, panel, days) };
  const measured =
    spec.surprise === 'isolation-forest'
      ? { ...whitened, surprise: forestSurprise(sampledWindows(whitened, panel, days)) }
      : whitened;
  const threshold = surpriseQuantile(measured, panel, days, spec.peaks.quantile);
  const peaked = { ...measured, peaks: { ...measured.peaks, threshold } };
  return { ...peaked, pca: principalComponents(peakVectors(peaked, panel, days), spec.embedding.pca, scaled.pca) };
}

function checkPanel(spec: FeatureSpec, panel: Panel): void {
  const asked = spec.channels.map((c) => c.name).join(', ');
  const there = panel.channels.join(', ');
  if (asked !== there)
    throw new SigmaError('features/invalid', `the panel has the channels ${there}, not ${asked}`, { where: spec.name });
  if (panel.slots > spec.session.slots)
    throw new SigmaError(
      'features/invalid',
      `the panel has sessions of ${panel.slots} slots, not ${spec.session.slots}`,
      {
        where: `${spec.name}: session.slots`,
      },
    );
}

/** The model as far as the season: its whitening and its components leave everything as it is. */
function scaledOnly(spec: FeatureSpec, panel: Panel, days: DayRange): FeatureModel {
  const size = panel.channels.length * spec.embedding.dct;
  const zeros = Array.from({ length: size }, () => 0);
  const { before, after } = spec.peaks;
  return {
    schema: 'sigma.feature-model/1',
    specification: featureSpecHash(spec),
    channels: panel.channels,
    windowRows: spec.windowRows,
    window: spec.session.window,
    trained: days,
    ...fitSeasonal(spec, panel, days),
    dct: spec.embedding.dct,
    whitening: { mean: zeros, factor: zeros.flatMap((_, i) => [...zeros.slice(0, i), 1]) },
    surprise: { kind: 'trimmed-distance' },
    pca: { mean: zeros, components: zeros.map((_, i) => zeros.map((_, j) => (i === j ? 1 : 0))) },
    peaks: { threshold: 0, before, after },
  };
}

function fitWhitening(
  spec: FeatureSpec,
  scaled: FeatureModel,
  panel: Panel,
  days: DayRange,
): FeatureModel['whitening'] {
  const size = scaled.whitening.mean.length;
  const windows = sampledWindows(scaled, panel, days);
  if (windows.rows < 4 * size)
    throw new SigmaError('study/too-short', `${windows.rows} full windows are too few for ${size} coefficients`, {
      where: spec.name,
      hint: 'train on more days, or take shorter windows',
    });
  const trimmed = trimmedCovariance(windows, spec.embedding.whitening.keep);
  if (trimmed !== undefined) return { mean: [...trimmed.mean], factor: [...trimmed.whitening.factor] };
  throw new SigmaError('data/singular', 'the channels have a singular covariance: some are copies of each other', {
    where: panel.channels.join(', '),
  });
}

/** Every n-th window of the training days. */
function sampledWindows(model: FeatureModel, panel: Panel, days: DayRange): Matrix {
  const stride = Math.max(1, Math.ceil(trainingRows(panel, days) / MOST_WINDOWS));
  const size = model.whitening.mean.length;
  const rows: Float64Array[] = [];
  let full = 0;
  for (const series of panel.series) {
    const sample = (_row: number, window: number, block: WindowBlock): void => {
      if (full++ % stride !== 0) return;
      const whitened = new Float64Array(size);
      block.whitened(window, whitened);
      rows.push(whitened);
    };
    eachWindow(model, series, sample, days);
  }
  return stacked(rows, size);
}

function surpriseQuantile(model: FeatureModel, panel: Panel, days: DayRange, quantile: number): number {
  const surprises = new Float64Array(trainingRows(panel, days));
  let n = 0;
  for (const series of panel.series)
    for (const surprise of surpriseColumn(model, series, days)) if (!Number.isNaN(surprise)) surprises[n++] = surprise;
  return surprises.subarray(0, n).sort()[Math.floor(quantile * (n - 1))]!;
}

function peakVectors(model: FeatureModel, panel: Panel, days: DayRange): Matrix {
  const rows: Float64Array[] = [];
  for (const series of panel.series) {
    eachCandidate(model, series, (_, { vector }) => rows.push(vector.slice()), days);
  }
  return stacked(rows, model.whitening.mean.length);
}

/** Fewer than two peaks have no axes of their own: the first of those that there are is as good as any. */
function principalComponents(table: Matrix, kept: number, axes: FeatureModel['pca']): FeatureModel['pca'] {
  if (table.rows < 2) return { mean: axes.mean, components: axes.components.slice(0, kept) };
  const { mean, components } = fitPca(table, kept);
  return { mean: [...mean], components: Array.from({ length: components.rows }, (_, k) => [...rowOf(components, k)]) };
}

function trainingRows(panel: Panel, days: DayRange): number {
  return panel.series.reduce((sum, { day }) => {
    const [from, to] = rowsOf(day, days);
    return sum + to - from;
  }, 0);
}
