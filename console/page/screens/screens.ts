import type { ComponentType } from 'preact';
import { isOperator } from '../state/session.ts';
import type { TextKey } from '../texts/texts.ts';
import { CatalogueScreen } from './catalogue.tsx';
import { FailuresScreen } from './failures.tsx';
import { ImportsScreen } from './imports.tsx';
import { KeysScreen } from './keys.tsx';
import { OwnerScreen } from './owner.tsx';
import { SegmentsScreen } from './segments.tsx';

type Screen = { readonly name: string; readonly title: TextKey; readonly screen: ComponentType };

/** In the order of the menu; the first is the start page. */
const SCREENS: readonly [Screen, ...Screen[]] = [
  { name: 'segments', title: 'segments', screen: SegmentsScreen },
  { name: 'owner', title: 'owner', screen: OwnerScreen },
  { name: 'catalogue', title: 'catalogue', screen: CatalogueScreen },
  { name: 'imports', title: 'imports', screen: ImportsScreen },
  { name: 'keys', title: 'keys', screen: KeysScreen },
];
const OF_OPERATORS: typeof SCREENS = [{ name: 'failures', title: 'failures', screen: FailuresScreen }];

export const ALL_SCREENS = [...SCREENS, ...OF_OPERATORS];

/** Those in the menu, by the kind of key that signed in. */
export const ownScreens = () => (isOperator() ? OF_OPERATORS : SCREENS);
