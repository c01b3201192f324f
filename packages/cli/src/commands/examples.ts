import type { Command } from 'commander';

const HOW = 'pnpm lamplighter';

/** What is typed most, by command. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  replay: [
    'replay samples/logs/zappa-app.filter-log-events.json --log-group /aws/lambda/zappa',
    'replay export.json --log-group /aws/lambda/checkout',
    'replay samples/logs/storms.payloads.json --shuffle --duplicate 0.1 --out audit.ndjson',
  ],
  audit: [
    'audit 7c9567b5',
    'audit --function checkout --failed --stage prod --region eu-west-1',
    'audit --function checkout --since 2h --slower-than 500ms --limit 20',
    'audit --sequence orders',
  ],
  search: ['search 4700003', 'search "card refused" --function checkout --since 1d --stage prod --region eu-west-1'],
  findings: ['findings', 'findings --function checkout --since 7d --stage prod --region eu-west-1'],
  explain: ['explain bad-deploy', 'explain FINDING_ID --endpoint http://127.0.0.1:4566'],
  rightsize: ['rightsize checkout --architecture arm64', 'rightsize checkout --since 7d --stage prod'],
  alerts: [
    'alerts --stage prod --region eu-west-1',
    'alerts missed --endpoint http://127.0.0.1:4566',
    'alerts ALERT_ID --stage prod',
  ],
  acknowledge: ['acknowledge ALERT_ID --by anna --stage prod'],
  snooze: ['snooze ALERT_ID --until 08:00 --by anna --stage prod', 'snooze ALERT_ID --until 8h --stage prod'],
  repairs: ['repairs --stage prod --region eu-west-1', 'repairs REPAIR_ID --endpoint http://127.0.0.1:4566'],
  approve: ['approve REPAIR_ID --by anna --stage prod'],
  decline: ['decline REPAIR_ID --by anna --stage prod'],
  'kill-switch': ['kill-switch --stage prod', 'kill-switch on --by anna --stage prod'],
  cost: ['cost', 'cost --function checkout --stage prod --region eu-west-1'],
  simulate: [
    'simulate samples/scenarios/black-friday.yml',
    'simulate samples/scenarios/incidents.yml --agents on --seed 7',
  ],
  detect: ['detect latency.csv --out scores'],
  forecast: [
    'forecast traffic.csv --horizon 24 --season 24 --level 80,95',
    'forecast --wide series.csv --horizon 48 --out-dir forecasts',
    'forecast --function checkout --stage prod --region eu-west-1',
  ],
  up: ['up', 'up --port 4567 --door stream'],
  coverage: ['coverage services/ingestion', 'coverage ../orders --minimum 80 --json'],
};

/** Adds the examples of each command to the end of its help. */
export function addExamples(program: Command): void {
  for (const command of program.commands) {
    const lines = (EXAMPLES[command.name()] ?? []).map((example) => `  ${HOW} ${example}`);
    if (lines.length > 0) command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  }
}
