/** placeholder */
export const clientScript = '';
