/** A change was refused before it changed anything, and would be refused again: there is nothing to undo. The name is what the state machine knows it by. */
export class NothingChanged extends Error {
  override readonly name = 'NothingChanged';
}
