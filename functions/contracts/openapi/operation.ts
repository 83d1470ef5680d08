/** What the OpenAPI document says of a route beyond its method, path, scopes and the parameters in the path. */
import type * as z from 'zod';
import type { PARAMETERS } from '../http/owners.ts';
import type { PAGE_PARAMETERS } from '../http/previews.ts';
import type { ProblemCode } from '../http/problems.ts';
import type { ComponentName, JsonSchema } from './schemas.ts';

export type Operation = {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly tags: readonly string[];
  /** In the query. */
  readonly parameters?: readonly (keyof typeof PARAMETERS)[];
  readonly pageParameters?: readonly (keyof typeof PAGE_PARAMETERS)[];
  /** More parameters in the query, by name. */
  readonly query?: Readonly<Record<string, z.ZodType>>;
  /** A request may ask for one version by the header `If-Match`. */
  readonly isConditional?: true;
  readonly body?: JsonSchema;
  readonly successes: readonly Success[];
  /** Problems beyond those of any request. */
  readonly problems: readonly ProblemCode[];
};

export type Success = {
  readonly status: number;
  readonly description: string;
  readonly schema?: ComponentName | 'any' | 'page';
  readonly headers?: readonly ('ETag' | 'Location')[];
};
