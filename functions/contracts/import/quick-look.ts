/**
 * Quick looks at JSON values, to be tried before a schema. A schema copies everything and tracks where it is; a look takes a fraction of
 * that time, and does not say what is wrong.
 */

/** A value that is not plainly right: the schema must be asked. */
export const ODD = Symbol('odd');

/** The result for a JSON value: the same value, unless something of it is left out. */
export type Look<Value> = (value: unknown) => Value | typeof ODD;

type Looks = Readonly<Record<string, Look<unknown>>>;
type Field = { readonly look: Look<unknown>; readonly isRequired: boolean };
type Read<Of> = Of extends Look<infer Value> ? Value : never;
type Fields<Required extends Looks, Optional extends Looks> = { [Name in keyof Required]: Read<Required[Name]> } & {
  [Name in keyof Optional]?: Read<Optional[Name]> | undefined;
};

export function text(is: (text: string) => boolean): Look<string> {
  return (value) => (typeof value === 'string' && is(value) ? value : ODD);
}

export function oneOf<const Value>(...values: readonly Value[]): Look<Value> {
  return (value) => ((values as readonly unknown[]).includes(value) ? (value as Value) : ODD);
}

export function list<Item>(look: Look<Item>, most = Number.POSITIVE_INFINITY): Look<Item[]> {
  return (value) => {
    if (!Array.isArray(value) || value.length > most) return ODD;
    let items: Item[] = value;
    for (let at = 0; at < value.length; at++) {
      const item = look(value[at]);
      if (item === ODD) return ODD;
      if (item === value[at]) continue;
      if (items === value) items = [...value];
      items[at] = item;
    }
    return items;
  };
}

/** Fields of other names are left out; an optional one that is `null` reads as absent. */
export function object<Required extends Looks, Optional extends Looks>(
  required: Required,
  optional: Optional,
): Look<Fields<Required, Optional>> {
  const fields = new Map<string, Field>();
  for (const [name, look] of Object.entries(required)) fields.set(name, { look, isRequired: true });
  for (const [name, look] of Object.entries(optional)) fields.set(name, { look, isRequired: false });
  const mostMissing = Object.keys(required).length;
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return ODD;
    const given = value as Record<string, unknown>;
    let anew: Record<string, unknown> | undefined;
    let missing = mostMissing;
    for (const name in given) {
      const field = fields.get(name);
      if (field === undefined) {
        anew ??= before(name, given);
        continue;
      }
      const { look, isRequired } = field;
      const told = given[name];
      if (isRequired) missing--;
      const read = !isRequired && (told === null || told === undefined) ? undefined : look(told);
      if (read === ODD) return ODD;
      if (read !== told) anew ??= before(name, given);
      if (anew) anew[name] = read;
    }
    return missing > 0 ? ODD : ((anew ?? given) as Fields<Required, Optional>);
  };
}

/** The fields before one. */
function before(name: string, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const earlier in given) {
    if (earlier === name) break;
    fields[earlier] = given[earlier];
  }
  return fields;
}
