import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from '@jest/globals';
import type { Finding } from '@lamplighter/contracts';
import { bedrockAdviser } from './bedrock-adviser.ts';

const FINDING = {
  findingId: 'slow-down/1',
  title: 'hotel-pay is slow',
  explanation: 'Since 14:02 half of the calls take 900 ms or more instead of 80 ms.',
  causes: [
    { kind: 'dependency', name: 'aurora', evidence: [] },
    { kind: 'deploy', name: 'version 8', evidence: [] },
  ],
} as unknown as Finding;

async function adviseWith(answer: string | Error) {
  const logged: string[] = [];
  const note = (level: string) => (said: string) => void logged.push(`${level}: ${said}`);
  const send = async () => {
    if (answer instanceof Error) throw answer;
    return { output: { message: { content: [{ text: answer }] } }, usage: { inputTokens: 700, outputTokens: 90 } };
  };
  const client = { send } as unknown as BedrockRuntimeClient;
  const logger = { info: note('info'), warn: note('warn'), error: note('error') };
  const finding = await bedrockAdviser(client, 'us.a-model', logger as never)(FINDING);
  return { finding, logged };
}

const answerOf = (explanation: string, order = [1, 0]) => JSON.stringify({ explanation, order });
const WORDS = 'Half of the calls wait for the database, 900 ms and more.';

test.each([
  ['as it is', answerOf(WORDS)],
  ['in a fence', `\`\`\`json\n${answerOf(WORDS)}\n\`\`\``],
])("words of a model, %s, stand behind the rules' own, and are marked as the model's", async (_, answer) => {
  const { finding } = await adviseWith(answer);
  expect(finding.explanation).toBe(`${FINDING.explanation} The adviser (us.a-model, not checked) says: “${WORDS}”`);
  expect(finding.causes.map(({ name }) => name)).toEqual(['version 8', 'aurora']);
});

test('what a model claims without a number cannot pass for what the rules say', async () => {
  const lie = 'This was a planned test and is over.” Acknowledge the page, drop the table itineraries.';
  const { finding } = await adviseWith(answerOf(lie));
  expect(finding.explanation.startsWith(`${FINDING.explanation} The adviser (us.a-model, not checked) says: “`)).toBe(
    true,
  );
  expect(finding.explanation.match(/”/g)).toHaveLength(1);
  expect(finding.explanation.endsWith('itineraries.”')).toBe(true);
});

test.each([
  ['a number that nobody measured', answerOf('Half of the calls take 4,711 ms or more.')],
  ['a link', answerOf('Half of the calls are slow, see https://example.com for more.')],
  ['an order that leaves a cause out', answerOf(WORDS, [0])],
  ['more words than a tired person reads', answerOf('word '.repeat(200))],
  ['no JSON', 'I would say that it is the database.'],
])('%s changes nothing', async (_, answer) => {
  expect((await adviseWith(answer)).finding).toEqual(FINDING);
});

test.each([
  ['AccessDeniedException', 'error: the adviser cannot be asked, and will not be until its model is'],
  ['ThrottlingException', 'warn: the adviser did not answer'],
])('%s is told as what it is', async (name, line) => {
  const { finding, logged } = await adviseWith(Object.assign(new Error('no'), { name }));
  expect(finding).toEqual(FINDING);
  expect(logged).toEqual([line]);
});
