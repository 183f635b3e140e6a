import { describe, expect, it } from 'vitest';
import { withoutPassword } from '../../../src/lib/data/index.ts';

describe('a source that is stored', () => {
  it('loses its password, wherever it stands, and keeps what finds the table again', () => {
    expect(withoutPassword('postgres://ann:secret@db:5432/market?table=bars')).toBe(
      'postgres://ann@db:5432/market?table=bars',
    );
    expect(withoutPassword('postgresql://db/market?user=ann&password=secret&table=bars')).toBe(
      'postgresql://db/market?user=ann&table=bars',
    );
  });

  it('that is no database stays as it is', () => {
    expect(withoutPassword('prices.csv')).toBe('prices.csv');
    expect(withoutPassword('us-equities')).toBe('us-equities');
  });
});
