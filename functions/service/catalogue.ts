/** The catalogue that holds for a client, as clients see it. */
import { isEnabled } from '../domain/catalogue.ts';
import type { ClientSettings } from '../domain/client.ts';
import { catalogueVersion, type Service } from './service.ts';

export type ProfileEntry = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly sensitive: boolean;
  readonly enabled: boolean;
};

export function catalogueFor(
  service: Pick<Service, 'catalogue'>,
  settings: ClientSettings,
): { version: string; profiles: ProfileEntry[] } {
  const profiles = service.catalogue.load().definitions.map(({ document }) => ({
    id: document.id,
    title: document.title,
    description: document.description,
    sensitive: document.sensitive === true,
    enabled: isEnabled(document, settings),
  }));
  return { version: catalogueVersion(service, settings), profiles };
}
