/** The screens that docs/console.md shows, and how each comes to what it shows. */
import type { Page } from 'playwright-core';

type Picture = {
  readonly name: string;
  /** Below `/console/`. */
  readonly path: string;
  readonly height?: number;
  readonly prepare: (page: Page, key: string) => Promise<void>;
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
      const table = page.getByRole('table');
      const empty = page.getByText('No snapshot yet');
      await table.or(empty).first().waitFor();
      if (await empty.isVisible()) {
        await page.getByRole('button', { name: 'Take a snapshot' }).click();
        await page.getByRole('button', { name: 'Take it' }).click();
      }
      await table.waitFor();
      for (const profile of ['Earns a regular wage', 'Rents a home', 'Runs a car']) {
        await page.getByLabel(`Overlap of ${profile}`).check();
      }
      await page.getByRole('combobox', { name: 'Expression' }).fill('salaried & homeowner');
    },
  },
];
