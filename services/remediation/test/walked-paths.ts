import { GetExecutionHistoryCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { Sandbox } from '@lamplighter/sandbox';

interface State {
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** `From -> To`, each way that a definition knows. */
export function pathsIn({ States }: Definition): string[] {
  return Object.entries(States).flatMap(([name, { Next, Default, Choices = [], Catch = [] }]) => {
    const next = [Next, Default, ...Choices.map((one) => one.Next), ...Catch.map((one) => one.Next)];
    return [...new Set(next.filter((one) => one !== undefined))].map((one) => `${name} -> ${one}`);
  });
}

/** Each way that any execution of a state machine went. */
export async function pathsWalked(sandbox: Sandbox, stateMachineArn: string): Promise<Set<string>> {
  const client = sandbox.client(SFNClient);
  const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1_000 }));
  const walked = new Set<string>();
  for (const { executionArn } of executions) {
    const states = await statesEntered(client, executionArn!);
    for (const [at, state] of states.slice(1).entries()) walked.add(`${states[at]} -> ${state}`);
  }
  return walked;
}

async function statesEntered(client: SFNClient, executionArn: string): Promise<string[]> {
  const states: string[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn, nextToken, maxResults: 1_000 }));
    states.push(...(page.events ?? []).flatMap((event) => event.stateEnteredEventDetails?.name ?? []));
    nextToken = page.nextToken;
    if (nextToken === undefined) return states;
  }
}
