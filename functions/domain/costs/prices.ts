/** List prices, from one dated file. */
import file from './prices.json' with { type: 'json' };

export type Prices = {
  readonly lambdaGbSecondX86: number;
  readonly lambdaGbSecondArm: number;
  readonly lambdaRequest: number;
  readonly dynamoDbReadUnit: number;
  readonly dynamoDbWriteUnit: number;
  readonly dynamoDbGbMonth: number;
  readonly sqsRequest: number;
  readonly apiGatewayRestRequest: number;
  readonly logGb: number;
  readonly eventBridgeEvent: number;
  readonly stepFunctionsTransition: number;
  readonly s3GbMonth: number;
  readonly s3Get: number;
  readonly s3Put: number;
  readonly kmsKeyMonth: number;
  readonly secretMonth: number;
};

const regions: Readonly<Record<string, Prices>> = file.regions;

export const PRICES_AS_OF = file.asOf;
export const REGIONS = Object.keys(regions);

export function pricesOf(region: string): Prices {
  const prices = regions[region];
  if (!prices) throw new Error(`there are no prices of ${region}: there are ${REGIONS.join(', ')}`);
  return prices;
}
