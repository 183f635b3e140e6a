/** Lets notebooks in this folder import 'sigma-quant' from this checkout: tslab looks for packages in node_modules only. */
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const notebooks = dirname(fileURLToPath(import.meta.url));
const link = join(notebooks, 'node_modules', 'sigma-quant');
mkdirSync(dirname(link), { recursive: true });
if (!existsSync(link)) symlinkSync(dirname(notebooks), link, 'junction');
