/** Answers of an API with 35 profiles and four weeks of snapshots: as much as a client sees, whatever the samples hold. */
import type { BrowserContext } from 'playwright-core';

const NAMES = Array.from({ length: 35 }, (_, at) => `profile-${at}`);
const SNAPSHOTS = 28;

const PROFILES = NAMES.map((id, at) => ({
  id,
  title: `Title of profile ${at}`,
  description: 'What it says of an owner',
  sensitive: false,
  enabled: true,
}));

function snapshot(daysAgo: number) {
  const asOf = `2026-11-${String(SNAPSHOTS - daysAgo).padStart(2, '0')}`;
  const at = `${asOf}T03:00:00.000Z`;
  return {
    ...{ snapshotId: `s${daysAgo}`, status: 'finished', asOf, startedAt: at, finishedAt: at, watermark: at },
    ...{ catalogueVersion: 'made', hash: 'made', owners: 5000, failed: 0, slices: { done: 1, total: 1 } },
    profiles: NAMES.map((profile, index) => ({ profile, members: 100 * index + daysAgo, notJudged: index })),
  };
}

const ANSWERS: readonly (readonly [end: string, answer: object])[] = [
  ['/v1/profiles', { catalogueVersion: 'made', profiles: PROFILES }],
  ['/changes', { profiles: NAMES.map((profile) => ({ profile, entered: 3, left: 2 })) }],
  ['/v1/snapshots', { snapshots: Array.from({ length: SNAPSHOTS }, (_, daysAgo) => snapshot(daysAgo)), cursor: null }],
];

/** From now on the pages of this context get these answers. */
export async function answerMade(context: BrowserContext): Promise<void> {
  await context.route('**/v1/**', (route) => {
    const { pathname } = new URL(route.request().url());
    const [, json] = ANSWERS.find(([end]) => pathname.endsWith(end)) ?? [];
    return json ? route.fulfill({ json }) : route.abort();
  });
}
