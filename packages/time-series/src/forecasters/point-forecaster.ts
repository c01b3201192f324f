/** What is between a series with all of its points and the mean of its next ones. Intervals are put around it by `withIntervals`. */
export interface PointForecaster<Model = unknown> {
  readonly name: string;
  /**
   * @param values at least one, all finite
   * @param seasonLengths whole numbers from 2, ascending, each at most half of the values
   */
  fit(values: readonly number[], seasonLengths: readonly number[]): Model;
  mean(model: Model, horizon: number): number[];
  /** In a time that does not depend on how many points the model has seen. */
  update(model: Model, value: number): Model;
}
