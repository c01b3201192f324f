import { GetParameterCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { KillSwitchPort } from '../ports.ts';

/** The kill switch as an SSM parameter that anybody on call can set. Read anew at every step; anything but `off` is on. */
export function ssmKillSwitch(client: SSMClient, parameterName: string): KillSwitchPort {
  return {
    async isOn() {
      const { Parameter } = await client.send(new GetParameterCommand({ Name: parameterName }));
      return Parameter?.Value !== 'off';
    },
    async set(isOn, by) {
      const Value = isOn ? `on, by ${by}` : 'off';
      await client.send(new PutParameterCommand({ Name: parameterName, Value, Overwrite: true }));
    },
  };
}
