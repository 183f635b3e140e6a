/** The version in package.json, read from the package this very file belongs to. */
export { packageVersion as version } from '../lib/plugins/package-root.ts';
