/** Feature specifications as files. */
import { readFile, writeFile } from 'node:fs/promises';
import { SigmaError } from '../core/index.ts';
import { calendar, findCalendar } from '../data/index.ts';
import { type FeatureSpec, hasRoom, parseFeatureSpec } from '../features/index.ts';
import { HOUR, timeframeMs } from '../model/index.ts';
import type { Market } from '../runs/index.ts';
import { atomicWrite, exists } from '../storage/index.ts';
import { sessionsOf } from './session-calendar.ts';

/** @throws SigmaError data/not-found, features/invalid with file and key */
export async function readFeatureSpec(path: string): Promise<FeatureSpec> {
  if (!(await exists(path)))
    throw new SigmaError('data/not-found', 'there is no such file', {
      where: path,
      hint: 'sigma features new writes one to start from',
    });
  const text = await readFile(path, 'utf8');
  try {
    const spec = parseFeatureSpec(JSON.parse(text), path);
    sessionsOf(spec, path);
    return spec;
  } catch (cause) {
    if (cause instanceof SigmaError) throw cause;
    throw new SigmaError('features/invalid', 'it is no JSON', { where: path, cause });
  }
}

/** Channels that any bars with volume have. */
const usualChannels = ['return', 'activity', 'spread', 'impact'];
/** Channels of bars without volume. */
const priceChannels = ['return', 'range'];

/** A specification that fits a market: its timeframe, its sessions, channels that its bars have. @throws SigmaError usage/bad-option for daily bars */
export function featureSpecFor({ info }: Market, name: string, hasVolume: boolean): FeatureSpec {
  const stepMs = timeframeMs(info.timeframe);
  if (!/^[1-9]\d*[smh]$/.test(info.timeframe))
    throw new SigmaError('usage/bad-option', `${info.name} has bars of ${info.timeframe}`, {
      where: '--data',
      hint: 'sessions need bars of seconds, minutes or hours',
    });
  const known = findCalendar(info.sessions) ?? calendar('24/7');
  const sessionMs = known.hoursPerSession * HOUR;
  const channels = info.closeOnly ? ['return'] : hasVolume ? usualChannels : priceChannels;
  const slots = Math.ceil(sessionMs / stepMs);
  const skip = known.name === '24/7' ? 0 : 1;
  const spec = parseFeatureSpec({
    schema: 'sigma.features/1',
    name,
    timeframe: info.timeframe,
    session: { calendar: known.name, slots, skip, window: 'continuous' },
    channels,
  });
  return hasRoom(spec) ? { ...spec, session: { ...spec.session, window: 'session' } } : spec;
}

/** Writes a specification with every default spelled out. @throws SigmaError data/exists, store/write-failed */
export async function writeFeatureSpec(path: string, spec: FeatureSpec): Promise<void> {
  if (await exists(path))
    throw new SigmaError('data/exists', 'the file is there already', { where: path, hint: 'choose another name' });
  await atomicWrite(path, (temporary) => writeFile(temporary, featureSpecText(spec)));
}

export function featureSpecText(spec: FeatureSpec): string {
  return `${JSON.stringify(spec, null, 2)}\n`;
}
