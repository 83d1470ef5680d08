/** Faults of a deployment's options, for the person who deploys: without a stack trace. */
import { z } from 'zod';

export class SettingsError extends Error {}

/** A line for each fault: where, what, and for an unknown name those of its group. */
export function settingsFaults(issues: readonly z.core.$ZodIssue[], schema: z.ZodType): SettingsError {
  const lines = issues.flatMap((issue) => {
    if (issue.code !== 'unrecognized_keys') return [`${issue.path.join('.') || 'settings'}: ${issue.message}`];
    const group = issue.path.reduce((above: z.core.$ZodType, name) => shapeOf(above)[String(name)] ?? above, schema);
    const known = Object.keys(shapeOf(group)).join(', ');
    return issue.keys.map((key) => `${[...issue.path, key].join('.')}: there is no such setting; there are ${known}`);
  });
  return new SettingsError(['The settings are not valid:', ...lines].join('\n  '));
}

/** The settings of a group, by name; of an optional group those within. */
function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  if (schema instanceof z.ZodOptional) return shapeOf(schema.unwrap());
  return schema instanceof z.ZodObject ? schema.shape : {};
}
