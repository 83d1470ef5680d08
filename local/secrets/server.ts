/** As much of Secrets Manager as reading a secret needs (AWS JSON 1.1). */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, LOOPBACK, listen, readBody } from '../http.ts';
import type { Access } from '../iam/access.ts';
import { secretRequests } from '../iam/requests.ts';
import type { Secret } from './values.ts';
import { openSecrets } from './values.ts';

export type SecretsOptions = {
  readonly file: string;
  readonly secrets: readonly Secret[];
  readonly port: number;
  readonly access?: Access;
};

export async function startSecrets({ file, secrets, port, access }: SecretsOptions) {
  const values = openSecrets(file, secrets);
  const server = createServer(async (request, response) => {
    response.setHeader('x-amzn-RequestId', randomUUID());
    response.setHeader('content-type', 'application/x-amz-json-1.1');
    const refuse = (type: string, message: string) => {
      response.statusCode = 400;
      response.end(JSON.stringify({ __type: type, message }));
    };
    try {
      const input = JSON.parse((await readBody(request, 65_536)).toString() || '{}');
      const target = String(request.headers['x-amz-target'] ?? '');
      if (target !== 'secretsmanager.GetSecretValue')
        return refuse('UnknownOperationException', `The local Secrets Manager does not know ${target}.`);
      const secret = secrets.find(({ name, arn }) => input.SecretId === name || input.SecretId === arn);
      const kept = secret && values.get(secret.name);
      if (!kept) return refuse('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
      const refusal = access?.refusal(request, secretRequests(access.place, secret));
      if (refusal !== undefined) return refuse('AccessDeniedException', refusal);
      response.end(
        JSON.stringify({
          ARN: secret.arn,
          Name: secret.name,
          VersionId: kept.version,
          SecretString: kept.value,
          VersionStages: ['AWSCURRENT'],
          CreatedDate: kept.createdAt,
        }),
      );
    } catch {
      refuse('InvalidRequestException', 'The request cannot be read.');
    }
  });
  const endpoint = `http://${LOOPBACK}:${await listen(server, port, { otherwiseAny: true })}`;
  return { endpoint, close: () => closeServer(server, 300) };
}
