import { render } from 'preact';
import { Console } from './console.tsx';
import { get } from './live/api-client.ts';
import { signInAgain } from './sign-in/kept-token.ts';
import { signIn } from './sign-in/sign-in.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/items.css';
import './styles/story.css';
import './styles/waterfall.css';
import './styles/charts.css';
import 'uplot/dist/uPlot.min.css';
import { Text } from './text/text.tsx';

const place = document.querySelector('#console');
if (place === null) throw new Error('The page has no place for the console.');

place.replaceChildren();

interface Way {
  readonly label: string;
  readonly go: () => void;
}

const say = (title: string, text: string, way?: Way): void =>
  render(
    <main class="starting">
      <h1>{title}</h1>
      <p>
        <Text value={text} />
      </p>
      {way && (
        <button type="button" class="primary" onClick={way.go}>
          {way.label}
        </button>
      )}
    </main>,
    place,
  );

/** Why a provider refused, in its own words where it has some (`error_description`, RFC 6749 4.1.2.1). */
function reasonOf(error: unknown): string {
  const { error: code, error_description: said, message } = error as Readonly<Record<string, unknown>>;
  if (typeof code !== 'string') return typeof message === 'string' ? message : String(error);
  return `The identity provider says: ${typeof said === 'string' ? said : code}`;
}

try {
  const signedIn = await signIn();
  if (signedIn.kind === 'ready') {
    // Under way while the page is built. What came of it is told where it is shown.
    get('/api/now').catch(() => {});
    render(<Console who={signedIn.who} signOut={signedIn.signOut} />, place);
  } else if (signedIn.kind === 'signed-out') {
    say('Signed out', 'Of this page; your identity provider may know you still.', {
      label: 'Sign in',
      go: signInAgain,
    });
  } else if (signedIn.kind === 'leaving') say('Signing in', 'On the way to your identity provider…');
  else {
    say(
      'This console answers signed requests only',
      'It was deployed with signIn: iam: ask its API with curl --aws-sigv4 or an AWS SDK. For this page, deploy it with signIn: oidc and an identity provider in its settings.',
    );
  }
} catch (error) {
  say('Nobody could be signed in', reasonOf(error), { label: 'Try again', go: signInAgain });
}
