/** The errors of SQS, in the two spellings that AWS sends: the JSON shape, and the code of the older query protocol. */
export class SqsError extends Error {
  override readonly name: string;
  readonly queryCode: string;
  readonly namespace: string;
  constructor(name: string, message: string, queryCode: string, namespace: string) {
    super(message);
    this.name = name;
    this.queryCode = queryCode;
    this.namespace = namespace;
  }
}

const modelled = (name: string, message: string, queryCode = `AWS.SimpleQueueService.${name}`) =>
  new SqsError(name, message, queryCode, 'com.amazonaws.sqs');
const framework = (name: string, message: string, queryCode: string) =>
  new SqsError(name, message, queryCode, 'com.amazon.coral.service');

export const queueDoesNotExist = () =>
  modelled('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');
export const queueNameExists = (attribute: string) =>
  modelled(
    'QueueNameExists',
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    'QueueAlreadyExists',
  );
export const invalidContents = (message: string) =>
  modelled('InvalidMessageContents', message, 'InvalidMessageContents');
export const receiptHandleInvalid = (handle: string) =>
  modelled(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    'ReceiptHandleIsInvalid',
  );
export const messageNotInFlight = () => modelled('MessageNotInflight', 'The message referred to is not in flight.');
export const emptyBatch = (entry: string) =>
  modelled('EmptyBatchRequest', `There should be at least one ${entry} in the request.`);
export const tooManyEntries = (count: number) =>
  modelled('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${count}.`);
export const idsNotDistinct = (id: string) => modelled('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
export const invalidEntryId = () =>
  modelled(
    'InvalidBatchEntryId',
    'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  );
export const batchTooLong = (limit: number, bytes: number) =>
  modelled('BatchRequestTooLong', `Batch requests cannot be longer than ${limit} bytes. You have sent ${bytes} bytes.`);
export const invalidAttributeName = (name: string) =>
  modelled('InvalidAttributeName', `Unknown Attribute ${name}.`, 'InvalidAttributeName');
export const resourceNotFound = (message: string) =>
  modelled('ResourceNotFoundException', message, 'ResourceNotFoundException');
export const invalidValue = (message: string) =>
  framework('InvalidParameterValueException', message, 'InvalidParameterValue');
export const missingParameter = (name: string) =>
  framework('MissingRequiredParameterException', `The request must contain the parameter ${name}.`, 'MissingParameter');
export const accessDenied = (message: string) => framework('AccessDeniedException', message, 'AccessDenied');
export const unknownOperation = (target: string) =>
  framework('UnknownOperationException', `Unknown operation ${target}.`, 'InvalidAction');
