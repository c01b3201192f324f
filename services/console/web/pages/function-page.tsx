import type { FunctionPage as FunctionAnswer } from '../../src/api/get-functions.ts';
import { serverNow } from '../live/api-client.ts';
import { functionAddress, functionIn, functionQuery } from '../live/function-address.ts';
import { keepInAddress } from '../live/route.ts';
import { useKept } from '../live/use-kept.ts';
import { usePolled } from '../live/use-polled.ts';
import { Heading } from '../parts/heading.tsx';
import { Loaded } from '../parts/notes.tsx';
import { Silent } from '../parts/silent.tsx';
import { utc } from '../text/say-figures.ts';
import { Text } from '../text/text.tsx';
import { visible } from '../text/visible.ts';
import { FunctionNow } from './function-now.tsx';
import { FunctionPast } from './function-past.tsx';
import { FunctionTime } from './function-time.tsx';
import { hoursIn, shownUntil } from './shown-time.ts';

const EVERY_MS = 15_000;
/** Of a time that is over, but hardly. */
const SELDOM_MS = 60_000;

/** One function, by its last hours or by those until a time of the past. */
export function FunctionPage({ params }: { readonly params: URLSearchParams }) {
  const which = functionIn(params);
  const query = functionQuery(which);
  const [hours, setHours] = useKept('hours', hoursIn(params.get('hours')));
  const shown = shownUntil(params.get('until'), serverNow());
  const isNow = shown.kind === 'now';
  const isSettled = shown.kind !== 'past' || shown.isSettled;
  const until = isNow ? '' : `&until=${encodeURIComponent(params.get('until') ?? '')}`;
  const time = `${query}&hours=${hours}${until}`;
  const answer = usePolled<FunctionAnswer>(`/api/function?${time}`, isNow ? EVERY_MS : isSettled ? 0 : SELDOM_MS);
  const choose = (each: number): void => {
    setHours(each);
    if (shown.kind !== 'unreadable')
      keepInAddress(functionAddress(which, { hours: each, until: isNow ? undefined : shown.until }));
  };
  return (
    <>
      <Heading {...(shown.kind === 'past' && { title: `${visible(which.functionName)} until ${utc(shown.until)}` })}>
        <Text value={which.functionName} />
      </Heading>
      <FunctionTime shown={shown} hours={hours} onHours={choose} addressOf={(time) => functionAddress(which, time)} />
      <Loaded of={answer}>
        {(body) => (
          <>
            <Silent of={body.unanswered} />
            {isNow ? (
              <FunctionNow of={body} query={query} time={time} refresh={answer.refresh} />
            ) : (
              <FunctionPast of={body} time={time} refresh={answer.refresh} toNow={functionAddress(which, { hours })} />
            )}
          </>
        )}
      </Loaded>
    </>
  );
}
