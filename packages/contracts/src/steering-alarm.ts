/** https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html: alarms of a policy begin so, and nobody may edit them. */
const STEERING = 'TargetTracking-';

/** Whether Application Auto Scaling steers by an alarm: it is in ALARM whenever there is nothing to do, which is no trouble. */
export const isSteeringAlarm = (alarmName: string): boolean => alarmName.startsWith(STEERING);
