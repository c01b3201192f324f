const SNS_TOPIC = /^arn:[\w-]+:sns:[\w-]+:\d{12}:[\w-]{1,256}$/;
/** The stage of tests and first looks, where nobody waits to be told. */
const TRIAL_STAGE = 'dev';

/**
 * Says aloud after a deploy that nothing but the alerts themselves would tell that alerts do not arrive: the alarms over their path come back into it, and
 * reach nobody while it is broken.
 */
class AlarmTopic {
  constructor(serverless, _options, { log } = {}) {
    const warn = (text) => (log ? log.warning(text) : console.warn(text));
    this.hooks = {
      'after:deploy:deploy': () => {
        const stage = serverless.getProvider('aws').getStage();
        const alarms = Object.values(serverless.service.resources.Resources).filter(isAlarm);
        if (stage === TRIAL_STAGE || alarms.every(({ Properties }) => Properties.AlarmActions.length > 0)) return;
        warn(
          `Nobody hears when alerts of stage ${stage} stop arriving: their own alarms are told through the path that is broken then. Name an SNS topic that reaches you another way in settings/${stage}.yml as alerting.alarmTopicArn.`,
        );
      },
    };
  }
}

const isAlarm = ({ Type }) => Type === 'AWS::CloudWatch::Alarm';

/** What the alarms over the path do, whichever way they change: the topic of the settings, where there is one. */
AlarmTopic.actions = async ({ resolveVariable }) => {
  const arn = await resolveVariable('param:alarmTopicArn');
  if (!arn) return [];
  if (!SNS_TOPIC.test(arn)) throw new Error(`alerting.alarmTopicArn has to be the ARN of an SNS topic, not ${arn}.`);
  return [arn];
};

module.exports = AlarmTopic;
