import * as z from 'zod';

/** As somebody asks for it: one that cannot be is unknown, like any other that never came. */
export const askedImportId = z
  .string()
  .min(1)
  .meta({ description: 'As it was asked for', examples: ['01JCTZ5W3M'] });

export const importId = z
  .string()
  .min(1)
  .max(256)
  .meta({ description: 'Id of an import, as its publisher gave it', examples: ['01JCTZ5W3M'] });
