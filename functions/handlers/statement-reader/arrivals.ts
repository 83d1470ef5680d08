/** What S3 says of objects that have arrived (Amazon S3 user guide, "Event message structure"). */
import * as z from 'zod';

const arrivals = z.object({
  Records: z.array(z.object({ s3: z.object({ object: z.object({ key: z.string() }) }) })),
});
/** S3 sends it once, when the bucket's notifications are configured. */
const trial = z.object({ Event: z.literal('s3:TestEvent') });

/** The keys of the objects; none of a trial message. @throws when it is neither: then it is unknown what has arrived */
export function keysIn(body: string): string[] {
  const message: unknown = JSON.parse(body);
  if (trial.safeParse(message).success) return [];
  // Keys are written as in a form: blanks as `+`.
  return arrivals.parse(message).Records.map(({ s3 }) => decodeURIComponent(s3.object.key.replaceAll('+', ' ')));
}
