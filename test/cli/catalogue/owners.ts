/** Owners to whom definitions in these tests apply or do not. */
import type { Account } from '../../e2e/support/messages.ts';
import { GARDEN_LOVER } from './files.ts';
import { day, type startWorld } from './world.ts';

/** Garden centres month after month: eight visits within a year. */
const gardenAccount = (): Account => ({
  iban: 'DE89370400440532013000',
  currencyName: 'EUR',
  covers: { from: day(-300), to: day(-1) },
  transactions: [10, 45, 80, 115, 150, 185, 220, 255].map((ago) => ({
    bookedOn: day(-ago),
    currencyAmount: '-24.90',
    title: 'DEHNER GARTENCENTER',
  })),
});

/** Pet food month after month: half a year of it, and nothing else. */
const petAccount = (): Account => ({
  iban: 'PL61109010140000071219812874',
  currencyName: 'PLN',
  covers: { from: day(-200), to: day(-2) },
  transactions: [10, 40, 70, 100, 130, 160].map((ago) => ({
    bookedOn: day(-ago),
    currencyAmount: '-49.99',
    title: 'ZOOPLUS.PL MUENCHEN',
  })),
});

export const GARDENERS = ['garden-1', 'garden-2', 'garden-3'];
export const FED = ['fed-1', 'fed-2', 'fed-3', 'fed-4'];

export async function settle(world: Awaited<ReturnType<typeof startWorld>>): Promise<void> {
  for (const owner of GARDENERS) await world.owner(owner, [gardenAccount()]);
  for (const owner of FED) await world.owner(owner, [petAccount()]);
}

/** The built-in definition made so strict that it applies to nobody. */
export const STRICT_PET_OWNER = `id: pet-owner
title: Keeps a pet
description: Pet food, pet supplies or a vet, month after month.
enter:
  all:
    - { feature: pets|veterinary.count, window: 180d, atLeast: 40 }
`;

export const FILES = {
  'catalogue.yaml': 'disabled: []\nenabled: []\n',
  'profiles/garden-lover.yaml': GARDEN_LOVER,
  'profiles/pet-owner.yaml': STRICT_PET_OWNER,
};
