/** A time written in ISO 8601, as fields of a specification hold it. */
import { z } from 'zod';
import { parseTime } from '../../model/index.ts';

export const isoTime = z.string().refine((text) => {
  try {
    return Number.isFinite(parseTime(text));
  } catch {
    return false;
  }
}, 'is not an ISO 8601 time');
