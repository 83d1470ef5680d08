/** The true kind of a payment, whatever the bank prints: the vocabulary of the readings. */
export type Trade = {
  /** The kind under which the readings count it; itself when absent. */
  of?: string;
  mcc?: string;
  /** Incoming money. */
  income?: boolean;
  /** Bought online. */
  web?: boolean;
  /** Paid by card, without a physical shop: no city in print. */
  remote?: boolean;
};

export const tradeTable: Readonly<Record<string, Trade>> = {
  wage: { income: true },
  pension: { income: true },
  scholarship: { income: true },
  benefit: { income: true },
  dole: { income: true },
  client: { of: 'invoice', income: true },
  parents: { income: true },
  rentalIncome: { income: true },
  refund: { income: true },
  bonus: { income: true },
  person: { income: true },
  moneyBack: { income: true },
  social: {},
  spouse: {},
  rent: {},
  dorm: { of: 'rent' },
  tuition: {},
  mortgage: {},
  assoc: {},
  homeins: { of: 'insurance' },
  carins: { of: 'insurance' },
  lifeins: { of: 'insurance' },
  travelins: { of: 'insurance' },
  repay: {},
  utilities: {},
  telecom: {},
  savings: {},
  charity: {},
  bailiff: { of: 'collection' },
  collector: { of: 'collection' },
  latefee: { of: 'collection' },
  childcare: { of: 'child' },
  kids: { of: 'child', mcc: '5641' },
  grocery: { mcc: '5411' },
  restaurant: { mcc: '5812' },
  cafe: { mcc: '5812' },
  fastfood: { mcc: '5814' },
  delivery: { mcc: '5812' },
  bar: { mcc: '5813' },
  fuel: { of: 'car', mcc: '5541' },
  parking: { of: 'car', mcc: '7523' },
  toll: { of: 'car', mcc: '4784' },
  carservice: { of: 'car', mcc: '7538' },
  transit: { mcc: '4111' },
  pass: { of: 'transit', mcc: '4111' },
  rail: { mcc: '4112' },
  taxi: { mcc: '4121' },
  scooter: { mcc: '7999', remote: true },
  vet: { of: 'pet', mcc: '0742' },
  pets: { of: 'pet', mcc: '5995' },
  petsWeb: { of: 'pet', mcc: '5995', web: true },
  gym: { of: 'sporty', mcc: '7997' },
  sport: { of: 'sporty', mcc: '5941' },
  bets: { of: 'gambling', mcc: '7995' },
  lottery: { of: 'gambling', mcc: '7995' },
  apparel: { of: 'clothes', mcc: '5651' },
  jewellery: { of: 'clothes', mcc: '5944' },
  apparelWeb: { of: 'clothes', mcc: '5651', web: true },
  drugstore: { of: 'beauty', mcc: '5977' },
  salon: { of: 'beauty', mcc: '7230' },
  electronics: { of: 'tech', mcc: '5732' },
  electronicsWeb: { of: 'tech', mcc: '5732', web: true },
  techsubs: { of: 'tech', mcc: '5817', remote: true },
  diy: { of: 'home', mcc: '5200' },
  furniture: { of: 'home', mcc: '5712' },
  garden: { of: 'home', mcc: '5261' },
  marketplace: { mcc: '5399', web: true },
  culture: { mcc: '7832' },
  books: { of: 'culture', mcc: '5942' },
  clinic: { of: 'health', mcc: '8011' },
  pharmacy: { of: 'health', mcc: '5912' },
  airline: { of: 'flight', mcc: '4511', remote: true },
  stay: { mcc: '7011', remote: true },
  tour: { mcc: '4722' },
  carrental: { mcc: '7512' },
  abroad: { mcc: '5812', remote: true },
  streaming: { mcc: '4899', remote: true },
  gaming: { mcc: '5816', remote: true },
  crypto: { mcc: '6051', remote: true },
  broker: {},
  evcharge: { mcc: '5552' },
  cash: { mcc: '6011' },
  internal: {},
  ownIn: {},
  friend: {},
  /** Money that went and came back, or came and went back: it was never spent or earned. */
  void: {},
  voidIn: {},
};

/** Own money, or cancelled payments: neither income nor spending. */
export const movesOnly: ReadonlySet<string> = new Set(['internal', 'ownIn', 'void', 'voidIn']);

export const comesIn = (trade: string): boolean =>
  tradeTable[trade]?.income === true || trade === 'ownIn' || trade === 'voidIn';

export const countsAs = (trade: string): string => tradeTable[trade]?.of ?? trade;

/** Goods from shops, groceries aside. */
export const goods: ReadonlySet<string> = new Set([
  'kids',
  'pets',
  'petsWeb',
  'sport',
  'apparel',
  'jewellery',
  'apparelWeb',
  'drugstore',
  'electronics',
  'electronicsWeb',
  'diy',
  'furniture',
  'garden',
  'marketplace',
  'books',
  'pharmacy',
]);
/** Not the owner's consumption: kept out of the narrow denominators. */
export const commitments: ReadonlySet<string> = new Set([
  'savings',
  'broker',
  'crypto',
  'rent',
  'mortgage',
  'assoc',
  'social',
  'repay',
  'collection',
  'tuition',
]);
