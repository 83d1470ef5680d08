/** The import message as a JSON Schema, for those who publish bank data: made from the schema that validates it. */
import { importMessageSchema } from '../import/import-message.ts';
import { describeFields, inlineSchema, type JsonSchema } from './schemas.ts';

const ABOUT = [
  'One message on the import queue is one import of one owner. It needs one of `accounts` and `accountsAt`, and an account one of `iban` and',
  '`accountId`. Fields that are not listed are ignored. Where `null` is allowed, an empty text counts as absent too.',
].join(' ');

/** JSON Schema 2020-12. It says the form; that days exist and spans end after they begin is checked when a message is read. */
export function importMessageJsonSchema(): JsonSchema {
  const schema = inlineSchema(importMessageSchema);
  describeFields('ImportMessage', schema);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Import message of Owner Profiles',
    description: ABOUT,
    ...schema,
  };
}
