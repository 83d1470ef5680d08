import {
  Alarm,
  type AlarmBase,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IMetric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageSettings } from './stages.ts';

/** Where an operator reads what an alarm means and what to do. */
export const RUNBOOK = 'docs/how-to/runbook.md';

/** The period of nearly every metric here: long enough to be calm, short enough to alarm while it matters. */
export const FIVE_MINUTES = Duration.minutes(5);

export type AlarmDefinition = {
  readonly settings: StageSettings;
  /** Heading of the alarm's section in the runbook, as the link names it. */
  readonly anchor: string;
  /** One sentence for someone who has just been woken. */
  readonly says: string;
  readonly metric: IMetric;
  /** The alarm goes off at this value or above it… */
  readonly atLeast: number;
  /** …in so many periods of the metric one after the other. */
  readonly periods?: number;
  /**
   * Whether a new version of the functions is taken back when it goes off. Not where it stays on until somebody has looked: no version
   * could be deployed until then.
   */
  readonly rollsBack?: boolean;
};

/** One that takes a new version of the functions back (gradual-shift.ts). */
export class RollBackAlarm extends Alarm {}

type Told = Pick<AlarmDefinition, 'settings' | 'anchor' | 'says'>;

/** An alarm whose description links the runbook, and that notifies who is on call. */
export function raiseAlarm(scope: Construct, id: string, definition: AlarmDefinition): Alarm {
  return told(silentAlarm(scope, id, definition), definition);
}

/** The same without a notification: a part of another alarm. No data is good news: without traffic nothing is wrong. */
export function silentAlarm(scope: Construct, id: string, definition: AlarmDefinition): Alarm {
  const { metric, atLeast, periods = 1, rollsBack = false } = definition;
  const Kind = rollsBack ? RollBackAlarm : Alarm;
  return new Kind(scope, id, {
    alarmDescription: describe(definition),
    metric,
    threshold: atLeast,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
}

/** An alarm that goes off while all of its parts do. */
export function raiseJointAlarm(
  scope: Construct,
  id: string,
  definition: Told,
  parts: readonly Alarm[],
): CompositeAlarm {
  const alarmRule = AlarmRule.allOf(...parts.map((part) => AlarmRule.fromAlarm(part, AlarmState.ALARM)));
  return told(new CompositeAlarm(scope, id, { alarmDescription: describe(definition), alarmRule }), definition);
}

function describe({ says, anchor }: Told): string {
  return `${says} Runbook: ${RUNBOOK}#${anchor}`;
}

function told<Kind extends AlarmBase>(alarm: Kind, { settings: { alarms } }: Told): Kind {
  const { topicArn } = alarms;
  if (topicArn !== undefined) alarm.addAlarmAction(new SnsAction(Topic.fromTopicArn(alarm, 'Topic', topicArn)));
  return alarm;
}
