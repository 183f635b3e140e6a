/** `precursor`: what survived, boiled down to one document that a strategy runs. */
import { canonicalJson, type Json } from '../core/index.ts';
import type { Rebuild, StoredArtifact } from '../registry/index.ts';
import { type DistillOptions, distill, type PrecursorArtifact, parseArtifact } from '../research/index.ts';
import { type Draft, describe, inherited, openArtifact, requireName, type Saved, saved } from './artifact.ts';
import type { LabContext } from './context.ts';
import { type OpenValidation, openValidation } from './validation.ts';

export type DistillTerms = Pick<DistillOptions, 'seed' | 'estimate' | 'gates'> & {
  /** These two are those of the validation when left out. */
  readonly name?: string;
  readonly perDay?: number;
};

/** @throws SigmaError usage/unknown-artifact, store/differs, research/no-survivor */
export async function makePrecursor(
  request: { readonly validation: string; readonly terms: DistillTerms },
  context: LabContext,
): Promise<Saved & { readonly precursor: PrecursorArtifact }> {
  if (request.terms.name !== undefined) requireName(request.terms.name);
  context.onStage?.('reading the validation');
  const validation = await openValidation(request.validation, context);
  context.onStage?.('distilling');
  const { draft, precursor } = precursorDraft(validation, request.terms);
  return { ...(await saved(context, 'precursor', draft)), precursor };
}

/** @throws SigmaError usage/unknown-artifact, data/newer-schema, research/bad-artifact */
export async function openPrecursor(
  reference: string,
  { store }: Pick<LabContext, 'store'>,
): Promise<{ readonly artifact: StoredArtifact; readonly precursor: PrecursorArtifact }> {
  const artifact = await openArtifact(store, reference, 'precursor');
  const text = Buffer.from(await artifact.file('precursor.json')).toString('utf8');
  return { artifact, precursor: parseArtifact(JSON.parse(text), reference) };
}

export const rebuildPrecursor =
  (markets: LabContext['markets']): Rebuild =>
  async ({ manifest }, store) => {
    const validation = await openValidation(manifest.parents['validation'] ?? '', { markets, store });
    return precursorDraft(validation, { ...(manifest.params as unknown as DistillTerms), name: manifest.name }).draft; // written below
  };

function precursorDraft(
  { artifact, discovery, validation, terms: validated }: OpenValidation,
  { name = artifact.manifest.name, perDay = validated.perDay, ...rest }: DistillTerms,
): { readonly draft: Draft; readonly precursor: PrecursorArtifact } {
  const { dataset, clusters } = discovery;
  const { horizonRows } = dataset.terms;
  const terms = { ...rest, perDay };
  const precursor = distill(
    {
      name,
      specification: dataset.features,
      model: clusters.model,
      clusters,
      survivors: validation.survivors,
      panel: dataset.market.panel,
      events: dataset.events,
      days: dataset.summary.days,
    },
    { ...terms, horizonRows, quietRows: horizonRows },
  );
  const draft: Draft = {
    description: describe('precursor', {
      name,
      seed: terms.seed,
      params: terms as unknown as Json, // plain data
      ...inherited(artifact),
      trials: artifact.manifest.trials + precursor.fitted.trials,
      metrics: {
        precursors: precursor.precursors.length,
        kappa: precursor.agreement.kappa,
        bytes: precursor.cost.bytes,
        perRow: precursor.cost.perRow,
        perCandidate: precursor.cost.perCandidate,
      },
      parents: { validation: artifact.hash },
    }),
    content: { 'precursor.json': Buffer.from(`${canonicalJson(precursor as unknown as Json)}\n`) }, // plain data
  };
  return { draft, precursor };
}
