import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { PermanentError } from '../../runtime/errors.ts';

/** Whether the condition of a write held, and it was made. Throws every other error. */
export async function conditionHeld(sent: Promise<unknown>): Promise<boolean> {
  try {
    await sent;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** @throws PermanentError with this code when the condition of the write did not hold */
export async function unless(code: string, detail: string, sent: Promise<unknown>): Promise<void> {
  if (!(await conditionHeld(sent))) throw new PermanentError(code, detail);
}
