import type { Preset } from './preset.ts';

/** Exports of banks that serve several countries, and of those in Britain. */
export const INTERNATIONAL: readonly Preset[] = [
  revolut('sample', {
    type: 'Type',
    product: 'Product',
    started: 'Started Date',
    completed: 'Completed Date',
    description: 'Description',
    amount: 'Amount',
    fee: 'Fee',
    currency: 'Currency',
    balance: 'Balance',
  }),
  revolut('sample', {
    type: 'Rodzaj',
    product: 'Produkt',
    started: 'Data rozpoczęcia',
    completed: 'Data zrealizowania',
    description: 'Opis',
    amount: 'Kwota',
    fee: 'Opłata',
    currency: 'Waluta',
    balance: 'Saldo',
  }),
  revolut('description', {
    type: 'Art',
    product: 'Produkt',
    started: 'Datum des Beginns',
    completed: 'Datum des Abschlusses',
    description: 'Beschreibung',
    amount: 'Betrag',
    fee: 'Gebühr',
    currency: 'Währung',
    balance: 'Kontostand',
  }),
  revolut('description', {
    type: 'Type',
    product: 'Produit',
    started: 'Date de début',
    completed: 'Date de fin',
    description: 'Description',
    amount: 'Montant',
    fee: 'Frais',
    currency: 'Devise',
    balance: 'Solde',
  }),
  {
    id: 'wise',
    bank: 'Wise',
    checked: 'sample',
    recognise: ['TransferWise ID', 'Date', 'Amount', 'Currency', 'Description', 'Running Balance'],
    mapping: {
      columns: {
        bookedOn: 'Date',
        amount: 'Amount',
        currencyName: 'Currency',
        title: ['Description', 'Payment Reference'],
        party: { in: ['Payer Name', 'Merchant'], out: ['Merchant', 'Payee Name'] },
        partyIban: { in: 'Payer Account Number', out: 'Payee Account Number' },
        kind: 'Transaction Details Type',
        balance: 'Running Balance',
        transactionId: 'TransferWise ID',
      },
      dates: 'DMY',
      decimal: '.',
    },
  },
  {
    id: 'monzo',
    bank: 'Monzo',
    country: 'GB',
    checked: 'sample',
    recognise: ['Transaction ID', 'Date', 'Time', 'Type', 'Name', 'Amount', 'Currency', 'Local amount'],
    mapping: {
      columns: {
        bookedOn: 'Date',
        amount: 'Amount',
        currencyName: 'Currency',
        title: ['Description', 'Notes and #tags'],
        party: 'Name',
        kind: 'Type',
        transactionId: 'Transaction ID',
      },
      dates: 'DMY',
      decimal: '.',
    },
  },
  {
    id: 'starling',
    bank: 'Starling',
    country: 'GB',
    checked: 'description',
    recognise: ['Date', 'Counter Party', 'Reference', 'Type', 'Amount (GBP)', 'Balance (GBP)'],
    mapping: {
      columns: {
        bookedOn: 'Date',
        party: 'Counter Party',
        title: 'Reference',
        kind: 'Type',
        amount: 'Amount (*)',
        balance: 'Balance (*)',
      },
      dates: 'DMY',
      decimal: '.',
    },
  },
];

type RevolutNames = Readonly<
  Record<
    'type' | 'product' | 'started' | 'completed' | 'description' | 'amount' | 'fee' | 'currency' | 'balance',
    string
  >
>;

/** Revolut prints the same columns in the language of its user, except `State`. The fee is beside the amount. */
function revolut(checked: Preset['checked'], names: RevolutNames): Preset {
  return {
    id: 'revolut',
    bank: 'Revolut',
    checked,
    recognise: [names.product, names.started, names.completed, names.description, names.amount],
    mapping: {
      columns: {
        bookedOn: names.completed,
        transactionOn: names.started,
        amount: names.amount,
        fee: names.fee,
        currencyName: names.currency,
        balance: names.balance,
        pocket: names.product,
        title: names.description,
        party: names.description,
        kind: names.type,
        status: ['State', 'État', 'Status'],
      },
      dates: 'YMD',
      decimal: '.',
      pending: ['PENDING', 'OCZEKUJĄCE', 'AUSSTEHEND', 'EN ATTENTE'],
      cancelled: [
        'REVERTED',
        'DECLINED',
        'FAILED',
        'COFNIĘTO',
        'ODRZUCONO',
        'RÜCKGÄNGIG GEMACHT',
        'ABGELEHNT',
        'ANNULÉ',
        'REFUSÉ',
      ],
      mainPocket: ['Current', 'Bieżące', 'Aktuell', 'Girokonto', 'Actuel', 'Valeur actuelle'],
    },
  };
}
