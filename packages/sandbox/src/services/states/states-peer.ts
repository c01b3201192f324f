export interface StatesPeer {
  /**
   * Starts a state machine and gives the execution's ARN; `name` makes it idempotent, as StartExecution is. Who asks has been judged before.
   * Throws `StateMachineDoesNotExist`, `ExecutionAlreadyExists`, `InvalidExecutionInput`.
   */
  startExecution(stateMachineArn: string, input: string, name?: string): Promise<string>;
}
