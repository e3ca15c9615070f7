import { useEffect, useState } from 'react';

/** Words that depend on the time of day are said anew this often, in ms: "i går", "Sendes kl. 10.46". */
const NOW_AGAIN_MS = 15_000;

/** The time, as far as words are about it. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const clock = setInterval(() => setNow(new Date()), NOW_AGAIN_MS);
    return () => clearInterval(clock);
  }, []);
  return now;
}
