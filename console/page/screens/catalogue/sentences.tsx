/** A definition in everyday sentences. */
import type { Definition } from '../../model/amendment.ts';
import { joined } from '../../model/json-text.ts';
import { conditionText, type Rule } from '../../texts/sentences.ts';
import { t } from '../../texts/texts.ts';

export type ChosenCondition = {
  readonly path: string;
  readonly feature: string;
  readonly window: string | undefined;
  readonly operator: string;
  readonly threshold: unknown;
};

type Props = {
  readonly definition: Definition;
  readonly chosen?: string | undefined;
  readonly onChoose?: (condition: ChosenCondition) => void;
};

const OPERATORS = ['atLeast', 'atMost', 'above', 'below', 'between'] as const;

export function Sentences({ definition, chosen, onChoose }: Props) {
  const { description, why, enter, stay, needs, hold } = definition;
  const rule = (given: Rule, path: string) => (
    <RuleText rule={given} path={path} chosen={chosen} {...(onChoose && { onChoose })} />
  );
  return (
    <div class="sentences">
      <p lang="en">{description}</p>
      <h3>{t('getsIt')}</h3>
      {rule(enter, 'enter')}
      <h3>{t(stay ? 'keepsIt' : 'keepsItAlike')}</h3>
      {stay && rule(stay, 'stay')}
      <p class="muted">
        {needs && t('needsDays', { n: Number.parseInt(needs.history, 10) })}{' '}
        {t('heldWithin', { n: Number.parseInt(hold ?? '60', 10) })}
      </p>
      {why && (
        <details>
          <summary>{t('whyThresholds')}</summary>
          <p lang="en">{why}</p>
        </details>
      )}
    </div>
  );
}

type RuleProps = Pick<Props, 'chosen' | 'onChoose'> & { readonly rule: Rule; readonly path: string };

function RuleText({ rule, path, chosen, onChoose }: RuleProps) {
  const inner = { chosen, ...(onChoose && { onChoose }) };
  if (rule.not) {
    return (
      <>
        <span class="joint">{t('ruleNot')}</span> <RuleText rule={rule.not} path={joined(path, 'not')} {...inner} />
      </>
    );
  }
  const name = rule.all ? 'all' : 'any';
  const parts = rule.all ?? rule.any;
  if (!parts) return <ConditionText rule={rule} path={path} {...inner} />;
  return (
    <>
      {parts.length > 1 && <span class="joint">{t(name === 'all' ? 'ruleAll' : 'ruleAny')}</span>}
      <ul>
        {parts.map((part, at) => (
          <li key={joined(path, at)}>
            <RuleText rule={part} path={joined(joined(path, name), at)} {...inner} />
          </li>
        ))}
      </ul>
    </>
  );
}

function ConditionText({ rule, path, chosen, onChoose }: RuleProps) {
  const text = conditionText(rule);
  const operator = OPERATORS.find((name) => rule[name] !== undefined);
  if (!onChoose || !operator) return <>{text}</>;
  const { feature = '', window } = rule;
  return (
    <button
      type="button"
      class="condition"
      aria-pressed={chosen === path}
      title={t('spreadOf')}
      onClick={() => onChoose({ path, feature, window, operator, threshold: rule[operator] })}
    >
      {text}
    </button>
  );
}
