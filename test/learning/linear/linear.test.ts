import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../src/lib/core/index.ts';
import {
  columnMeans,
  cosineTransform,
  covariance,
  fitPca,
  type Matrix,
  matrix,
  pcaScores,
  rowOf,
  squaredMahalanobis,
  symmetricEigen,
  trimmedCovariance,
  whiten,
  whitening,
} from '../../../src/lib/learning/index.ts';
import { blobs, table } from '../tables.ts';

const near = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void => {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++)
    expect(Math.abs(found[i]! - expected[i]!), `element ${i}: ${found[i]} for ${expected[i]}`).toBeLessThan(tolerance);
};
const normal = (seed: number, rows: number, columns: number): Matrix => {
  const rng = createRng(seed);
  return matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => rng.normal()),
  );
};
const times = (a: Matrix, b: Matrix): Matrix => {
  const product = matrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < b.columns; j++)
      for (let k = 0; k < a.columns; k++)
        product.values[i * b.columns + j]! += a.values[i * a.columns + k]! * b.values[k * b.columns + j]!;
  return product;
};
const transposed = ({ rows, columns, values }: Matrix): Matrix =>
  matrix(
    columns,
    rows,
    Float64Array.from(values, (_, at) => values[(at % rows) * columns + Math.floor(at / rows)]!),
  );
const identity = (size: number): Float64Array =>
  Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));

describe('covariance', () => {
  it('is that of numpy 2.4', () => {
    near(columnMeans(blobs), [2.1898089388888895, 1.4956013833333328]);
    const expected = [3.4064182844414437, -0.13585915167902624, -0.13585915167902624, 4.5862998017213235];
    near(covariance(blobs).values, expected);
  });

  it('is undefined for fewer than two rows and 0 for a column that does not vary', () => {
    expect(covariance(matrix(1, 2)).values.every(Number.isNaN)).toBe(true);
    near(
      covariance(
        table([
          [1, 3],
          [2, 3],
          [4, 3],
        ]),
      ).values.subarray(1),
      [0, 0, 0],
    );
  });
});

describe('eigenvectors', () => {
  it('are those of numpy 2.4, turned so that the largest entry is positive', () => {
    const { values, vectors } = symmetricEigen(
      table([
        [4, 1, -2, 0.5],
        [1, 3, 0, 1],
        [-2, 0, 2, -1],
        [0.5, 1, -1, 5],
      ]),
    );
    near(values, [6.560424072229342, 4.218415105639168, 2.7236553115130686, 0.4975055106184192]);
    near(rowOf(vectors, 0), [0.5621419175179843, 0.3394700083890221, -0.3882970265790454, 0.6465152721501892]);
    near(rowOf(vectors, 3), [0.5072957412475161, -0.2752975430816772, 0.7961602083759134, 0.18163484325466825]);
  });

  it('are orthonormal and rebuild the matrix, whatever its scale', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: -60, max: 60 }),
        (seed, size, power) => {
          const scale = 10 ** power;
          const a = normal(seed, size, size);
          const symmetric = times(a, transposed(a));
          const { values, vectors } = symmetricEigen(
            matrix(
              size,
              size,
              symmetric.values.map((x) => x * scale),
            ),
          );
          near(times(vectors, transposed(vectors)).values, identity(size), 1e-11);
          const scaled = matrix(
            size,
            size,
            vectors.values.map((x, at) => (x * values[Math.floor(at / size)]!) / scale),
          );
          near(times(transposed(vectors), scaled).values, symmetric.values, 1e-10 * (1 + values[0]! / scale));
          expect([...values].sort((x, y) => y - x)).toEqual([...values]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('principal components', () => {
  it('are those of scikit-learn 1.2.1 up to sign', () => {
    const { variances, ratios, components } = fitPca(blobs);
    near(variances, [4.601741408037294, 3.3909766781254715]);
    near(ratios, [0.5757417387213953, 0.42425826127860466]);
    near(components.values, [-0.1129318278171975, 0.9936027386565854, 0.9936027386565854, 0.1129318278171975]);
  });

  it('have scores without correlation whose variances they are', () => {
    const pca = fitPca(normal(3, 50, 6), 4);
    const { values } = covariance(pcaScores(pca, normal(3, 50, 6)));
    near(
      values,
      identity(4).map((x, at) => x * pca.variances[Math.floor(at / 4)]!),
    );
  });

  it('have no ratios where nothing varies, and name a value that is not finite', () => {
    expect(fitPca(matrix(3, 2)).ratios.every(Number.isNaN)).toBe(true);
    expect(() => fitPca(table([[1], [Number.POSITIVE_INFINITY]]))).toThrow(/row 1, column 0: Infinity/);
  });
});

describe('whitening', () => {
  it('makes the covariance the identity', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 8 }), (seed, size) => {
        const rows = times(normal(seed, 40, size), normal(seed + 1, size, size));
        const white = whiten(whitening(columnMeans(rows), covariance(rows)), rows);
        near(covariance(white).values, identity(size), 1e-6);
      }),
      { numRuns: 40 },
    );
  });

  it('gives the Mahalanobis distances of numpy 2.4', () => {
    const squared = squaredMahalanobis(whitening(columnMeans(blobs), covariance(blobs)), blobs);
    near([squared[0]!, squared[50]!, squared[179]!], [1.224040312702499, 0.7239597006149718, 0.5204587070356732]);
  });

  it('refuses a covariance without inverse and names the column', () => {
    const refused = (rows: readonly (readonly number[])[]): unknown => {
      try {
        return whitening(columnMeans(table(rows)), covariance(table(rows)));
      } catch (error) {
        return error;
      }
    };
    const sums = [1, 2, 4, 9].map((x, i) => [x, i % 2, x + (i % 2)]);
    expect(refused(sums)).toMatchObject({
      code: 'data/singular',
      message: 'column 2: the column is a combination of those before it; leave it out',
    });
    expect(refused(sums.map(([x, y]) => [x!, 3, y!]))).toMatchObject({
      code: 'data/singular',
      message: 'column 1: the column does not vary; leave it out',
    });
  });
});

describe('trimmed covariance', () => {
  it('is the covariance when all rows are kept', () => {
    near(trimmedCovariance(blobs, 1)!.covariance.values, covariance(blobs).values);
  });

  it('is that of the bulk although a tenth of the rows lies far out', () => {
    const rows = normal(5, 4000, 3);
    for (let at = 0; at < 1200; at++) rows.values[at] = 50 + 3 * rows.values[at]!;
    const { mean, covariance: found, kept } = trimmedCovariance(rows, 0.8)!;
    expect(kept).toBe(3200);
    near(mean, [0, 0, 0], 0.1);
    // A ninth of the good rows is trimmed too, so the scale is a little short of the true one; with all rows it is 200.
    found.values.forEach((x, at) => {
      expect(Math.abs(x - (at % 4 === 0 ? 1 : 0))).toBeLessThan(0.3);
    });
  });

  it('has the scale of normal rows whatever is trimmed', () => {
    for (const keep of [0.5, 0.75, 0.95])
      trimmedCovariance(normal(7, 20_000, 4), keep)!.covariance.values.forEach((x, at) => {
        expect(Math.abs(x - (at % 5 === 0 ? 1 : 0)), `keep ${keep}`).toBeLessThan(0.06);
      });
  });

  it('is undefined for too few rows and where columns are copies of each other', () => {
    expect(trimmedCovariance(normal(1, 3, 3), 0.9)).toBeUndefined();
    expect(trimmedCovariance(table(Array.from({ length: 20 }, (_, i) => [i % 7, i % 7])), 0.9)).toBeUndefined();
  });
});

describe('cosine transform', () => {
  it('is that of scipy 1.17.1', () => {
    const x = table([[1, 2, 4, 8, -3.5]]);
    const expected = [5.142956348249517, 0.4762660907728484, -5.763385387987484, 5.281871885116105, -3.075449376844361];
    near(times(x, transposed(cosineTransform(5))).values, expected);
  });

  it('is orthonormal', () => {
    for (const n of [1, 2, 7, 24]) near(times(cosineTransform(n), transposed(cosineTransform(n))).values, identity(n));
  });
});
