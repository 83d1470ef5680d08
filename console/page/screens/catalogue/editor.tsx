/** A part of the draft as JSON: saved while typing if it is valid, with the service's faults by line if not. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { answerOf, api, isAbort, problemOf } from '../../api/client.ts';
import {
  type Definition,
  type LISTS,
  type PartName,
  partOf,
  pathOfPart,
  pretty,
  profileOfPart,
  withPart,
} from '../../model/amendment.ts';
import { JsonFault, lineAt, nearestSpot, spotsOf, withValue } from '../../model/json-text.ts';
import { Card, Notice, Text } from '../../parts/basic.tsx';
import { Completion } from '../../parts/completion.tsx';
import { useQuery, useRested } from '../../state/query.ts';
import { t } from '../../texts/texts.ts';
import { type Draft, writeDraft } from './draft-state.ts';
import { type ChosenCondition, Sentences } from './sentences.tsx';
import { Spread } from './spread.tsx';
import { Unlabelled } from './unlabelled.tsx';

type Fault = { readonly line: number | undefined; readonly message: string };
type Status =
  | { readonly kind: 'same' | 'saving' | 'saved' }
  | { readonly kind: 'faulty'; readonly faults: readonly Fault[] }
  | { readonly kind: 'conflict'; readonly detail: string };

const REST_MS = 500;
const FEWEST_ROWS = 14;

type Props = {
  readonly draft: Draft;
  readonly part: PartName;
  readonly initial: string;
  readonly onSaved: (draft: Draft) => void;
  readonly onReload: () => void;
  readonly onRemoved: () => void;
};

export function Editor({ draft, part, initial, onSaved, onReload, onRemoved }: Props) {
  const [text, setText] = useState(initial);
  const [condition, setCondition] = useState<ChosenCondition>();
  const status = useSaving(draft, part, text, onSaved);
  const offers = useOffers();
  const definition = profileOfPart(part) === undefined ? undefined : readDefinition(text);
  const isStored = partOf(draft.view.amendment, part) !== undefined;
  const use = (threshold: unknown) => {
    const spot = condition && spotsOf(text).get(`${condition.path}.${condition.operator}`);
    if (spot) setText(withValue(text, spot, threshold));
  };
  const remove = () =>
    void writeDraft(withPart(draft.view.amendment, part, undefined), draft.tag)
      .then(onSaved)
      .then(onRemoved, () => onReload());
  const lines = text.split('\n').length;
  return (
    <>
      <Card
        title={profileOfPart(part) ?? t(`list.${part as (typeof LISTS)[number]}`)}
        aside={<Saved status={status} />}
      >
        {status.kind === 'conflict' && (
          <Notice tone="warn" title={t('conflict')} remedy={{ text: t('readAgain'), act: onReload }}>
            <Text lang="en">{status.detail}</Text>
          </Notice>
        )}
        <p class="muted small">{t(profileOfPart(part) ? 'editorSays' : 'listSays')}</p>
        <div class="editor">
          <pre aria-hidden="true">{Array.from({ length: lines }, (_, at) => lineMark(at + 1, status)).join('\n')}</pre>
          <Completion
            value={text}
            onValue={setText}
            offers={offers}
            word={/[\w+|-]+(?:\.\w*)?$/}
            label={t('definitionAsJson')}
            describedBy="faults"
            isFaulty={status.kind === 'faulty'}
            rows={Math.max(FEWEST_ROWS, lines + 1)}
          />
        </div>
        <FaultList status={status} />
        {isStored && profileOfPart(part) && (
          <div class="actions">
            <button type="button" class="button" onClick={remove}>
              {t('takeOut')}
            </button>
          </div>
        )}
      </Card>
      {definition && (
        <Card title={t('inWords')}>
          <Sentences definition={definition} chosen={condition?.path} onChoose={setCondition} />
        </Card>
      )}
      {condition && <Spread key={condition.path} condition={condition} onUse={use} />}
      {part === 'rules' && <Unlabelled onRule={(rule) => setText(withItem(text, rule))} />}
    </>
  );
}

/** A list with one more item, while the text is a list. */
function withItem(text: string, item: unknown): string {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? pretty([...list, item]) : text;
  } catch {
    return text;
  }
}

const lineMark = (line: number, status: Status): string =>
  status.kind === 'faulty' && status.faults.some((fault) => fault.line === line) ? `✗ ${line}` : String(line);

function Saved({ status: { kind } }: { status: Status }) {
  const tone = kind === 'faulty' || kind === 'conflict' ? 'bad' : 'muted';
  return (
    <span class={`small ${tone}`} role="status">
      {t(`status.${kind}`)}
    </span>
  );
}

function FaultList({ status }: { status: Status }) {
  return (
    <ul id="faults" class="faults bad" lang="en">
      {status.kind === 'faulty' &&
        status.faults.map(({ line, message }) => (
          <li key={`${line} ${message}`}>
            {line !== undefined && <strong>{`${line}: `}</strong>}
            <Text>{message}</Text>
          </li>
        ))}
    </ul>
  );
}

/** Saves the part some time after the last key press, if it differs from the stored one. */
function useSaving(draft: Draft, part: PartName, text: string, onSaved: (draft: Draft) => void): Status {
  const [status, setStatus] = useState<Status>({ kind: 'same' });
  const rested = useRested(text, REST_MS);
  const current = useRef(draft);
  current.current = draft;
  useEffect(() => {
    const { view, tag } = current.current;
    const read = parsed(rested, part);
    if ('faults' in read) return setStatus({ kind: 'faulty', faults: read.faults });
    if (pretty(read.value) === pretty(partOf(view.amendment, part))) {
      return setStatus(({ kind }) => ({ kind: kind === 'saving' || kind === 'saved' ? 'saved' : 'same' }));
    }
    const control = new AbortController();
    setStatus({ kind: 'saving' });
    const amendment = withPart(view.amendment, part, read.value);
    writeDraft(amendment, tag, control.signal)
      .then((saved) => {
        setStatus({ kind: 'saved' });
        onSaved(saved);
      })
      .catch((failure: unknown) => {
        if (isAbort(failure)) return;
        const { code, detail, message, errors } = problemOf(failure);
        if (code === 'DRAFT_CHANGED') return setStatus({ kind: 'conflict', detail });
        const own = pathOfPart(amendment, part);
        const faults = errors.map((error) => faultOf(error, own, rested));
        setStatus({ kind: 'faulty', faults: faults.length > 0 ? faults : [{ line: undefined, message }] });
      });
    return () => control.abort();
  }, [rested, part, onSaved]);
  return text === rested ? status : { kind: 'saving' };
}

/** A fault of the service, with its line if it is in this part. */
function faultOf({ path, message }: { path: string; message: string }, own: string, text: string): Fault {
  if (path !== own && !path.startsWith(`${own}.`) && !path.startsWith(`${own}[`)) {
    return { line: undefined, message: `${path}: ${message}` };
  }
  const within = path.slice(own.length).replace(/^\./, '');
  const spot = nearestSpot(spotsOf(text), within);
  return { line: spot && lineAt(text, spot.start), message: within === '' ? message : `${within}: ${message}` };
}

type Parsed = { readonly value: unknown } | { readonly faults: readonly Fault[] };

function parsed(text: string, part: PartName): Parsed {
  try {
    spotsOf(text);
  } catch (failure) {
    if (!(failure instanceof JsonFault)) throw failure;
    return { faults: [{ line: lineAt(text, failure.at), message: t('notJson') }] };
  }
  const value: unknown = JSON.parse(text);
  const id = profileOfPart(part);
  if (id === undefined || (typeof value === 'object' && value !== null && 'id' in value && value.id === id)) {
    return { value };
  }
  return { faults: [{ line: undefined, message: t('idStays', { id }) }] };
}

/** A definition in words, while the text is valid. */
function readDefinition(text: string): Definition | undefined {
  try {
    const value = JSON.parse(text) as Definition;
    return typeof value.enter === 'object' && typeof value.title === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Names in the schema of the catalogue: features, and words of the grammar. */
function useOffers(): (word: string, before: string) => readonly string[] {
  const schema = useQuery('schema', (signal) => answerOf(api.GET('/v1/catalogue/schema.json', { signal })));
  const names = schema.data ? namesIn(schema.data) : [];
  return (word, before) => {
    if (!/"[^"\n]*$/.test(before) && !before.endsWith('"')) return [];
    const wanted = word.toLowerCase();
    const at = wanted.lastIndexOf('|') + 1;
    const [kept, rest] = [word.slice(0, at), wanted.slice(at)];
    return rest === ''
      ? []
      : names
          .filter((name) => name.includes(rest))
          .toSorted((a, b) => Number(b.startsWith(rest)) - Number(a.startsWith(rest)))
          .map((name) => kept + name);
  };
}

function namesIn(schema: unknown): string[] {
  const names = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'enum' && Array.isArray(inner)) for (const name of inner) names.add(String(name));
      else if (key === 'properties') for (const name of Object.keys(inner as object)) names.add(name);
      walk(inner);
    }
  };
  walk(schema);
  return [...names];
}
