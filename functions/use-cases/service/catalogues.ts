/** The catalogues that hold for clients: the built-in one, amended by each. Amendments never change, so each is read once. */
import type { BuiltInCatalogue } from '../../adapters/catalogue/built-in-catalogue.ts';
import {
  type AmendedCatalogue,
  type AmendmentDocument,
  amend,
  NO_AMENDMENT,
} from '../../domain/catalogue/amendment.ts';
import { versionFor } from '../../domain/catalogue/catalogue.ts';
import { activeVersion, BUILT_IN, type ClientSettings } from '../../domain/catalogue/client-settings.ts';

export type ReadAmendment = (clientId: string, version: string) => Promise<AmendmentDocument | undefined>;

export type Catalogues = {
  /** Version of the built-in catalogue. */
  readonly builtIn: string;
  /** The catalogue version of answers, under this built-in catalogue or another. */
  versionFor(settings: ClientSettings, builtIn?: string): string;
  of(clientId: string, settings: ClientSettings): Promise<AmendedCatalogue>;
};

/** The amendment of a version that was published or previewed: it must be there. */
export async function amendmentOf(
  readAmendment: ReadAmendment,
  clientId: string,
  version: string,
): Promise<AmendmentDocument> {
  if (version === BUILT_IN) return NO_AMENDMENT;
  const amendment = await readAmendment(clientId, version);
  if (!amendment) throw new Error(`the amendment ${version} of the client ${clientId} is not there`);
  return amendment;
}

/** Catalogues that a process remembers: each holds some hundred small objects. */
const MOST_REMEMBERED = 100;

/** @param readAmendment gives a version that was published or previewed; absent where no client amends anything */
export function openCatalogues(
  builtIn: BuiltInCatalogue,
  readAmendment: ReadAmendment = async () => undefined,
): Catalogues {
  const remembered = new Map<string, Promise<AmendedCatalogue>>();

  async function opened(clientId: string, settings: ClientSettings): Promise<AmendedCatalogue> {
    return amend(builtIn.load(), await amendmentOf(readAmendment, clientId, activeVersion(settings)), settings);
  }

  return {
    builtIn: builtIn.version,
    versionFor: (settings, version = builtIn.version) => versionFor(version, settings),
    of(clientId, settings) {
      // Without an amendment the client does not matter.
      const key = `${settings.amendment ? clientId : ''} ${versionFor(builtIn.version, settings)}`;
      const known = remembered.get(key);
      if (known) return known;
      if (remembered.size >= MOST_REMEMBERED) remembered.delete(remembered.keys().next().value as string);
      const catalogue = opened(clientId, settings);
      remembered.set(key, catalogue);
      catalogue.catch(() => remembered.delete(key));
      return catalogue;
    },
  };
}
