import { client } from './client/client.gen.js';
import { explainOwnerProfiles, getOwnerProfiles } from './client/index.js';

client.setConfig({
  baseUrl: process.env['OWNER_PROFILES_URL'] ?? '',
  headers: { 'X-Api-Key': process.env['OWNER_PROFILES_API_KEY'] ?? '' },
});
const query = { ownerExternalId: 'anna-pl' };
const { data, error } = await getOwnerProfiles({ query });
const explained = await explainOwnerProfiles({ query });
const condition = explained.data?.explanations[0]?.conditions[0];
if (!data?.profiles.includes('pet-owner') || condition === undefined) throw new Error(error?.detail ?? 'not found');
