/** A call that cannot be meant; its one sentence is shown, and the command ends with 2. */
export class WrongCall extends Error {}
