/**
 * Who is meant, by profiles: `parent & pet-owner & !tenant`. `!` binds before `&`, `&` before `|`; parentheses go before all. An owner
 * who is not judged for a profile does not have it.
 */
import { nearest } from '../values/nearest.ts';

/** What an expression says: a profile, its opposite, all of several, any of several. */
export type Expression =
  | { readonly profile: string }
  | { readonly not: Expression }
  | { readonly all: readonly Expression[] }
  | { readonly any: readonly Expression[] };

export type ReadExpression =
  | { readonly expression: Expression; readonly fault?: undefined }
  | { readonly expression?: undefined; readonly fault: string };

/** Characters of an expression, and how deep parentheses and `!` may nest. */
export const LONGEST_EXPRESSION = 4_000;
export const DEEPEST_EXPRESSION = 50;

/** A piece of the text; `at` is the character that it begins with, counted from 1. */
type Token = { readonly text: string; readonly at: number };

const TOKEN = /[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|[&|!()]|\s+|./giu;
const NAME = /^[a-z0-9]/i;

class Fault extends Error {}

/** The expression that a text says, or what is wrong with it and at which character. @param profiles ids that may be named */
export function readExpression(text: string, profiles: Iterable<string>): ReadExpression {
  if (text.length > LONGEST_EXPRESSION) return { fault: `must have at most ${LONGEST_EXPRESSION} characters` };
  const tokens: Token[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token.trim() !== '') tokens.push({ text: token, at: index + 1 });
  }
  if (tokens.length === 0) return { fault: 'must not be empty: name profiles, such as `parent & !tenant`' };
  try {
    return { expression: new Reader(tokens, new Set(profiles)).read() };
  } catch (error) {
    if (error instanceof Fault) return { fault: error.message };
    throw error;
  }
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #profiles: ReadonlySet<string>;
  #next = 0;

  constructor(tokens: readonly Token[], profiles: ReadonlySet<string>) {
    this.#tokens = tokens;
    this.#profiles = profiles;
  }

  read(): Expression {
    const expression = this.#any(0);
    const token = this.#tokens[this.#next];
    if (token) throw faultAt(token, `must have \`&\` or \`|\` between profiles, and has \`${token.text}\``);
    return expression;
  }

  #any(depth: number): Expression {
    const parts = this.#list('|', () => this.#all(depth));
    return parts.length === 1 ? parts[0]! : { any: parts };
  }

  #all(depth: number): Expression {
    const parts = this.#list('&', () => this.#one(depth));
    return parts.length === 1 ? parts[0]! : { all: parts };
  }

  #list(between: string, read: () => Expression): Expression[] {
    const parts = [read()];
    while (this.#tokens[this.#next]?.text === between) {
      this.#next++;
      parts.push(read());
    }
    return parts;
  }

  #one(depth: number): Expression {
    const token = this.#tokens[this.#next++];
    if (!token) throw new Fault('must end with a profile');
    if (depth > DEEPEST_EXPRESSION) throw faultAt(token, `must not be nested deeper than ${DEEPEST_EXPRESSION} levels`);
    if (token.text === '!') return { not: this.#one(depth + 1) };
    if (token.text === '(') return this.#inParentheses(token, depth + 1);
    if (!NAME.test(token.text)) throw faultAt(token, `must have a profile, and has \`${token.text}\``);
    if (!this.#profiles.has(token.text)) throw faultAt(token, unknownProfile(token.text, this.#profiles));
    return { profile: token.text };
  }

  #inParentheses(open: Token, depth: number): Expression {
    const expression = this.#any(depth);
    const close = this.#tokens[this.#next++];
    if (!close) throw faultAt(open, 'must close this parenthesis');
    if (close.text !== ')') throw faultAt(close, `must have \`)\`, \`&\` or \`|\`, and has \`${close.text}\``);
    return expression;
  }
}

/** What to say of a profile that is not known, with the nearest name. */
export function unknownProfile(name: string, profiles: Iterable<string>): string {
  const near = nearest(name.slice(0, 100), profiles);
  const way = near === undefined ? 'if it is new, take a snapshot first' : `did you mean \`${near}\`?`;
  return `must be a known profile, and \`${name.slice(0, 100)}\` is not: ${way}`;
}

function faultAt({ at }: Token, message: string): Fault {
  return new Fault(`${message} (at character ${at})`);
}

/** Whether an owner is meant who has the profiles that `has` says. */
export function isMeant(expression: Expression, has: (profile: string) => boolean): boolean {
  if ('profile' in expression) return has(expression.profile);
  if ('not' in expression) return !isMeant(expression.not, has);
  if ('all' in expression) return expression.all.every((part) => isMeant(part, has));
  return expression.any.some((part) => isMeant(part, has));
}
