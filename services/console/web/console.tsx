import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Now } from '../src/api/get-now.ts';
import { arrive } from './live/arrive.ts';
import { asOf } from './live/as-of.ts';
import { markTitle } from './live/page-title.ts';
import { linkTo, type Route, useRoute } from './live/route.ts';
import { type Polled, usePolled } from './live/use-polled.ts';
import { AlertPage, AlertsPage } from './pages/alert-pages.tsx';
import { FindingPage, FindingsPage } from './pages/finding-pages.tsx';
import { ForecastsPage } from './pages/forecasts-page.tsx';
import { FunctionPage } from './pages/function-page.tsx';
import { FunctionsPage } from './pages/functions-page.tsx';
import { GuardrailsPage } from './pages/guardrails-page.tsx';
import { NowPage } from './pages/now/now-page.tsx';
import { countOf } from './pages/now/verdict-of.ts';
import { RemediationPage, RemediationsPage } from './pages/remediation-pages.tsx';
import { RequestPage } from './pages/request-page.tsx';
import { SearchPage } from './pages/search-page.tsx';
import { Announcements } from './parts/announcements.tsx';
import { Heading } from './parts/heading.tsx';
import { HelpDialog } from './parts/help-dialog.tsx';
import { keepFocus } from './parts/keep-focus.ts';
import { listenToKeys } from './parts/keys.ts';
import { Lamp } from './parts/lamp.tsx';
import { Empty } from './parts/notes.tsx';
import { Questions } from './parts/questions.tsx';
import { SearchField } from './parts/search-field.tsx';
import { SignedOut } from './parts/signed-out.tsx';
import { Text } from './text/text.tsx';

const LIVE_MS = 3_000;

const PLACES = [
  ['now', 'Now'],
  ['findings', 'Findings'],
  ['functions', 'Functions'],
  ['remediations', 'Remediations'],
  ['alerts', 'Alerts'],
  ['forecasts', 'Forecasts & cost'],
  ['guardrails', 'Guardrails'],
] as const;

interface ConsoleProps {
  readonly who: string;
  /** Absent where nobody signed in by the page. */
  readonly signOut?: (() => void) | undefined;
}

/** The whole page: where one is, whether it is live, search, and the page itself. */
export function Console({ who, signOut }: ConsoleProps) {
  const route = useRoute();
  const now = usePolled<Now>('/api/now', LIVE_MS);
  const [isHelping, setHelping] = useState(false);
  useEffect(() => listenToKeys(() => setHelping(true)), []);
  useEffect(keepFocus, []);
  useLayoutEffect(() => arrive(route), [route]);
  useEffect(() => markTitle(openOf(now.body)), [now.body]);
  return (
    <>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('main')?.focus()}>
        Skip to content
      </button>
      <header>
        <div class="row">
          <a class="brand" href={linkTo('now')}>
            <Lamp /> Lamplighter
          </a>
          {now.body && <span class="badge plain">{now.body.stage}</span>}
          <Live now={now} />
          <SearchField query={route.page === 'search' ? (route.params.get('q') ?? '') : ''} />
        </div>
        <nav aria-label="Pages">
          {PLACES.map(([page, name]) => (
            <a key={page} href={linkTo(page)} aria-current={isAt(route.page, page) ? 'page' : undefined}>
              {name}
              {numberOf(page, now.body)}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        <SignedOut />
        <Page key={route.visit.id} route={route} now={now} />
      </main>
      <footer class="faint">
        <Text value={who} /> ·{' '}
        <button type="button" class="link" onClick={() => setHelping(true)}>
          keys (?)
        </button>
        {signOut && (
          <>
            {' '}
            ·{' '}
            <button type="button" class="link" onClick={signOut}>
              sign out
            </button>
          </>
        )}
      </footer>
      <Questions />
      <Announcements />
      {isHelping && <HelpDialog onEnd={() => setHelping(false)} />}
    </>
  );
}

function Page({ route: { page, params }, now }: { readonly route: Route; readonly now: Polled<Now> }) {
  const id = params.get('id') ?? '';
  switch (page) {
    case 'now':
      return <NowPage now={now} />;
    case 'findings':
      return <FindingsPage />;
    case 'finding':
      return <FindingPage id={id} />;
    case 'functions':
      return <FunctionsPage />;
    case 'function':
      return <FunctionPage params={params} />;
    case 'remediations':
      return <RemediationsPage />;
    case 'remediation':
      return <RemediationPage id={id} />;
    case 'alerts':
      return <AlertsPage />;
    case 'alert':
      return <AlertPage id={id} />;
    case 'request':
      return <RequestPage key={id} id={id} />;
    case 'search':
      return <SearchPage query={params.get('q') ?? ''} />;
    case 'forecasts':
      return <ForecastsPage />;
    case 'guardrails':
      return <GuardrailsPage />;
    default:
      return (
        <>
          <Heading>No such page</Heading>
          <Empty title="There is no such page.">Take another from above.</Empty>
        </>
      );
  }
}

/** Whether what is shown is of now, by shape and word. */
function Live({ now: { answeredAt, problem, isLive } }: { readonly now: Polled<Now> }) {
  if (problem) {
    return (
      <span class="live broken" role="status">
        ◌ not live
        {answeredAt !== undefined && ` since ${asOf(answeredAt)}`}
      </span>
    );
  }
  return (
    <span class="live" role="status">
      {isLive ? '● live' : '◌ asking'}
    </span>
  );
}

const isAt = (page: string, place: string): boolean => page === place || `${page}s` === place;

function numberOf(page: string, now: Now | undefined) {
  if (now === undefined) return null;
  const number =
    page === 'findings'
      ? countOf(now, 'openFindings')
      : page === 'alerts'
        ? countOf(now, 'openAlerts')
        : page === 'remediations'
          ? String(now.waiting.length)
          : '0';
  return number === '0' ? null : <span class="number">{number}</span>;
}

const openOf = (now: Now | undefined): string => (now && now.openFindings > 0 ? countOf(now, 'openFindings') : '');
