import type { PolicyProblem } from './dangling-names.ts';
import type { AlertingPolicy } from './policy.ts';

/** Slack's ID of a member; of a person in an Enterprise organization it may begin with W. https://docs.slack.dev/reference/objects/user-object */
const MEMBER_ID = /^[UW][A-Z0-9]+$/;

/** People who are named to Slack by something else than their ID: it calls nobody so, and opens no direct conversation. */
export function slackMembers({ people }: Pick<AlertingPolicy, 'people'>): PolicyProblem[] {
  return Object.entries(people).flatMap(([name, { slackUser }]) =>
    slackUser === undefined || MEMBER_ID.test(slackUser)
      ? []
      : [
          {
            path: ['people', name, 'slackUser'],
            message: 'it has to be an ID such as U0123ABCD: in Slack, in the profile, under "Copy member ID"',
          },
        ],
  );
}
