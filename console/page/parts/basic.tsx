/** The small parts that all screens use. */
import type { ComponentChildren, HTMLAttributes } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiProblem } from '../api/client.ts';
import type { Pages } from '../state/pages.ts';
import type { Query } from '../state/query.ts';
import { isOperator } from '../state/session.ts';
import { difference, t } from '../texts/texts.ts';

/** Longer texts of strangers are cut: a title may have thousands of characters. */
const LONGEST_TEXT = 140;

/** A text that a stranger wrote: isolated whatever its direction, and cut if it is long. */
export function Text({ children, lang }: { children: string; lang?: string }) {
  const [isWhole, setWhole] = useState(false);
  const isLong = children.length > LONGEST_TEXT;
  const shown = isLong && !isWhole ? `${Array.from(children.slice(0, LONGEST_TEXT)).slice(0, -1).join('')}…` : children;
  return (
    <>
      <bdi class="text" lang={lang}>
        {shown}
      </bdi>
      {isLong && (
        <button type="button" class="link small" onClick={() => setWhole(!isWhole)}>
          {t(isWhole ? 'less' : 'whole')}
        </button>
      )}
    </>
  );
}

type Tone = 'plain' | 'warn' | 'bad' | 'good';

/** What to do about a notice. */
type Remedy = { readonly text: string; readonly act: () => void };

export function Notice(props: {
  tone?: Tone;
  title: string;
  children?: ComponentChildren;
  remedy?: Remedy | undefined;
}) {
  const { tone = 'plain', title, children, remedy } = props;
  return (
    <div class={`notice ${tone}`} role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}>
      <div class="grow">
        <strong>{title}</strong>
        {children && <div class="says">{children}</div>}
      </div>
      {remedy && (
        <button type="button" class="button" onClick={remedy.act}>
          {remedy.text}
        </button>
      )}
    </div>
  );
}

/** Why there is nothing to show, and what to do. */
export function Trouble({ problem, retry }: { problem: ApiProblem; retry?: (() => void) | undefined }) {
  const again = retry && { text: t('again'), act: retry };
  if (problem.code === 'FORBIDDEN')
    return <Notice title={t('forbidden')}>{t(isOperator() ? 'operatorSays' : 'forbiddenSays')}</Notice>;
  if (problem.code === 'UNREACHABLE')
    return (
      <Notice tone="bad" title={t('unreachable')} remedy={again}>
        {t('unreachableSays')}
      </Notice>
    );
  const isTheirs = problem.code === 'INTERNAL_ERROR' || problem.code === 'SERVICE_UNAVAILABLE';
  return (
    <Notice tone="bad" title={isTheirs ? t('failed') : problem.message} remedy={again}>
      <Text lang="en">{problem.detail}</Text>
      <Faults problem={problem} />
      {problem.requestId && (
        <p class="small muted">
          {t('requestId')} <code>{problem.requestId}</code>
        </p>
      )}
    </Notice>
  );
}

export function Faults({ problem }: { problem: ApiProblem }) {
  if (problem.errors.length === 0) return null;
  return (
    <ul class="faults" lang="en">
      {problem.errors.map(({ path, message }) => (
        <li key={path + message}>
          {path && <code>{path.slice(0, 200)}</code>} <Text>{message}</Text>
        </li>
      ))}
    </ul>
  );
}

/** The state of a request: a placeholder, its problem, or its answer, with a mark when that is old. */
export function Awaited<Data>(props: { of: Query<Data>; rows?: number; children: (data: Data) => ComponentChildren }) {
  const { data, problem, isLoading, reload } = props.of;
  if (data !== undefined)
    return (
      <div class={isLoading ? 'stale' : ''} aria-busy={isLoading}>
        {problem && !isLoading && (
          <Notice tone="warn" title={t('stale')} remedy={{ text: t('again'), act: reload }}>
            {problem.code === 'UNREACHABLE' ? t('unreachableSays') : problem.message}
          </Notice>
        )}
        {props.children(data)}
      </div>
    );
  if (problem && !isLoading) return <Trouble problem={problem} retry={reload} />;
  return isLoading ? <Skeleton rows={props.rows ?? 6} /> : null;
}

/** The button for the next page of a list, and why that failed to load. */
export function More<Item>({ of: { hasMore, problem, showMore } }: { of: Pages<Item> }) {
  return (
    <>
      {problem && <Trouble problem={problem} />}
      {hasMore && (
        <button type="button" class="button" onClick={showMore}>
          {t('more')}
        </button>
      )}
    </>
  );
}

function Skeleton({ rows }: { rows: number }) {
  return (
    <div class="skeleton" role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} />
      ))}
    </div>
  );
}

export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <strong>{title}</strong>
      {children && <div class="says">{children}</div>}
    </div>
  );
}

/** A rise or fall by its sign and arrow, not by colour alone. */
export function Delta({ value }: { value: number }) {
  if (value === 0) return <span class="muted">0</span>;
  return <span class={value > 0 ? 'good' : 'bad'}>{difference(value)}</span>;
}

export function Chip({ children, tone = '' }: { children: ComponentChildren; tone?: string }) {
  return <span class={`chip ${tone}`}>{children}</span>;
}

export function Card(props: HTMLAttributes<HTMLElement> & { title?: string; aside?: ComponentChildren }) {
  const { title, aside, children, ...rest } = props;
  return (
    <section {...rest} class={`card ${props.class ?? ''}`}>
      {title && (
        <header>
          <h2>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

export function Progress(props: { label: string; done: number; total: number; onCancel?: () => void }) {
  const { label, done, total, onCancel } = props;
  return (
    <div class="progress">
      <div class="grow">
        <span>{label}</span>
        <progress max={Math.max(total, 1)} value={total > 0 ? done : undefined} aria-label={label} />
      </div>
      {onCancel && (
        <button type="button" class="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      )}
    </div>
  );
}
