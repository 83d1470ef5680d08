import type { ComponentType } from 'preact';
import type { TextKey } from '../texts/texts.ts';
import { SegmentsScreen } from './segments.tsx';

type Screen = { readonly name: string; readonly title: TextKey; readonly screen: ComponentType };

/** In the order of the menu; the first is where one arrives. */
export const SCREENS: readonly [Screen, ...Screen[]] = [
  { name: 'segments', title: 'segments', screen: SegmentsScreen },
];
