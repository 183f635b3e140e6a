/** Local clocks: from a local time to the instant it names, and back. */
import { IANAZone } from 'luxon';
import { SigmaError } from '../../core/index.ts';
import { MINUTE } from '../../model/index.ts';
import { floorDay } from './dates.ts';

const zones = new Map<string, IANAZone>();

/** @throws SigmaError usage/bad-option when no such zone exists. */
function zone(name: string): IANAZone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  const found = IANAZone.create(name);
  if (!found.isValid) {
    throw new SigmaError('usage/bad-option', `'${name}' is not a time zone`, {
      where: 'time zone',
      hint: 'write an IANA name such as UTC, America/New_York or Asia/Seoul',
    });
  }
  zones.set(name, found);
  return found;
}

/** Minutes that local clocks are ahead of UTC at an instant. */
function offsetMinutes(timeZone: string, time: number): number {
  return timeZone === 'UTC' ? 0 : zone(timeZone).offset(time);
}

/**
 * The instant at which local clocks show `minutes` after midnight of `date` (a UTC midnight that stands for the civil date).
 * A time that the clocks skip in spring gives the instant after the gap by the same amount; one that they repeat in autumn its first.
 */
export function zonedTime(timeZone: string, date: number, minutes = 0): number {
  const wall = date + minutes * MINUTE;
  if (timeZone === 'UTC') return wall;
  const before = wall - offsetMinutes(timeZone, wall - 24 * 60 * MINUTE) * MINUTE;
  const after = wall - offsetMinutes(timeZone, wall + 24 * 60 * MINUTE) * MINUTE;
  // Away from a change both are the same; near one, the reading that the clocks agree with.
  if (before === after || offsetMinutes(timeZone, before) * MINUTE === wall - before) return before;
  if (offsetMinutes(timeZone, after) * MINUTE === wall - after) return after;
  return before;
}

/** What local clocks show, as if it were UTC. */
export function localTime(timeZone: string, time: number): number {
  return time + offsetMinutes(timeZone, time) * MINUTE;
}

/** The local civil date of an instant, as a UTC midnight. */
export function localDay(timeZone: string, time: number): number {
  return floorDay(localTime(timeZone, time));
}
