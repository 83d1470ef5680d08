import * as z from 'zod';

export const importId = z
  .string()
  .min(1)
  .max(256)
  .meta({ description: 'Id of an import, as its publisher gave it', examples: ['01JCTZ5W3M'] });
