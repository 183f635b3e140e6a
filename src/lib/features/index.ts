/** Feature specifications: channels, windows, normalisation and embedding, computed in batch and bar by bar with the same bits. */
export type { ChannelSeries, Panel } from './panel.ts';
