/** A dossier as a page for people: the same content as the JSON beside it, in the order in which people ask. */
import { type Condition, conditionWords, type Explanation, isAsNeeded, partWords } from '../explanation-view.ts';
import type { Dossier, DossierTransaction } from './collect.ts';
import { type Content, element, LINE, page, table } from './html.ts';

const STYLE = [
  'body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}',
  'table{border-collapse:collapse;margin:.5rem 0 1rem}th,td{border:1px solid #ccc;padding:.2rem .5rem;text-align:left;vertical-align:top}',
  'th{background:#f2f2f2}td{overflow-wrap:anywhere}h2{margin-top:2.5rem}h3{margin:1.5rem 0 .3rem}p{margin:.2rem 0}',
].join('\n');

export function renderDossier(dossier: Dossier): string {
  const { ownerExternalId, asOf } = dossier;
  const parts: readonly (readonly [string, Content])[] = [
    ['Profiles', dossier.explanations.map(explained)],
    [
      'Profiles day by day',
      table(
        ['From', 'To', 'Profiles'],
        dossier.history.map(({ from, to, profiles }) => [from, to, listOf(profiles)]),
      ),
    ],
    ['Changes that were announced in the last 30 days', changesIn(dossier)],
    [
      'Numbers behind the profiles',
      table(
        ['Number / window', 'Value'],
        Object.entries(dossier.features).map(([name, value]) => [name, value ?? 'no value']),
      ),
    ],
    [
      'Accounts',
      table(
        ['Account', 'Currency', 'Transactions', 'First', 'Last'],
        dossier.accounts.map((one) => [one.account, one.currencyName, one.transactions, one.from, one.to]),
      ),
    ],
    [
      'Deliveries that were refused in the last 14 days',
      table(
        ['Import', 'At', 'Reason', 'Detail'],
        dossier.refusedImports.map(({ importId, at, reason, detail }) => [importId, at, reason, detail]),
      ),
    ],
    [
      `Transactions (${dossier.transactions.length})`,
      table(
        ['Booked', 'Amount', 'Title', 'Party', 'Merchant', 'Country', 'Account', 'Labels and why'],
        dossier.transactions.map(transactionCells),
      ),
    ],
  ];
  const content = [
    element('h1', `What is stored about ${ownerExternalId}`),
    LINE,
    headOf(dossier),
    ...parts.flatMap(([title, body]) => [LINE, element('h2', title), LINE, body]),
  ];
  return page(`Dossier of ${ownerExternalId}, ${asOf}`, STYLE, content);
}

function headOf(dossier: Dossier): Content {
  const { ownerExternalId, asOf, dataFrom, dataTo, lastImportedAt, catalogueVersion, profiles, notJudged } = dossier;
  const facts: readonly (readonly [string, string])[] = [
    ['Person (as the client names them)', ownerExternalId],
    ['As of', asOf],
    ['Transactions', dataFrom === null ? 'none' : `from ${dataFrom}; data up to ${dataTo ?? 'an unknown day'}`],
    ['Last delivery', lastImportedAt ?? 'unknown'],
    ['Profiles that apply', listOf(profiles)],
    ['Too little data to judge', listOf(notJudged)],
    ['Rules', `catalogue ${catalogueVersion}`],
  ];
  return [
    table([], facts),
    LINE,
    element(
      'p',
      'A profile is derived from the transactions below by fixed rules, and from no other data. The content of each day is stored; of the last 16 deliveries themselves, a check sum. Snapshots of all persons keep the profiles of a day, and numbers that rest on them, for 400 days; an erasure removes the person from them.',
    ),
  ];
}

function explained(explanation: Explanation): Content {
  const { profile, title, applies, judged, since, endsOn, summary, missing = [], wouldChange, wouldKeep } = explanation;
  const verdict = judged === false ? 'not judged' : applies === true ? 'applies' : 'does not apply';
  const sentences = [
    summary,
    applies === true && since ? `It has applied since ${since}.` : '',
    applies === true
      ? endsOn
        ? `Without new data it ends on ${endsOn}.`
        : 'Without new data no end is in sight.'
      : '',
    ...missing.map((sentence) => `Missing: ${sentence}.`),
    wouldChange ? `What would change it: ${wouldChange}.` : '',
    wouldKeep ? `What would keep it: ${wouldKeep}.` : '',
  ];
  const shown = new Set<string>();
  const heading = element('h3', [element('strong', profile), title ? ` (${title})` : '', `: ${verdict}`]);
  const body = [
    sentences.flatMap((sentence) => (sentence ? [LINE, element('p', sentence)] : [])),
    LINE,
    table(['Part', 'Condition', 'Verdict', 'On'], (explanation.conditions ?? []).map(conditionCells)),
    (explanation.conditions ?? []).map((condition) => evidenceOf(condition, shown)),
  ];
  return [element('section', [heading, body]), LINE];
}

function conditionCells(condition: Condition): Content[] {
  return [
    partWords(condition),
    conditionWords(condition),
    isAsNeeded(condition) ? 'as needed' : 'not as needed',
    condition.on,
  ];
}

/** Conditions on one label have the same transactions: they are shown once. */
function evidenceOf(condition: Condition, shown: Set<string>): Content {
  const { transactions = [], transactionsOmitted = 0 } = condition;
  const content = JSON.stringify(transactions);
  if (transactions.length === 0 || shown.has(content)) return null;
  shown.add(content);
  const rows = transactions.map((row) => [
    row.bookedOn,
    `${row.currencyAmount} ${row.currencyName}`,
    row.title,
    row.party,
    (row.labels ?? []).map((label) => `${label} (${row.reasons?.[label] ?? 'no reason is known'})`).join(', '),
  ]);
  return [
    LINE,
    element('p', [
      `Behind ${condition.feature}`,
      transactionsOmitted > 0 ? `; ${transactionsOmitted} more are not shown here` : '',
    ]),
    LINE,
    table(['Booked', 'Amount', 'Title', 'Party', 'Labels and why'], rows),
  ];
}

function changesIn({ changes }: Dossier): Content {
  if (changes === null) return element('p', 'The key that was used may not see them.');
  const rows = changes.map(({ at, sequence, entered, left, cause }) => [
    at,
    sequence,
    listOf(entered),
    listOf(left),
    cause,
  ]);
  return table(['At', 'Number', 'Entered', 'Left', 'Cause'], rows);
}

function transactionCells(row: DossierTransaction): Content[] {
  const { bookedOn, currencyAmount, currencyName, title, party, merchant, country, account, labels } = row;
  const reasons = labels.map(({ label, reason }) => `${label} (${reason})`).join(', ');
  return [bookedOn, `${currencyAmount} ${currencyName}`, title, party, merchant, country, account, reasons];
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
