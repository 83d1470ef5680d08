/**
 * Settings of an SDK client. Local endpoints check no signature, but the SDK wants credentials and a region all the
 * same; on AWS both come from where the SDK always looks for them.
 */
export function clientOptions(region: string | undefined, endpoint: string | undefined) {
  if (endpoint === undefined) return region === undefined ? {} : { region };
  return {
    region: region ?? 'eu-central-1',
    endpoint,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
}
