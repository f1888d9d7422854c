/** When is someone told that a part is not well? */
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

export interface AlarmProps {
  topic: ITopic;
  /** What it means and what to do, in words: it is what the person woken up reads. */
  description: string;
  metric: IMetric;
  /** Told at this value and above. */
  threshold: number;
  /** In how many periods in a row; one by default. */
  periods?: number;
}

/** An alarm that also says when it is over. No data is good news: these metrics speak only when something happens. */
export function alarm(scope: Construct, id: string, props: AlarmProps): Alarm {
  const made = new Alarm(scope, `${id}Alarm`, {
    alarmDescription: props.description,
    metric: props.metric,
    threshold: props.threshold,
    evaluationPeriods: props.periods ?? 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  made.addAlarmAction(new SnsAction(props.topic));
  made.addOkAction(new SnsAction(props.topic));
  return made;
}
