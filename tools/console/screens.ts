/** The screens in docs/how-to/console.md, and the steps that lead to each. */
import type { Page } from 'playwright-core';

type Picture = {
  readonly name: string;
  /** Below `/console/`. */
  readonly path: string;
  readonly height?: number;
  readonly prepare: (page: Page, key: string, operatorKey: string) => Promise<void>;
};

const signIn = async (page: Page, key: string) => {
  const field = page.getByLabel('API key');
  const menu = page.getByRole('navigation');
  await field.or(menu).first().waitFor();
  if (await menu.isVisible()) return;
  await field.fill(key);
  await page.getByText('Keep it for this tab').click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await menu.waitFor();
};

const STATEMENT = [
  ':20:STATEMENT',
  ':25:DE89370400440532013000',
  ':28C:11/1',
  ':60F:C261031EUR100,00',
  ':61:2611191119D49,99NMSCNONREF',
  ':86:ZOOPLUS.DE MUENCHEN',
  ':62F:C261120EUR50,01',
  '-\n',
].join('\n');

export const PICTURES: readonly Picture[] = [
  {
    name: 'sign-in',
    path: '',
    height: 560,
    prepare: async (page) => {
      await page.getByLabel('API key').waitFor();
    },
  },
  {
    name: 'segments',
    path: 'segments',
    prepare: async (page, key) => {
      await signIn(page, key);
      await page.getByRole('table').waitFor();
      for (const profile of ['Earns a regular wage', 'Rents a home', 'Owns a home']) {
        await page.getByLabel(`Overlap of ${profile}`).check();
      }
      await page.getByRole('combobox', { name: 'Expression' }).fill('salaried & homeowner');
      await page.evaluate('window.scrollTo(0, 0)');
    },
  },
  {
    name: 'owner',
    path: 'owner#id=anna-pl&profile=gamer',
    prepare: async (page, key) => {
      await signIn(page, key);
      await page.getByText('What would change it').waitFor();
      await page.locator('.timeline svg').first().waitFor();
    },
  },
  {
    name: 'catalogue',
    path: 'catalogue#profile=pet-owner',
    prepare: async (page, key) => {
      await signIn(page, key);
      await page.locator('.condition').first().click();
      const threshold = page.getByRole('slider', { name: 'Threshold' });
      await threshold.waitFor();
      await threshold.press('ArrowRight');
    },
  },
  {
    name: 'draft',
    path: 'catalogue#tab=draft&part=profiles.pet-owner&profile=pet-owner',
    height: 1000,
    prepare: async (page, key) => {
      await signIn(page, key);
      const preview = page.getByRole('button', { name: 'Preview on all owners' });
      await preview.waitFor();
      if (await preview.isDisabled()) {
        await page.getByRole('button', { name: 'Definitions' }).click();
        await page.getByRole('button', { name: 'Change it' }).click();
        const editor = page.getByRole('textbox', { name: 'JSON' });
        await editor.fill((await editor.inputValue()).replace(/("pets\|veterinary\.months".*"atLeast": )\d/g, '$18'));
        await page.getByText('saved in the draft', { exact: true }).waitFor();
        await preview.click();
      }
      const row = page.getByRole('row', { name: 'Keeps a pet' });
      await row.waitFor();
      await row.getByTitle('Who?').click();
      await page.getByRole('button', { name: 'anna-pl' }).click();
      await page.locator('.side-by-side article').first().waitFor();
      await page.getByRole('heading', { name: 'Preview' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'imports',
    path: 'imports',
    prepare: async (page, key) => {
      await signIn(page, key);
      await page.getByLabel('Owner id').fill('loan-4711');
      await page
        .getByLabel('File')
        .setInputFiles({ name: 'november.sta', mimeType: 'text/plain', buffer: Buffer.from(STATEMENT) });
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByText('joined', { exact: true }).waitFor();
    },
  },
  {
    name: 'keys',
    path: 'keys',
    height: 560,
    prepare: async (page, key) => {
      await signIn(page, key);
      await page.getByRole('table').waitFor();
      if ((await page.getByRole('row').count()) > 2) return;
      await page.getByRole('button', { name: 'Make a key' }).click();
      await page.getByLabel('Only from these addresses').fill('203.0.113.0/24');
      await page.getByLabel('For credit').check();
      await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
      await page.getByRole('button', { name: 'I have kept it' }).click();
    },
  },
  {
    name: 'failures',
    path: 'failures#queue=parked',
    prepare: async (page, _, operatorKey) => {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await signIn(page, operatorKey);
      await page.getByText('UNKNOWN_CLIENT', { exact: true }).waitFor();
    },
  },
];
