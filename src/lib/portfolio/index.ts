export { type AccountConfig, defaultAccount, type SizingConfig } from './config.ts';
