// The keyboard: single keys and two-key sequences, silent while somebody types.

const SEQUENCE_MILLIS = 1500;

export const HELP = [
  ['?', 'this help'],
  ['/', 'search'],
  ['g t', 'go to the topology'],
  ['g p', 'go to the pipelines'],
  ['g j', 'go to the jobs'],
  ['g m', 'go to the memory of the nodes'],
  ['g s', 'go to the shards of the index'],
  ['g r', 'go to the reviews'],
  ['j  k', 'next and previous row'],
  ['Enter', 'open what is focused'],
  ['Esc', 'close, or leave the search'],
  ['p', 'pause and resume'],
  ['d', 'light, dark, as the system'],
];

const isTyping = target => target instanceof HTMLElement
  && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** Calls actions['g t'] and the like. */
export function listen(actions) {
  let first = '';
  let firstAt = 0;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || (isTyping(event.target) && event.key !== 'Escape')) return;
    const now = performance.now();
    const sequence = first !== '' && now - firstAt < SEQUENCE_MILLIS ? `${first} ${event.key}` : event.key;
    first = '';
    if (Object.hasOwn(actions, sequence)) {
      if (actions[sequence](event) !== false) event.preventDefault();
    } else if (event.key === 'g') {
      first = 'g';
      firstAt = now;
    }
  });
}
