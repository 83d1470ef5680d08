import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

const client = createClient<paths>({
  baseUrl: process.env['OWNER_PROFILES_URL'] ?? '',
  headers: { 'X-Api-Key': process.env['OWNER_PROFILES_API_KEY'] ?? '' },
});
const query = { ownerExternalId: 'anna-pl' };
const { data, error } = await client.GET('/v1/owner-profiles', { params: { query } });
const explained = await client.GET('/v1/owner-profiles/explanation', { params: { query } });
const condition = explained.data?.explanations[0]?.conditions[0];
if (!data?.profiles.includes('pet-owner') || condition === undefined) throw new Error(error?.detail ?? 'not found');
