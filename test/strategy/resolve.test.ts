import { describe, expect, it } from 'vitest';
import {
  boolean,
  choice,
  integer,
  number,
  paramsJsonSchema,
  resolveParams,
  text,
} from '../../src/lib/strategy/index.ts';

const momentum = {
  name: 'momentum',
  params: {
    lookback: integer({ default: 90, min: 5, max: 400, description: 'Bars' }),
    threshold: number({ default: 0.05, min: 0, max: 0.5 }),
    short: boolean({ default: true }),
    side: choice({ default: 'both', options: ['both', 'long'] }),
    symbol: text({ default: 'AAPL' }),
  },
};
const resolve = (given: Record<string, unknown>) => resolveParams(momentum, given);

describe('resolveParams', () => {
  it('fills in every default', () => {
    expect(resolve({})).toEqual({ lookback: 90, threshold: 0.05, short: true, side: 'both', symbol: 'AAPL' });
  });

  it('reads text as the type of the parameter', () => {
    expect(resolve({ lookback: '60', threshold: '1e-2', short: 'false', side: 'long', symbol: '7' })).toEqual({
      lookback: 60,
      threshold: 0.01,
      short: false,
      side: 'long',
      symbol: '7',
    });
  });

  it('takes values from code and treats undefined as not given', () => {
    expect(resolve({ lookback: 5, short: false, threshold: undefined })).toMatchObject({
      lookback: 5,
      threshold: 0.05,
      short: false,
    });
  });

  it('names a near parameter when one is misspelt', () => {
    expect(() => resolve({ lokback: '60' })).toThrow("momentum has no parameter 'lokback'; did you mean lookback?");
  });

  it('lists the parameters when nothing is near, and says when there are none', () => {
    expect(() => resolve({ zzzzzzz: 1 })).toThrow('its parameters are lookback, threshold, short, side, symbol');
    expect(() => resolveParams({ name: 'hold' }, { x: 1 })).toThrow('it takes no parameters');
  });

  it('does not take names of the language for parameters', () => {
    expect(() => resolve({ constructor: '1' })).toThrow("no parameter 'constructor'");
  });

  it.each([
    [{ lookback: '4' }, 'momentum.lookback: 4 is below the minimum 5; give a whole number from 5 to 400'],
    [{ lookback: '401' }, '401 is above the maximum 400'],
    [{ lookback: '60.5' }, '60.5 is not a whole number'],
    [{ lookback: '60x' }, "'60x' is not a whole number"],
    [{ lookback: '' }, "'' is not a whole number"],
    [{ lookback: '0x10' }, "'0x10' is not a whole number"],
    [{ threshold: Number.NaN }, 'NaN is not a number'],
    [{ threshold: '1e999' }, 'is not a number'],
    [{ short: 'maybe' }, 'give true or false'],
    [{ side: 'lon' }, 'did you mean long?'],
    [{ side: 3 }, '3 is not one of both, long'],
    [{ symbol: 3 }, '3 is not text'],
  ])('refuses %j', (given, message) => {
    expect(() => resolve(given)).toThrow(expect.objectContaining({ code: 'usage/bad-parameter' }));
    expect(() => resolve(given)).toThrow(message);
  });
});

describe('paramsJsonSchema', () => {
  it('states type, range, options, default and description of each parameter', () => {
    expect(paramsJsonSchema(momentum)).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'momentum',
      type: 'object',
      additionalProperties: false,
      properties: {
        lookback: { type: 'integer', default: 90, minimum: 5, maximum: 400, description: 'Bars' },
        threshold: { type: 'number', default: 0.05, minimum: 0, maximum: 0.5 },
        short: { type: 'boolean', default: true },
        side: { type: 'string', enum: ['both', 'long'], default: 'both' },
        symbol: { type: 'string', default: 'AAPL' },
      },
    });
  });
});
