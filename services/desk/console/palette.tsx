/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The box that Ctrl-K opens (palette-script.ts), and the keys in words. Closed, and of no use, without scripts. */
export const Palette = () => (
  <dialog id="palette" aria-labelledby="palette-title">
    <h2 id="palette-title">
      <label for="palette-field">What would you like to do?</label>
    </h2>
    <input
      type="text"
      id="palette-field"
      role="combobox"
      aria-expanded="false"
      aria-controls="palette-list"
      aria-autocomplete="list"
      aria-haspopup="listbox"
      autocomplete="off"
      spellcheck={false}
    />
    <p role="status" class="soft"></p>
    <div role="listbox" id="palette-list" aria-label="What can be done"></div>
    <form method="dialog">
      <button type="submit" class="button plain">
        Close
      </button>
    </form>
  </dialog>
);

const keys = [
  ['Ctrl K', 'find any page or act'],
  ['?', 'these keys'],
  ['↑ ↓', 'move between cases or items'],
  ['Enter', 'open what is marked'],
  ['c', 'take the case'],
  ['a', 'nothing against the rules'],
  ['h', 'somebody needs help'],
  ['l', 'say what it is'],
  ['t', 'take down'],
  ['e', 'pass on to a second person'],
  ['s', 'submit'],
  ['n', 'submit and go to the next; on the queues: the next case'],
] as const;

export const Keys = () => (
  <details class="more" id="keys">
    <summary>Keys of the keyboard</summary>
    <dl class="facts">
      {keys.map(([key, does]) => (
        <>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </>
      ))}
    </dl>
    <p class="row">
      <button type="button" class="button plain" data-keys-toggle hidden>
        Switch keys off
      </button>
    </p>
  </details>
);
