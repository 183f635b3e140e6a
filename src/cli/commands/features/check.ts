/** `sigma features check`: whether a specification is sound, and what it is computed from. */
import type { Command } from 'commander';
import { act, examples } from '../../io.ts';
import { pairs } from '../../render/pairs.ts';

export function featuresCheckCommand(command: Command): void {
  command.argument('<file>', 'a *.features.json');
  examples(command, 'sigma features check precursors.features.json');
  act(command, async (io, _flags, [file = '']) => {
    const { readFeatureSpec } = await import('../../../lib/lab/index.ts');
    const { channelExpression, featureSpecHash } = await import('../../../lib/features/index.ts');
    const spec = await readFeatureSpec(file);
    const hash = featureSpecHash(spec);
    const channels = spec.channels.map((channel, k) => {
      // Windows of ticks have columns by name, without a warm-up.
      if (spec.source === 'ticks') return { name: channel.name, expression: channel.expression, warmup: 0 };
      const { key, warmup } = channelExpression(channel, `${file}: channels.${k}`);
      return { name: channel.name, expression: key, warmup };
    });
    io.document('sigma.features-check/1', { file, hash, channels, features: spec });
    io.print(
      pairs([
        ['specification', `${spec.name} ${hash.slice(0, 12)}`],
        ['rows', `${spec.timeframe}, ${spec.session.slots} a session (${spec.session.calendar})`],
        ...channels.map(({ name, expression, warmup }) => {
          const text = spec.source === 'ticks' ? `${expression} of ticks` : `${expression}, ${warmup} bars of warm-up`;
          return [name, text] as const;
        }),
        [
          'window',
          `${spec.windowRows} rows, ${spec.embedding.dct} cosines a channel, ${spec.embedding.pca} components`,
        ],
      ]),
    );
  });
}
