/** What the codes of a row say: the merchant category code of a card's network and the bank transaction code of ISO 20022. */

import type { LabelSet, Labels, Meaning } from './meaning.ts';
import type { CodeEvidence } from './precedence.ts';
import type { BankCodeRule, MerchantCodeRule } from './rules.ts';

type Coded = { readonly labels: Labels; readonly kinds: number; readonly hides: LabelSet | undefined };
type MerchantCode = {
  readonly in: Coded;
  readonly out: Coded;
  readonly isWeak: boolean;
  readonly isService: boolean;
  readonly isSold: boolean;
};

const NOTHING: Labels = [];
const SAYS_NOTHING: CodeEvidence = {
  code: NOTHING,
  codeKinds: 0,
  codeHides: undefined,
  codeReason: '',
  codeIsWeak: false,
  codeIsService: false,
  refundByCode: false,
  bankCode: NOTHING,
  bankCodeReason: '',
};

export class Codes {
  readonly #merchant = new Map<string, MerchantCode>();
  /** Those with the fewest stars first. */
  readonly #bank: readonly { readonly parts: readonly string[]; readonly rule: BankCodeRule }[];
  readonly #meaning: Meaning;

  constructor(merchantCodes: readonly MerchantCodeRule[], bankCodes: readonly BankCodeRule[], meaning: Meaning) {
    this.#meaning = meaning;
    this.#bank = [...bankCodes]
      .sort((a, b) => starsIn(a.code) - starsIn(b.code))
      .map((rule) => ({ parts: rule.code.split('/'), rule }));
    for (const rule of merchantCodes) {
      const [from, to = from] = rule.mcc.split('-').map(Number) as [number, number?];
      const compiled = {
        in: this.#coded(rule.in),
        out: this.#coded(rule.out),
        isWeak: rule.weak === true,
        isService: rule.out?.length === 0 && rule.in === undefined,
        isSold: (rule.out?.length ?? 0) > 0,
      };
      for (let code = from; code <= to; code++) this.#merchant.set(String(code).padStart(4, '0'), compiled);
    }
  }

  evidence(merchantCode: string | undefined, bankCode: string | undefined, direction: 'in' | 'out'): CodeEvidence {
    const merchant = merchantCode === undefined ? undefined : this.#merchant.get(merchantCode);
    const bank = bankCode === undefined ? undefined : this.#bankRule(bankCode)?.[direction];
    if (!merchant && !bank) return SAYS_NOTHING;
    const code = merchant?.[direction];
    return {
      code: code?.labels ?? NOTHING,
      codeKinds: code?.kinds ?? 0,
      codeHides: code?.hides,
      codeReason: `code ${merchantCode}`,
      codeIsWeak: merchant?.isWeak === true,
      codeIsService: merchant?.isService === true,
      refundByCode: direction === 'in' && merchant?.isSold === true,
      bankCode: bank ? this.#meaning.indices(bank) : NOTHING,
      bankCodeReason: `bank code ${bankCode}`,
    };
  }

  #coded(names: readonly string[] = []): Coded {
    const labels = this.#meaning.indices(names);
    return { labels, kinds: this.#meaning.kindsOf(labels), hides: this.#meaning.hiddenBy(names) };
  }

  /** The rule that fits a code ("PMNT/RCDT/SALA") with the fewest stars. */
  #bankRule(code: string): BankCodeRule | undefined {
    const given = code.split(/[/\s-]+/);
    return this.#bank.find(({ parts }) => parts.every((part, index) => part === '*' || part === given[index]))?.rule;
  }
}

function starsIn(code: string): number {
  return code.split('*').length - 1;
}
