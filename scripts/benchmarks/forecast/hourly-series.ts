/** Hours of a service with a day, a week, a slow trend and noise; the same for the same number of points. */
export function hourlySeries(points: number): number[] {
  let state = 1;
  const noise = (): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  };
  return Array.from({ length: points }, (_, hour) => {
    const day = 400 * Math.sin((2 * Math.PI * hour) / 24);
    const week = hour % 168 < 120 ? 200 : -150;
    return 1000 + day + week + hour / 10 + 120 * noise();
  });
}
