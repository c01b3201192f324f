import { render } from 'preact';
import { Console } from './console.tsx';
import { get } from './live/api-client.ts';
import { signIn } from './sign-in/sign-in.ts';
import './styles/base.css';
import './styles/controls.css';
import './styles/items.css';
import './styles/story.css';
import './styles/charts.css';
import 'uplot/dist/uPlot.min.css';

const place = document.querySelector('#console');
if (place === null) throw new Error('The page has no place for the console.');

place.replaceChildren();

const say = (title: string, text: string): void =>
  render(
    <main class="starting">
      <h1>{title}</h1>
      <p>{text}</p>
    </main>,
    place,
  );

try {
  const signedIn = await signIn();
  if (signedIn.kind === 'ready') {
    // Under way while the page is built. What came of it is told where it is shown.
    get('/api/now').catch(() => {});
    render(<Console who={signedIn.who} />, place);
  } else if (signedIn.kind === 'leaving') say('Signing in', 'On the way to your identity provider…');
  else {
    say(
      'This console answers signed requests only',
      'It was deployed with signIn: iam: ask its API with curl --aws-sigv4 or an AWS SDK. For this page, deploy it with signIn: oidc and an identity provider in its settings.',
    );
  }
} catch (error) {
  say('Nobody could be signed in', error instanceof Error ? error.message : String(error));
}
