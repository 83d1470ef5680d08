/** Texts of What failed. */
import type { Texts } from './form.ts';

export const FAILURES = {
  failures: ['What failed', 'Co się nie udało'],
  failuresSay: [
    'Of all clients. All but the first failed five times.',
    'U wszystkich klientów. Wszystko prócz pierwszej: pięć nieudanych prób.',
  ],
  queue: ['Queue', 'Kolejka'],
  'queue.parked': ['Imports that cannot be processed', 'Importy nie do przetworzenia'],
  'queue.imports': ['Imports', 'Importy'],
  'queue.uploads': ['Large files', 'Duże pliki'],
  'queue.changes': ['Changes to publish', 'Zmiany do ogłoszenia'],
  'queue.erasures': ['Erasures to finish', 'Usunięcia do dokończenia'],
  'queue.webhooks': ['Deliveries to webhooks', 'Dostarczenia do webhooków'],
  waiting: ['Waiting', 'Czeka'],
  inHand: ['In progress', 'W toku'],
  client: ['Client', 'Klient'],
  noFailures: ['Nothing is here', 'Nic tu nie ma'],
  noFailuresSay: ['Or someone else is looking at it.', 'Albo ktoś właśnie to ogląda.'],
  sendBack: ['Send back all', 'Odeślij wszystko'],
  sendBackOf: ['Send back {reason}', 'Odeślij {reason}'],
  sendBackSays: [
    'The messages go back to where they failed. What fails again returns here.',
    'Wiadomości wrócą tam, gdzie zawiodły. Co zawiedzie znowu, trafi tu z powrotem.',
  ],
  sentBack: ['Sent back: {sent}', 'Odesłano: {sent}'],
  notSentBack: ['Not sent: {notSent}', 'Nie odesłano: {notSent}'],
  operatorSays: ['An operator’s key sees no client’s data.', 'Klucz operatora nie daje dostępu do danych klientów.'],
} as const satisfies Texts;
